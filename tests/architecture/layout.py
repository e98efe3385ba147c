"""The layout as figures: folders, class names, names of modules, and which test holds which module."""

import ast
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.sentences import tree_of

ROOT = Path(__file__).resolve().parents[2]
MIRRORED = ("workflow", "web", "config")
TABLE = ROOT / "tests" / "architecture" / "mirrors.toml"


@dataclass(frozen=True, slots=True)
class Held:
    """A module without a test of its own name, the tests that hold it, and why there."""

    module: str
    by: tuple[str, ...]
    reason: str


def modules(*roots: str) -> list[Path]:
    """Every module under some folders, from the root of the repository; a folder's own is left out."""
    return [
        file.relative_to(ROOT)
        for root in roots
        for file in sorted((ROOT / root).rglob("*.py"))
        if file.name != "__init__.py"
    ]


def folders(*roots: str) -> Counter[str]:
    """How many modules lie in each folder itself."""
    return Counter(str(module.parent) for module in modules(*roots))


def lines(module: Path) -> int:
    """How many lines a module has."""
    return len((ROOT / module).read_text(encoding="utf-8").splitlines())


def functions(module: Path) -> dict[str, int]:
    """How many lines each function of a module has."""
    return {
        f"{module}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree_of(ROOT / module))
        if isinstance(node, ast.FunctionDef)
    }


def homonyms(*roots: str) -> dict[str, list[str]]:
    """The names that more than one class has, and where those are."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules(*roots):
        for node in ast.walk(tree_of(ROOT / module)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(str(module))
    return {name: places for name, places in sorted(found.items()) if len(places) > 1}


def gerunds(*roots: str) -> set[str]:
    """The words ending in -ing that modules and folders are named by."""
    parts = {part for module in modules(*roots) for part in module.with_suffix("").parts}
    return {word for part in parts for word in part.split("_") if word.endswith("ing")}


def mirror(module: Path) -> Path:
    """Where the test of the same name lies."""
    return Path("tests") / module.with_name(f"test_{module.name}")


def mirrored() -> list[Path]:
    """The modules that have a test of the same name."""
    return [module for module in modules(*MIRRORED) if (ROOT / mirror(module)).is_file()]


def held() -> list[Held]:
    """The table of those that have none."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return [
        Held(module, tuple(entry["by"]), entry["reason"])
        for entry in table["held"]
        for module in entry["modules"]
    ]


def reached(test: str) -> set[str]:
    """Every module of the repository that a test brings in, by itself or with its fixtures."""
    folders_above = Path(test).parents
    fixtures = [str(folder / "conftest.py") for folder in folders_above]
    waiting = [name for name in (test, *fixtures) if (ROOT / name).is_file()]
    found = set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imported(name)
    return found


@cache
def imported(name: str) -> frozenset[str]:
    """The files that one file imports, wherever in it, or names as a module to be brought in later."""
    return frozenset(
        str(file) for dotted in _dotted(tree_of(ROOT / name)) if (file := _file(dotted)) is not None
    )


def _dotted(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _file(dotted: str) -> Path | None:
    if not dotted.replace(".", "").replace("_", "").isalnum():
        return None
    whole = Path(*dotted.split("."))
    known: Iterable[Path] = (whole.with_suffix(".py"), whole / "__init__.py")
    return next((file for file in known if (ROOT / file).is_file()), None)
