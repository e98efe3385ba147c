"""A question asked twice in one reading is answered from memory; what writes asks anew once it wrote."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.statements import asked
from workflow.assembly.engine import open_engine
from workflow.engine.engine import Engine
from workflow.errors import NotFound
from workflow.people.models import Party
from workflow.reading import asked_once, asked_once_each, brought_along, unwritten


@asked_once
def parties(session: Session, kind: str) -> int:
    """How many parties there are of a kind."""
    return session.scalar(select(func.count()).where(Party.kind == kind)) or 0


@asked_once
def nowhere(session: Session) -> int:
    """Refuses whoever asks."""
    session.execute(select(Party.id))
    raise NotFound("It is not there.")


@asked_once_each
def numbered(session: Session, least: int, keys: tuple[str, ...]) -> dict[str, int]:
    """The numbers of these parties from one on."""
    asked = select(Party.key, Party.id).where(Party.key.in_(keys), Party.id >= least)
    return {row.key: row.id for row in session.execute(asked)}


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url, lambda: datetime(2026, 3, 2, tzinfo=UTC))
    yield engine
    engine.database.dispose()


def enter(session: Session, key: str) -> None:
    session.add(Party(key=key, kind="organisation", name=key))
    session.flush()


def test_one_reading_asks_once_for_each_kind(engine: Engine) -> None:
    with asked(engine.database) as found, engine.reading() as session:
        counts = [parties(session, kind) for kind in ("organisation", "organisation", "nothing")]

    assert counts == [0, 0, 0]
    assert found.read == 2


def test_what_another_question_brought_along_is_not_asked(engine: Engine) -> None:
    with asked(engine.database) as found, engine.reading() as session:
        brought_along(session, parties, 7, "organisation")
        counts = [parties(session, kind) for kind in ("organisation", "nothing")]

    assert counts == [7, 0]
    assert found.read == 1


def test_what_is_brought_along_where_something_is_written_is_asked_all_the_same(
    engine: Engine,
) -> None:
    with engine.transaction() as session:
        brought_along(session, parties, 7, "organisation")

        count = parties(session, "organisation")

    assert count == 0


def test_one_reading_asks_about_each_thing_once(engine: Engine) -> None:
    with engine.transaction() as session:
        for key in ("one", "two", "three"):
            enter(session, key)

    with asked(engine.database) as found, engine.reading() as session:
        some = numbered(session, 0, ("one", "two"))
        more = numbered(session, 0, ("two", "three"))
        again = numbered(session, 0, ("three", "one"))

    assert (set(some), set(more), set(again)) == (
        {"one", "two"},
        {"two", "three"},
        {"three", "one"},
    )
    assert {**some, **more} == {**more, **some, **again}
    assert [each for one in found.readings for each in one.values] == [
        ("one", "two", 0),
        ("three", 0),
    ]


def test_what_is_known_of_one_case_is_not_said_of_another(engine: Engine) -> None:
    with engine.transaction() as session:
        enter(session, "one")

    with engine.reading() as session:
        known = numbered(session, 0, ("one",))
        of_another = numbered(session, 10**6, ("one",))

    assert (len(known), of_another) == (1, {})


def test_what_writes_asks_about_each_thing_anew(engine: Engine) -> None:
    with engine.transaction() as session:
        before = numbered(session, 0, ("one",))
        enter(session, "one")
        after = numbered(session, 0, ("one",))

    assert (len(before), len(after)) == (0, 1)


def test_the_next_reading_asks_anew(engine: Engine) -> None:
    with engine.reading() as session:
        before = parties(session, "organisation")
    with engine.transaction() as session:
        enter(session, "one")

    with engine.reading() as session:
        after = parties(session, "organisation")

    assert (before, after) == (0, 1)


def test_a_transaction_sees_what_it_wrote_itself(engine: Engine) -> None:
    with engine.transaction() as session:
        before = parties(session, "organisation")
        enter(session, "one")

        after = parties(session, "organisation")

    assert (before, after) == (0, 1)


def test_what_writes_asks_once_while_it_only_asks(engine: Engine) -> None:
    database = engine.database
    with asked(database) as found, engine.transaction() as session, unwritten(session):
        counts = [parties(session, "organisation"), parties(session, "organisation")]

    assert counts == [0, 0]
    assert [len(each.statements) for each in found.writings] == [1]


def test_what_was_written_between_two_times_of_asking_is_seen(engine: Engine) -> None:
    with engine.transaction() as session:
        with unwritten(session):
            before = parties(session, "organisation")
        enter(session, "one")

        with unwritten(session):
            after = parties(session, "organisation")

    assert (before, after) == (0, 1)


def test_answers_are_kept_to_the_end_of_the_outermost_asking(engine: Engine) -> None:
    database = engine.database
    with asked(database) as found, engine.transaction() as session, unwritten(session):
        with unwritten(session):
            parties(session, "organisation")
        parties(session, "organisation")

    assert [len(each.statements) for each in found.writings] == [1]


def test_asking_that_is_refused_keeps_no_answers(engine: Engine) -> None:
    with engine.transaction() as session:
        with suppress(NotFound), unwritten(session):
            before = parties(session, "organisation")
            nowhere(session)
        enter(session, "one")

        after = parties(session, "organisation")

    assert (before, after) == (0, 1)


def test_a_refusal_is_not_remembered_as_an_answer(engine: Engine) -> None:
    with engine.reading() as session:
        with suppress(NotFound):
            nowhere(session)

        with pytest.raises(NotFound):
            nowhere(session)
