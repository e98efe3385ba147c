"""T2: a column is changed and the body left. What repeats an event is found, the rest is listed."""

from datetime import date

import pytest
from sqlalchemy import Boolean, Column, Date, Engine, Integer

from tests.attacks.columns import UNCOVERED, UNTOLD, told, untold
from tests.attacks.spoiling import Hand, another, sentences, unguarded
from tests.attacks.trying import tell
from tests.support.sizes import some_of_each
from workflow.database import Instant
from workflow.schema import METADATA

# A state that the column can be in, where any other would not be read at all.
MOMENT = "2001-02-03 04:05:06.000000"


def test_every_table_is_compared_or_listed_as_not_covered() -> None:
    assert sorted([*UNTOLD, *UNCOVERED]) == sorted(METADATA.tables)
    assert [(table, name) for table, names in UNTOLD.items() for name in names
            if name not in METADATA.tables[table].columns] == []  # fmt: skip


@pytest.mark.proof
def test_every_changed_column_of_what_events_tell_is_found(attacked: Engine) -> None:
    """Every column that repeats an event, a root or a signature is changed in turn.

    A short run changes one of each table.
    """
    tried = some_of_each(told(), table_of)
    with unguarded(attacked) as hand:
        missed = [name for name, column in named(tried) if not found(attacked, hand, column)]

    tell(2, len(tried), len(tried) - len(missed), "verify")
    assert missed == []
    assert sentences(attacked) == []


@pytest.mark.proof
def test_a_changed_column_that_nothing_tells_of_is_not_found(attacked: Engine) -> None:
    """The list of what is not told is no longer than it has to be."""
    theirs = [each for each in untold() if not each[1].primary_key and not referred(each[1])]
    with unguarded(attacked) as hand:
        tried = some_of_each(theirs, table_of)
        noticed = [name for name, column in named(tried) if found(attacked, hand, column)]

    assert noticed == []


def named(columns: list[tuple[str, Column[object]]]) -> list[tuple[str, Column[object]]]:
    return [(f"{table}.{column.name}", column) for table, column in columns]


def table_of(each: tuple[str, Column[object]]) -> str:
    return each[0]


def referred(column: Column[object]) -> bool:
    """Whether it is a number by which rows of other tables are found."""
    return column.name == "id"


def found(database: Engine, hand: Hand, column: Column[object]) -> bool:
    """Whether verification finds the column changed; it is put back."""
    table = column.table.name  # type: ignore[attr-defined]
    row = hand.row(table)
    before = hand.value(table, column.name, row)
    moved = hand.write(table, column.name, row, other(column, before))
    said = sentences(database)
    hand.write(table, column.name, moved, before)
    return bool(said)


def other(column: Column[object], before: object) -> object:
    if isinstance(column.type, Boolean):
        return not before
    if before is None and isinstance(column.type, Integer):
        return 1
    if before is None and isinstance(column.type, Instant):
        return MOMENT
    if before is None and isinstance(column.type, Date):
        return date(2001, 2, 3).isoformat()
    return another(before)


def test_two_people_whose_names_changed_places_are_found(attacked: Engine) -> None:
    """T2: histories name people by number, so a swap would put words into another mouth."""
    with unguarded(attacked) as hand:
        one, two = (hand.value("person", "name", number) for number in (1, 2))
        hand.write("person", "name", 1, two)
        hand.write("person", "name", 2, one)

    assert any(f"its name is “{two}”" in sentence for sentence in sentences(attacked))
