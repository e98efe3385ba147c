"""The layout holds: a stranger finds any rule, and its test, in two guesses."""

import tomllib
from typing import Any

import pytest

from tests.architecture.layout import (
    MIRRORED,
    ROOT,
    folders,
    functions,
    gerunds,
    held,
    homonyms,
    lines,
    mirrored,
    modules,
    reached,
    tree_of,
)

MOST_MODULES = 15
MOST_TESTS = 25
MOST_LINES = 300
MOST_OF_A_FUNCTION = 40
# Names that end like a verb in progress and are the field's nouns all the same.
NOUNS = {
    "footing": "what a case stands on",
    "meeting": "where countries come together",
    "training": "what a donor sponsors",
    "keyring": "what holds keys",
    "mapping": "which column goes where in an import",
    "pending": "an adjective: what still waits for somebody",
    "reading": "one look at one state of things",
    "reporting": "who reports when, and the room of it",
    "sharing": "what countries are willing to share, and the room of it",
    "staffing": "that people are left for what is to be done",
    "timekeeping": "the room of clocks and of who watches them",
    "working": "an adjective: a copy to work on",
    "wording": "how something is put into words",
}
CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
    "tool"
]["importlinter"]["contracts"]
WINGS = sorted(
    folder.name for folder in (ROOT / "workflow").iterdir() if (folder / "__init__.py").is_file()
)


def layers_inside(package: str) -> set[str]:
    """The children of a package that its contract puts into layers, and must put there."""
    (contract,) = (
        each
        for each in CONTRACTS
        if each["type"] == "layers" and package in each.get("containers", ())
    )
    assert contract["exhaustive"] is True, package
    rows = (row.replace("|", ":").split(":") for row in contract["layers"])
    return {name.strip() for row in rows for name in row}


def rooms(wing: str) -> set[str]:
    """The folders of a wing."""
    return {each.parent.name for each in (ROOT / "workflow" / wing).glob("*/__init__.py")}


def test_no_folder_holds_more_modules_than_can_be_looked_through() -> None:
    full = {n: count for n, count in folders("workflow", "web").items() if count > MOST_MODULES}
    loose = {name: count for name, count in folders("tests").items() if count > MOST_TESTS}

    assert full | loose == {}


def test_no_module_is_longer_than_can_be_read_in_one_go() -> None:
    long = {str(module): lines(module) for module in modules(*MIRRORED)}

    assert {name: count for name, count in long.items() if count > MOST_LINES} == {}


def test_no_function_is_longer_than_can_be_held_in_mind() -> None:
    each = {
        name: count for module in modules(*MIRRORED) for name, count in functions(module).items()
    }

    assert {name: count for name, count in each.items() if count > MOST_OF_A_FUNCTION} == {}


def test_no_two_classes_of_the_engine_have_one_name() -> None:
    assert homonyms("workflow") == {}


def test_modules_are_named_by_nouns() -> None:
    assert gerunds("workflow", "web") == set(NOUNS)


def test_lifecycles_know_no_database() -> None:
    words = {
        name.split(".")[0]
        for module in modules("workflow/lifecycles")
        for node in tree_of(ROOT / module).body
        for name in [getattr(node, "module", None) or "", *_names(node)]
    }

    assert words & {"sqlalchemy", "alembic", "psycopg", "dbos", "sqlite3", "flask"} == set()
    assert "workflow" in words


def _names(node: Any) -> list[str]:
    return [alias.name for alias in getattr(node, "names", [])]


def test_every_wing_has_its_layer() -> None:
    assert layers_inside("workflow") >= set(WINGS)


@pytest.mark.parametrize("wing", [wing for wing in WINGS if rooms(wing)])
def test_a_wing_with_rooms_has_them_in_layers(wing: str) -> None:
    assert layers_inside(f"workflow.{wing}") >= rooms(wing)


def test_each_module_has_a_test_of_its_name_or_a_reason() -> None:
    own = {str(module) for module in mirrored()}
    there = {str(module) for module in modules("workflow", "web", "config")}

    stated = [each.module for each in held()]

    assert sorted(there - own - set(stated)) == [], "neither a test nor a reason"
    assert sorted(set(stated) - (there - own)) == [], "no reason is needed"
    assert sorted(name for name in stated if stated.count(name) > 1) == []


def test_every_reason_is_a_sentence_about_one_place() -> None:
    table = held()

    assert [each.module for each in table if len(each.reason) < 10] == []
    assert [each.module for each in table if not each.by] == []


def test_the_tests_that_hold_a_module_exist_and_reach_it() -> None:
    table = held()
    closures = {test: reached(test) for each in table for test in each.by}

    assert sorted(test for test in closures if not (ROOT / test).is_file()) == []
    assert [
        (each.module, test)
        for each in table
        for test in each.by
        if each.module not in closures[test]
    ] == []
