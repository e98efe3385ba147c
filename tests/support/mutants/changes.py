"""What is changed in a module to make a mutant of it: one place of one pure function."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

OPPOSITE: dict[type[ast.AST], Any] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
OTHER_CALL = {"any": "all", "all": "any", "min": "max", "max": "min"}
# Whoever is given one of these asks or writes, and is no pure function.
ASKING = {"session", "work", "connection", "transaction", "engine"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed module: in which function, on which line, what was changed, and its whole source."""

    function: str
    line: int
    change: str
    source: str

    @property
    def name(self) -> str:
        """Where it is and what it is, in one line."""
        return f"{self.function}, line {self.line}: {self.change}"


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    return sorted(_mutants(ast.parse(source)), key=attrgetter("line"))


def _mutants(tree: ast.Module) -> Iterator[Mutant]:
    for function in _pure(tree):
        inside = {id(node) for node in ast.walk(function)}
        for number, node in enumerate(ast.walk(tree)):
            if id(node) in inside and id(node) not in _said(function):
                yield from _of_node(tree, function, number, node)


def _pure(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions and methods that are given nothing to ask or to write with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            given = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
            if given.isdisjoint(ASKING):
                yield node


def _said(function: ast.FunctionDef) -> set[int]:
    """What only says a type, a default or a sentence: who reads those notices, not a test."""
    beside = [function.args, *function.decorator_list, function.returns]
    beside += [node.annotation for node in ast.walk(function) if isinstance(node, ast.AnnAssign)]
    return {id(node) for each in beside if each is not None for node in ast.walk(each)}


def _of_node(
    tree: ast.Module, function: ast.FunctionDef, number: int, node: ast.AST
) -> Iterator[Mutant]:
    for change, replaced in (*_changes(node), *_of_statement(node)):
        changed = copy.deepcopy(tree)
        place = next(each for at, each in enumerate(ast.walk(changed)) if at == number)
        _put(changed, place, replaced)
        line = getattr(node, "lineno", function.lineno)
        yield Mutant(function.name, line, change, ast.unparse(ast.fix_missing_locations(changed)))


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What one place may be instead, each with the words for it."""
    said = _said_shortly(node)
    match node:
        case ast.Compare(ops=[op]) if type(op) in OPPOSITE:
            other = ast.Compare(node.left, [OPPOSITE[type(op)]()], node.comparators)
            yield f"{said} → {ast.unparse(other)[:60]}", other
        case ast.BoolOp():
            other_way = ast.BoolOp(OPPOSITE[type(node.op)](), node.values)
            yield f"{said} → {ast.unparse(other_way)[:60]}", other_way
        case ast.BinOp() if type(node.op) in OPPOSITE:
            yield (
                f"{said}, the other way",
                ast.BinOp(node.left, OPPOSITE[type(node.op)](), node.right),
            )
        case ast.UnaryOp(op=ast.Not()):
            yield f"{said}, without the not", node.operand
        case ast.Constant(value=bool() as value):
            yield f"{said} → {not value}", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield f"{said} → {value + 1}", ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALL:
            call = ast.Call(ast.Name(OTHER_CALL[name], ast.Load()), node.args, node.keywords)
            yield f"{said} → {OTHER_CALL[name]}", call
        case ast.IfExp():
            yield f"{said}, turned round", ast.IfExp(node.test, node.orelse, node.body)


def _of_statement(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What a whole statement may be instead: nothing, or that which returns nothing."""
    said = _said_shortly(node)
    match node:
        case ast.Raise() | ast.Expr(value=ast.Call()):
            yield f"{said} left out", ast.Pass()
        case ast.Return(value=ast.expr()) if not _is_none(node.value):
            yield f"{said} → nothing", ast.Return(ast.Constant(None))


def _said_shortly(node: ast.AST) -> str:
    return next(iter(ast.unparse(node).splitlines()), "")[:60]


def _is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _put(tree: ast.AST, place: ast.AST, replaced: ast.AST) -> None:
    """Put something in the place of a node."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is place:
                setattr(parent, name, copy.deepcopy(replaced))
            elif isinstance(value, list) and any(each is place for each in value):
                setattr(parent, name, [copy.deepcopy(replaced) if e is place else e for e in value])
