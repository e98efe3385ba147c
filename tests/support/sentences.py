"""What the code says and how it says it, read from its syntax."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from workflow import errors
from workflow.phrase import counted, phrase

MAKERS = {phrase.__name__: 1, counted.__name__: 2}
# What gives a phrase back, or a part of one that was made from literals elsewhere.
PHRASES = {*MAKERS, "together"}
GETTEXTS = {"_", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "pgettext", "to_say"}
# The two functions that say what others hand them.
SAYERS = {("web/filters.py", "word"), ("web/wording.py", "_words")}
TEMPLATES = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # never rendered


@cache
def tree_of(file: Path) -> ast.Module:
    """The parsed source of a file, once for all who look at it; nobody changes it."""
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(root: Path, *wings: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of these wings with its path."""
    for wing in wings:
        for file in sorted((root / wing).rglob("*.py")):
            yield file.relative_to(root).as_posix(), tree_of(file)


def refusals(root: Path) -> frozenset[str]:
    """The names of all refusals, those of single wings among them."""
    found = {errors.Refusal.__name__}
    bases = {
        each.name: {_name(base) for base in each.bases}
        for _, module in modules(root, "workflow", "web")
        for each in ast.walk(module)
        if isinstance(each, ast.ClassDef)
    }
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def said_words(root: Path) -> dict[str, tuple[str, str]]:
    """Every sentence made by `phrase` or `counted` with its plural, by where it stands first."""
    found: dict[str, tuple[str, str]] = {}
    for path, module in modules(root, "workflow", "web"):
        for call in _calls(module):
            given = call.args[: MAKERS.get(_name(call.func), 0)]
            words = [ast.literal_eval(each) for each in given if _literal(each)]
            if words:
                many = words[1] if len(words) > 1 else ""
                found.setdefault(words[0], (many, f"{path}:{call.lineno}"))
    return found


def built_sentences(root: Path, *wings: str) -> list[str]:
    """Where a refusal or a fault is given anything but a phrase made of literals."""
    kinds = refusals(root)
    return [
        f"{path}:{node.lineno}"
        for path, module in modules(root, *wings)
        for node in _unfit(module, kinds)
        if path != "workflow/phrase.py"
    ]


def bare_words(root: Path) -> list[str]:
    """Where a variable is handed to gettext, in Python and in templates."""
    return [*_bare_in_python(root), *_bare_in_templates(root)]


def _unfit(module: ast.Module, kinds: frozenset[str]) -> Iterator[ast.expr]:
    for call in _calls(module):
        name = _name(call.func)
        if name in MAKERS:
            yield from (each for each in call.args[: MAKERS[name]] if not _literal(each))
        elif name == "Phrase":
            yield call
        elif name in kinds:
            yield from (each for each in call.args[:1] if not _phrase(each, module, call))
            yield from (
                each for given in call.args[1:2] if isinstance(given, ast.Dict)
                for each in given.values if not _phrase(each, module, call)
            )  # fmt: skip
        elif name == "Fault":
            yield from (each for each in call.args[1:2] if not _phrase(each, module, call))


def _phrase(given: ast.expr, module: ast.Module, at: ast.Call) -> bool:
    """Whether an expression can only be a phrase."""
    match given:
        case ast.Call():
            return _name(given.func) in PHRASES
        case ast.IfExp():
            return _phrase(given.body, module, at) and _phrase(given.orelse, module, at)
        case ast.Attribute():
            return given.attr in {"said", "problem"}
        case ast.Name():
            return _named_phrase(given.id, module, at)
    return False


def _named_phrase(name: str, module: ast.Module, at: ast.Call) -> bool:
    """Whether a name stands for a phrase: a parameter said to be one, or given nothing else."""
    scope = _function_of(module, at)
    parameters = [*scope.args.args, *scope.args.kwonlyargs] if scope else []
    for each in parameters:
        if each.arg == name:
            return each.annotation is not None and ast.unparse(each.annotation) == "Phrase"
    given = [
        each.value
        for each in ast.walk(scope or module)
        if isinstance(each, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == name for to in each.targets)
    ] or [
        each.value
        for each in module.body
        if isinstance(each, ast.Assign) and any(_name(to) == name for to in each.targets)
    ]
    makes = _makers(module)
    return bool(given) and all(
        _phrase(each, module, at) or (isinstance(each, ast.Call) and _name(each.func) in makes)
        for each in given
    )


def _makers(module: ast.Module) -> set[str]:
    """The functions of a module that say that they give a phrase back."""
    return {
        each.name
        for each in ast.walk(module)
        if isinstance(each, ast.FunctionDef)
        and each.returns is not None
        and ast.unparse(each.returns) in {"Phrase", "Phrase | None"}
    }


def _function_of(module: ast.Module, at: ast.Call) -> ast.FunctionDef | None:
    around = [
        each
        for each in ast.walk(module)
        if isinstance(each, ast.FunctionDef) and any(node is at for node in ast.walk(each))
    ]
    return around[-1] if around else None


def _bare_in_python(root: Path) -> Iterator[str]:
    for path, module in modules(root, "web", "workflow"):
        allowed = {
            call
            for each in ast.walk(module)
            if isinstance(each, ast.FunctionDef) and (path, each.name) in SAYERS
            for call in _calls(each)
        }
        for call in _calls(module):
            if call not in allowed and _name(call.func) in GETTEXTS and not _all_literal(call):
                yield f"{path}:{call.lineno}"


def _bare_in_templates(root: Path) -> Iterator[str]:
    for file in sorted((root / "web/templates").rglob("*.html")):
        for call in TEMPLATES.parse(file.read_text()).find_all(nodes.Call):
            named = isinstance(call.node, nodes.Name) and call.node.name in GETTEXTS
            if named and not (call.args and isinstance(call.args[0], nodes.Const)):
                yield f"{file.relative_to(root).as_posix()}:{call.lineno}"


def _all_literal(call: ast.Call) -> bool:
    return bool(call.args) and _literal(call.args[0])


def _literal(given: ast.expr) -> bool:
    return isinstance(given, ast.Constant) and isinstance(given.value, str)


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return node.attr
    return ""


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (each for each in ast.walk(tree) if isinstance(each, ast.Call))
