"""The verifier's parts laid end to end: one file that needs nothing beside it."""

import ast
from functools import cache
from pathlib import Path

PARTS = (
    "strict",
    "tree_proofs",
    "ed25519",
    "notes",
    "parcel",
    "report",
    "event_chain",
    "case_state",
    "enclosures",
    "examination",
    "anchors",
    "heads",
    "command",
)
# The names that are imported from each module; those of none are modules themselves.
Imports = dict[str, set[str]]
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
    imports: Imports = {}
    bodies = [_body(name, imports) for name in PARTS]
    plain = [f"import {module}" for module in sorted(imports.pop("", ()))]
    of_names = [
        f"from {module} import {', '.join(sorted(names))}"
        for module, names in sorted(imports.items())
    ]
    top = "\n".join([*plain, *of_names])
    return (HEAD + top + "\n" + "".join(bodies)).encode("utf-8")


def _body(name: str, imports: Imports) -> str:
    """A part without its imports, which join those of the others; its sentence stays above it."""
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    lines, tree = source.splitlines(), ast.parse(source)
    told = (ast.get_docstring(tree) or "").splitlines()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or node is tree.body[0]:
            _keep(node, imports)
            for number in range(node.lineno - 1, node.end_lineno or node.lineno):
                lines[number] = ""
    title = "\n".join(f"# {line}".rstrip() for line in told)
    return f"\n\n{title}\n\n\n" + "\n".join(lines).strip("\n") + "\n"


def _keep(node: ast.stmt, imports: Imports) -> None:
    """Note the imports of a statement that the one file still needs."""
    if isinstance(node, ast.Import):
        imports.setdefault("", set()).update(each.name for each in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module not in {None, "__future__"}:
        module = str(node.module)
        if not module.startswith(OWN):
            imports.setdefault(module, set()).update(each.name for each in node.names)
