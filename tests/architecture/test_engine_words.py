"""The engine knows no programme: no key of a lifecycle, no capacity and no table of the domain stands in it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.sentences import tree_of
from workflow.lifecycles.loader.names import CAPACITIES, FOUND
from workflow.vocabulary import BOARD_CHAIR, BOARD_MEMBER, OFFICERS

ROOT = Path(__file__).parents[2]
ENGINE = sorted((ROOT / "workflow" / "engine").rglob("*.py"))
TABLES = frozenset({"PivotalStatus", "LeadInterest", "Programme", "Framework"})
# Keys of the standard lifecycle that are words of the engine as well, each with what it means there.
SHARED = {"system": "the role of the timer, which every lifecycle has"}
HOUSE_ROLES = frozenset({*OFFICERS, BOARD_MEMBER, BOARD_CHAIR})
# A sentence says what a case is called by a part of it, never by the word itself.
SENTENCE = re.compile(r"\s")


@cache
def words() -> frozenset[str]:
    """Every key of the lifecycles of programmes, every capacity, and what domains find by."""
    found = {*CAPACITIES, *FOUND, "programme", "pivotal"}
    for path in (ROOT / "config" / "lifecycles").glob("*.toml"):
        raw = tomllib.loads(path.read_text("utf-8"))
        for table in ("roles", "states", "documents", "rounds", "rules"):
            found |= set(raw[table])
    return frozenset(found - set(SHARED))


def texts(tree: ast.Module) -> Iterator[str]:
    """Every text in the code but its docstrings and sentences."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield from () if SENTENCE.search(node.value) else re.split(r"[:.]", node.value)


def sentences(tree: ast.Module) -> Iterator[str]:
    """Every sentence in the code, docstrings aside."""
    told = {id(node) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if (
                isinstance(child, ast.Constant)
                and isinstance(child.value, str)
                and id(node) not in told
                and SENTENCE.search(child.value)
            ):
                yield child.value


def imported(tree: ast.Module) -> set[str]:
    """Every name that a module imports."""
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_word_of_the_domain_stands_in_the_engine(path: Path) -> None:
    tree = tree_of(path)

    found = words() & set(texts(tree)), TABLES & imported(tree)

    assert found == (set(), set())


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_of_the_engine_says_what_a_case_is_called(path: Path) -> None:
    tree = tree_of(path)

    assert [said for said in sentences(tree) if "programme" in said] == []


def test_the_roles_of_the_office_and_of_a_board_are_named_in_one_place() -> None:
    demo = ROOT / "workflow" / "demo"
    code = [path for wing in ("workflow", "web") for path in (ROOT / wing).rglob("*.py")]
    named = {path for path in code if HOUSE_ROLES & set(texts(tree_of(path)))}
    pages = {
        path
        for path in (ROOT / "web" / "templates").rglob("*.html")
        if any(role in path.read_text("utf-8") for role in HOUSE_ROLES)
    }

    assert {path for path in named if demo not in path.parents} == {ROOT / "workflow/vocabulary.py"}
    assert pages == set()


def test_a_sentence_that_says_it_would_be_found() -> None:
    tree = ast.parse('"""A programme is."""\nsay(phrase("This programme ends."))\n')

    assert list(sentences(tree)) == ["This programme ends."]


@pytest.mark.parametrize(
    "word", ["draft", "board_member", "beneficiary", "interested", "programme"]
)
def test_what_was_named_there_once_would_be_found(word: str) -> None:
    tree = ast.parse(f'"""A {word}."""\nSTATE = "{word}"\nOF = "{word}:x"\n')

    assert words() & set(texts(tree)) == {word}


@pytest.mark.parametrize("word", SHARED)
def test_what_is_shared_is_a_key_of_a_lifecycle(word: str) -> None:
    raw = [tomllib.loads(p.read_text("utf-8")) for p in (ROOT / "config/lifecycles").glob("*.toml")]

    assert any(word in each["roles"] for each in raw)
