"""Transaction events: chained, in order, sparing, and bound to the caller's transaction."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.orm import Session

from workflow.audit.canonical import leaf_hash, parse
from workflow.audit.envelope import Fact, genesis
from workflow.audit.events.payload import Committed, Payload, Private
from workflow.audit.models import Event, Opening
from workflow.audit.trail import Head, Written, append
from workflow.errors import Invalid
from workflow.schema import METADATA
from workflow.vocabulary import EventType

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def head(session: Session) -> Head:
    """The end of the register's chain, which every database has."""
    cases = METADATA.tables["lifecycle_case"].c
    case_id = session.scalars(select(cases.id).where(cases.ref == "REGISTER")).one()
    return Head(case_id, "REGISTER", 0, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked(Payload):
    """An event with two private texts, as no declared one has."""

    event_type: ClassVar = EventType.HISTORY_REVIEWED
    name: Annotated[Private, Committed("Who remarked it.")] = None
    reason: Annotated[Private, Committed("Why.")] = None


def tell(session: Session, head: Head, at: datetime = AT, what: Payload | None = None) -> Written:
    return append(session, head, Fact(what or Remarked(), None, at))


def test_each_event_names_the_one_before(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)

        first, second = tell(session, end), tell(session, end)

        rows = session.execute(select(Event.prev, Event.body).order_by(Event.seq)).all()
    assert [row.prev for row in rows] == [genesis("REGISTER"), first.hash]
    assert [leaf_hash(row.body) for row in rows] == [first.hash, second.hash]
    assert [parse(row.body)["seq"] for row in rows] == [1, 2]


def test_the_head_moves_along(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)

        tell(session, end)
        last = tell(session, end)

    assert (end.seq, end.hash, end.last_at) == (2, last.hash, AT)


def test_it_goes_on_where_another_transaction_ended(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)
        before = tell(session, end)

    with Session(database) as session, session.begin():
        after = tell(session, Head(end.case_id, end.ref, end.seq, end.hash))

    assert (before.seq, after.seq) == (1, 2)


def test_openings_are_kept_beside_the_event(database: Engine) -> None:
    with Session(database) as session, session.begin():
        told = tell(session, head(session), what=Remarked(name="Ana", reason="New post"))

        openings = session.execute(
            select(Event.hash, Opening.field, Opening.value)
            .join(Event, Event.id == Opening.event_id)
            .order_by(Opening.field)
        ).all()

    assert openings == [(told.hash, "name", "Ana"), (told.hash, "reason", "New post")]


def test_a_clock_set_back_does_not_take_the_trail_with_it(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)
        tell(session, end)

        told = tell(session, end, AT - timedelta(hours=1))

    assert told.at == AT


def test_a_clock_set_back_between_transactions_is_noticed_too(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)
        tell(session, end)

    with Session(database) as session, session.begin():
        fresh = Head(end.case_id, end.ref, end.seq, end.hash)
        told = tell(session, fresh, AT - timedelta(hours=1))

    assert told.at == AT


def test_times_are_kept_to_the_millisecond(database: Engine) -> None:
    with Session(database) as session, session.begin():
        tell(session, head(session), AT + timedelta(microseconds=1999))

        kept = session.scalars(select(Event.at)).one()

    assert kept == AT + timedelta(milliseconds=1)


def test_a_refusal_writes_nothing_and_leaves_the_head(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)

        with pytest.raises(Invalid):
            tell(session, end, what=Remarked(reason="\ud83d"))

        assert session.scalar(select(func.count()).select_from(Event)) == 0
    assert (end.seq, end.hash) == (0, None)


def test_what_is_rolled_back_was_never_told(database: Engine) -> None:
    with Session(database) as session:
        tell(session, head(session))
        session.rollback()

        assert session.scalar(select(func.count()).select_from(Event)) == 0


@pytest.mark.parametrize(("texts", "statements"), [({}, 1), ({"name": "x", "reason": "y"}, 3)])
def test_it_needs_one_statement_and_one_more_for_each_opening(
    database: Engine, texts: dict[str, str], statements: int
) -> None:
    seen: list[str] = []
    with Session(database) as session, session.begin():
        end = head(session)
        event.listen(database, "before_cursor_execute", lambda *how: seen.append(how[2]))

        tell(session, end, what=Remarked(**texts))

    assert len(seen) == statements


def test_two_events_cannot_take_one_place(database: Engine) -> None:
    with Session(database) as session, session.begin():
        end = head(session)
        tell(session, Head(end.case_id, end.ref, 0, None))

        with pytest.raises(Exception, match=r"(?i)unique"), session.begin_nested():
            tell(session, Head(end.case_id, end.ref, 0, None), AT + timedelta(days=1))

        assert session.scalar(text("select count(*) from event")) == 1
