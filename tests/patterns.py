"""Writes `docs/resource-patterns.md` from the tests that demonstrate them: `python -m tests.patterns`."""

import ast
import re
from pathlib import Path

from tests.workflow.patterns.catalogue import REFUSED, patterns

HERE = Path(__file__).resolve().parent
TESTS = HERE / "workflow" / "patterns"
DOCUMENT = HERE.parent / "docs" / "resource-patterns.md"
NUMBERED = re.compile(r"test_wrp_(\d\d)_")

INTRODUCTION = """\
# The 43 workflow resource patterns

How Prime Mover stands to the resource patterns of the Workflow Patterns Initiative (Russell, ter
Hofstede, Edmond and van der Aalst). *Supported* names the test that shows it through the engine;
*refused* gives the reason. This page is written by `python -m tests.patterns`.
"""


def demonstrated() -> dict[int, tuple[str, str]]:
    """Each number that a test demonstrates, with where the test is and its sentence."""
    found = {}
    for file in sorted(TESTS.glob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            numbered = NUMBERED.match(node.name) if isinstance(node, ast.FunctionDef) else None
            if isinstance(node, ast.FunctionDef) and numbered:
                where = f"{file.relative_to(HERE.parent).as_posix()}::{node.name}"
                found[int(numbered[1])] = (where, ast.get_docstring(node) or "")
    return found


def document() -> str:
    """The page: how many stand how, and a table for each group."""
    shown = demonstrated()
    counts = f"{len(shown)} supported, {len(REFUSED)} refused."
    lines, group = [INTRODUCTION, counts], ""
    for number, (of, name) in patterns().items():
        if of != group:
            group = of
            lines += ["", f"## {group}", "", "| # | Pattern | Stands | How, or why not |"]
            lines += ["|---|---|---|---|"]
        lines.append(f"| {number} | {name} | {_stands(number, shown)} |")
    return "\n".join(lines) + "\n"


def _stands(number: int, shown: dict[int, tuple[str, str]]) -> str:
    if number in shown:
        where, sentence = shown[number]
        return f"supported | {sentence} `{where.rpartition('::')[2]}`"
    return f"refused | {REFUSED[number]}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
