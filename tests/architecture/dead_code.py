"""Names that the product defines and nothing of it uses: `python -m tests.architecture.dead_code`.

Vulture finds whatever is named nowhere at all; a template uses a name by writing it. What a module
defines must besides be used there or be imported from there, whatever else has the same name: being
exported, or used by tests alone, is no use. Names that something outside calls stand in
`pyproject.toml`, `[tool.vulture]`, each with its reason; one that needs no exception is told as well.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[2]
INSIDE_JINJA = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
WORD = re.compile(r"[a-z_]\w*", re.IGNORECASE)


def settings() -> dict[str, Any]:
    """What is searched and what is excepted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, Any] = project["tool"]["vulture"]
    return found


def words_of_templates() -> set[str]:
    """Every name that a template speaks of."""
    files = [f for room in ("web", "workflow") for f in (ROOT / room).rglob("templates/**/*.*")]
    texts = (file.read_text(encoding="utf-8") for file in files if file.suffix != ".pyc")
    return {
        word
        for text in texts
        for spoken in INSIDE_JINJA.findall(text)
        for word in WORD.findall(spoken)
    }


def unnamed(of_search: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each name that stands nowhere but where it is defined, and the place."""
    search = Vulture(ignore_decorators=of_search["ignore_decorators"])
    search.used_names |= words_of_templates()
    search.scavenge([ROOT / path for path in of_search["paths"]])
    for item in search.get_unused_code(min_confidence=of_search["min_confidence"]):
        yield item.name, f"{item.filename.relative_to(ROOT)}:{item.first_lineno}"


def modules(paths: list[str]) -> dict[str, tuple[str, ast.Module]]:
    """Every module under `paths`: its file and its tree."""
    found = {}
    for path in paths:
        whole = ROOT / path
        for file in sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]:
            inside = file.relative_to(ROOT)
            dotted = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
            found[dotted] = (str(inside), ast.parse(file.read_text(encoding="utf-8")))
    return found


def unimported(paths: list[str]) -> Iterator[tuple[str, str]]:
    """Each name of a module that neither it nor another module uses, and the place."""
    known = modules(paths)
    used: defaultdict[str, set[str]] = defaultdict(set)
    for module, (_, tree) in known.items():
        for owner, name in uses(module, tree, frozenset(known)):
            used[owner].add(name)
    for module, (file, tree) in known.items():
        for statement in tree.body:
            for name in defined(statement) - used[module]:
                yield name, f"{file}:{statement.lineno}"


def uses(module: str, tree: ast.Module, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What a module uses: pairs of the module that has it, and its name there."""
    brought: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.module, alias.name
                if f"{node.module}.{alias.name}" in known:
                    brought[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield module, node.id
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield brought.get(node.value.id, module), node.attr


def defined(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module defines; who decorates one takes it."""
    if isinstance(statement, ast.FunctionDef):
        return set() if statement.decorator_list else {statement.name}
    if isinstance(statement, ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    names = {each.id for each in targets if isinstance(each, ast.Name)}
    return names - {"__all__"}


def search() -> list[str]:
    """A line for each dead name, and for each exception that nothing needs any more."""
    of_search = settings()
    found = {*unnamed(of_search), *unimported(of_search["paths"])}
    excepted = set(of_search["ignore_names"])
    dead = [f"{place}: '{name}' is not used" for name, place in found if name not in excepted]
    needless = excepted - {name for name, _ in found}
    return sorted(dead) + [f"pyproject.toml: '{name}' is used" for name in sorted(needless)]


if __name__ == "__main__":
    lines = search()
    print("\n".join(lines) or "Every name of the product is used.")
    sys.exit(bool(lines))
