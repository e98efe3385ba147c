"""The layout in figures: `python -m tests.architecture.figures`."""

import ast
from collections.abc import Iterator

from tests.architecture.layout import (
    MIRRORED,
    ROOT,
    folders,
    gerunds,
    held,
    homonyms,
    lines,
    mirrored,
    modules,
    tree_of,
)
from tests.web.test_statements import HISTORY, LIMITS, OF_A_PROGRAMME

STATEMENTS = {"a history": HISTORY, **LIMITS, **OF_A_PROGRAMME}
COMMITS = ROOT / "tests" / "architecture" / "test_commits.py"


def lines_of(*roots: str) -> int:
    """How many lines of Python lie under some folders."""
    files = [file for root in roots for file in (ROOT / root).rglob("*.py")]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def committing() -> str:
    """How many places the test of commits knows to make writes last, if there is that test."""
    if not COMMITS.is_file():
        return "not counted"
    stated = [
        len(node.value.keys)
        for node in tree_of(COMMITS).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict)
        and any(getattr(each, "id", "") == "COMMITS" for each in _targets(node))
    ]
    return str(sum(stated))


def by_wing() -> Iterator[tuple[str, int, int]]:
    """Each wing with its lines and those of the tests that lie in the place of its name."""
    wings = [module.parent for module in (ROOT / "workflow").glob("*/__init__.py")]
    for wing in [*sorted(wings), ROOT / "web", ROOT / "config"]:
        named = str(wing.relative_to(ROOT))
        yield named, lines_of(named), lines_of(f"tests/{named}")


def _targets(node: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def figures() -> dict[str, str]:
    """Each figure under its name."""
    (largest, count), *_ = folders("workflow").most_common(1)
    longest = max(modules(*MIRRORED), key=lines)
    code, tests = lines_of(*MIRRORED), lines_of("tests")
    return {
        "Modules": str(len(modules(*MIRRORED))),
        "Largest folder of workflow/": f"{largest}, {count} modules",
        "Longest module": f"{longest}, {lines(longest)} lines",
        "Class names that stand twice in workflow/": str(len(homonyms("workflow"))),
        "Words ending in -ing among names of modules": ", ".join(
            sorted(gerunds("workflow", "web"))
        ),
        "Modules with a test of their name": str(len(mirrored())),
        "Modules with a stated reason": str(len(held())),
        "Places that commit": committing(),
        "Statements of a page at most": ", ".join(
            f"{page} {most}" for page, most in STATEMENTS.items()
        ),
        "Lines of code": str(code),
        "Lines of tests": f"{tests}, {tests / code:.2f} for each of the code",
    }


if __name__ == "__main__":
    for name, figure in figures().items():
        print(f"{name:45} {figure}")
    print("\nLines of tests for each of the code, in the place of the same name; engine and pages")
    print("are also tried by tests/attacks, browser, migrations and reliability:")
    for wing, code, tests in by_wing():
        print(f"  {wing:43} {tests:6} / {code:6} = {tests / code:.2f}")
