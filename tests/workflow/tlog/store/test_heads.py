"""Once a day the end of every history is stated, and one line can be shown without the others."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.support.tlog.stated_lines import StatedLine, line_of
from tests.workflow.tlog.writing import Hand, faults, logged, open_cases, place_all, reading, write
from workflow.audit import canonical
from workflow.audit.trail import Written
from workflow.people.register import registered
from workflow.tlog.formats import tree
from workflow.tlog.store.heads import (
    HeadLine,
    heads_owed,
    lines_at,
    newest,
    state_heads,
)


@pytest.fixture
def database(sqlite_database: Engine) -> Engine:
    """What is not about the database itself is tried on one kind."""
    return sqlite_database


def state(database: Engine, clock: Hand) -> Written | None:
    with Session(database) as session, session.begin():
        return state_heads(session, registered, clock())


def stated(database: Engine, ref: str) -> StatedLine | None:
    with reading(database) as session:
        return line_of(session, ref)


def test_an_empty_log_states_nothing(database: Engine) -> None:
    assert state(database, Hand()) is None


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_history_in_the_log_has_its_line(request: pytest.FixtureRequest, kind: str) -> None:
    database: Engine = request.getfixturevalue(f"{kind}_database")
    refs = open_cases(database, 3)
    hashes = logged(database, refs, each=2)
    write(database, refs[:1])

    written = state(database, Hand())

    assert written is not None
    with reading(database) as session:
        statement = newest(session)
        lines = lines_at(session, 6)
    assert statement is not None
    assert (statement.event, statement.size, statement.cases) == (written.hash, 6, 3)
    assert lines == [HeadLine(ref, 2, hashes[3 + at]) for at, ref in enumerate(refs)]
    assert statement.root == tree.root(tree.leaf(line.bytes) for line in lines)


def test_one_line_is_shown_without_the_others(database: Engine) -> None:
    refs = open_cases(database, 5)
    logged(database, refs, each=2)
    state(database, Hand())

    found = [stated(database, ref) for ref in refs]

    assert all(line is not None and line.holds for line in found)
    assert [line.line.ref for line in found if line] == refs
    assert all(len(line.proof) <= 3 for line in found if line)


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 1},
        {"seq": 3},
        {"ref": "CASE-1"},
        {"hash": b"x" * 32},
    ],
)
def test_a_history_that_was_cut_has_another_line(
    sqlite_database: Engine, change: dict[str, object]
) -> None:
    logged(sqlite_database, open_cases(sqlite_database, 3), each=2)
    state(sqlite_database, Hand())
    found = stated(sqlite_database, "CASE-0")
    assert found is not None

    cut = replace(found, line=replace(found.line, **change))  # type: ignore[arg-type]

    assert not cut.holds


def test_a_day_has_one_statement(database: Engine) -> None:
    clock = Hand()
    logged(database, open_cases(database, 2))

    first, again = state(database, clock), state(database, clock)
    clock.move(days=1)
    next_day = state(database, clock)

    assert (first is not None, again, next_day is not None) == (True, None, True)
    with reading(database) as session:
        assert not heads_owed(session, clock())


def test_a_clock_that_was_set_back_states_once_for_each_day(database: Engine) -> None:
    """T13: the register's events keep the later time; the days are those of the clock."""
    clock = Hand()
    logged(database, open_cases(database, 2))
    clock.move(days=3650)
    state(database, clock)
    clock.move(days=-3650)

    first, again = state(database, clock), state(database, clock)

    assert (first is not None, again) == (True, None)


def test_what_came_after_a_statement_does_not_change_it(database: Engine) -> None:
    refs = open_cases(database, 2)
    logged(database, refs)
    state(database, Hand())
    place_all(database)
    before = stated(database, refs[0])

    logged(database, [*refs, *open_cases(database, 1, "LATER")])

    assert stated(database, refs[0]) == before
    assert stated(database, "LATER-0") is None
    assert stated(database, "UNHEARD-OF") is None
    assert faults(database) == []


def test_nothing_is_said_of_any_history_before_the_first_statement(database: Engine) -> None:
    logged(database, open_cases(database, 1))

    assert stated(database, "CASE-0") is None


def test_a_line_is_written_in_one_way() -> None:
    assert HeadLine("É", 2, bytes(32)).bytes == canonical.write(["É", 2, "00" * 32])
