"""The verifier's parts laid end to end: one file that needs nothing beside it."""

import ast
from functools import cache
from pathlib import Path

PARTS = (
    "strict",
    "growing",
    "ed25519",
    "noted",
    "parcel",
    "reporting",
    "chaining",
    "folding",
    "checking",
    "anchoring",
    "heading",
    "command",
)
OWN = "workflow.dossiers.verifier"
FOLDER = Path(__file__).parent / "verifier"
HEAD = '''#!/usr/bin/env python3
"""Check dossiers of Prime Mover; see `python3 verify.py --help`.

Needs Python 3.9 or later and nothing else. Keep a copy of your own: the one inside a dossier comes
from whoever made the dossier.
"""

from __future__ import annotations

'''


@cache
def verifier() -> bytes:
    """The one file, always the same to the byte."""
    imports: set[str] = set()
    bodies = [_body(name, imports) for name in PARTS]
    plain = sorted(each for each in imports if each.startswith("import "))
    of_names = sorted(imports - set(plain))
    top = "\n".join([*plain, *of_names])
    return (HEAD + top + "\n" + "".join(bodies)).encode("utf-8")


def _body(name: str, imports: set[str]) -> str:
    """A part without its imports, which join those of the others; its sentence stays above it."""
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    lines, tree = source.splitlines(), ast.parse(source)
    told = (ast.get_docstring(tree) or "").splitlines()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or node is tree.body[0]:
            imports.update(_kept(node))
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    title = "\n".join(f"# {line}".rstrip() for line in told)
    return f"\n\n{title}\n\n\n" + "\n".join(lines).strip("\n") + "\n"


def _kept(node: ast.stmt) -> set[str]:
    """The imports of a statement that the one file still needs."""
    if isinstance(node, ast.Import):
        return {f"import {each.name}" for each in node.names}
    if not isinstance(node, ast.ImportFrom) or node.module is None:
        return set()
    if node.module.startswith(OWN) or node.module == "__future__":
        return set()
    return {f"from {node.module} import {each.name}" for each in node.names}
