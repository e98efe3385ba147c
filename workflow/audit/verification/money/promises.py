"""Earmarks of money and payments that are expected: rows beside what is told."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    Integer,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)

from workflow.audit.chain import ToldEvent
from workflow.audit.events.money.promises import (
    ConditionMet,
    MoneyEarmarked,
    PaymentExpected,
    PaymentWithdrawn,
)
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import earmark_name, movement_verdict_name, payment_name
from workflow.audit.verification.tables import (
    MONEY_EARMARKS,
    MONEY_MOVEMENTS,
    MONEY_PAYMENTS,
    MONEY_VERDICTS,
    PARTIES,
)
from workflow.database import Instant

_OF: BindParameter[int] = bindparam("case_id")
_VERDICT, _EARMARK, _PAYMENT = "verdict", "earmark", "payment"
_SOURCES, _HOLDERS = PARTIES.alias("sources"), PARTIES.alias("holders")
_MOVED = MONEY_MOVEMENTS.alias("moved")


def _none(kind: Any) -> Any:
    return cast(null(), kind)


# One statement for the three: who looks at a history asks for it with each look.
_OF_A_CASE = union_all(
    select(
        literal(_VERDICT).label("kind"), _MOVED.c.number.label("number"), _none(String).label("source"),
        MONEY_VERDICTS.c.outcome.label("first"), _none(String).label("second"),
        _none(String).label("third"), _none(String).label("fourth"),
        MONEY_VERDICTS.c.person_id.label("person_id"), MONEY_VERDICTS.c.decided_at.label("at"),
        MONEY_VERDICTS.c.event_seq.label("event_seq"), _none(Date).label("day"),
        _none(Integer).label("fifth"), _none(Integer).label("sixth"), _none(Instant).label("until"),
    )
    .outerjoin(
        _MOVED,
        and_(
            _MOVED.c.id == MONEY_VERDICTS.c.movement_id,
            _MOVED.c.case_id == MONEY_VERDICTS.c.case_id,
        ),
    )
    .where(MONEY_VERDICTS.c.case_id == _OF),
    select(
        literal(_EARMARK), MONEY_EARMARKS.c.number, _SOURCES.c.key, MONEY_EARMARKS.c.output,
        MONEY_EARMARKS.c.country, MONEY_EARMARKS.c.category, MONEY_EARMARKS.c.condition,
        MONEY_EARMARKS.c.person_id, MONEY_EARMARKS.c.recorded_at, MONEY_EARMARKS.c.event_seq,
        MONEY_EARMARKS.c.met_on, MONEY_EARMARKS.c.met_by, MONEY_EARMARKS.c.met_seq, _none(Instant),
    )
    .outerjoin(_SOURCES, _SOURCES.c.id == MONEY_EARMARKS.c.source_id)
    .where(MONEY_EARMARKS.c.case_id == _OF),
    select(
        literal(_PAYMENT), MONEY_PAYMENTS.c.number, _SOURCES.c.key, MONEY_PAYMENTS.c.act,
        _HOLDERS.c.key, MONEY_PAYMENTS.c.currency, MONEY_PAYMENTS.c.amount,
        MONEY_PAYMENTS.c.person_id, MONEY_PAYMENTS.c.recorded_at, MONEY_PAYMENTS.c.event_seq,
        MONEY_PAYMENTS.c.due_on, MONEY_PAYMENTS.c.earmark, _none(Integer),
        MONEY_PAYMENTS.c.withdrawn_at,
    )
    .outerjoin(_SOURCES, _SOURCES.c.id == MONEY_PAYMENTS.c.source_id)
    .outerjoin(_HOLDERS, _HOLDERS.c.id == MONEY_PAYMENTS.c.holder_id)
    .where(MONEY_PAYMENTS.c.case_id == _OF),
)  # fmt: skip


def promises(connection: Connection, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What was decided on movements of a case, every earmark, and every payment that is or was expected."""
    for row in connection.execute(_OF_A_CASE, {"case_id": case_id}):
        day = row.day.isoformat() if row.day else None
        told = {"person": opaque(row.person_id), "event_seq": row.event_seq}
        if row.kind == _VERDICT:
            yield movement_verdict_name(row.number), {
                **told, "outcome": row.first, "decided_at": row.at,
            }  # fmt: skip
            continue
        told |= {"recorded_at": row.at, "source": row.source}
        if row.kind == _EARMARK:
            yield earmark_name(row.number), {
                **told, "output": row.first, "country": row.second, "category": row.third,
                "condition": row.fourth, "met_on": day, "met_by": opaque(row.fifth),
                "met_seq": row.sixth,
            }  # fmt: skip
        else:
            yield payment_name(row.number), {
                **told, "act": row.first, "holder": row.second, "currency": row.third,
                "amount": row.fourth, "due_on": day, "earmark": row.fifth, "withdrawn_at": row.until,
            }  # fmt: skip


def _earmarked(story: ExpectedRows, told: ToldEvent, what: MoneyEarmarked) -> None:
    story.things[earmark_name(what.earmark)] = {
        "source": what.source,
        "output": what.output,
        "country": what.country,
        "category": what.category,
        "condition": what.condition,
        "met_on": None,
        "met_by": None,
        "met_seq": None,
        **_written(told),
    }


def _met(story: ExpectedRows, told: ToldEvent, what: ConditionMet) -> None:
    story.things.setdefault(earmark_name(what.earmark), {}).update(
        met_on=what.on.isoformat(), met_by=opaque(told.person), met_seq=told.seq
    )


def _expected(story: ExpectedRows, told: ToldEvent, what: PaymentExpected) -> None:
    story.things[payment_name(what.payment)] = {
        "act": what.act,
        "source": what.source,
        "holder": what.holder or None,
        "earmark": what.earmark,
        "currency": what.currency,
        "amount": what.amount,
        "due_on": what.due.isoformat(),
        "withdrawn_at": None,
        **_written(told),
    }


def _withdrawn(story: ExpectedRows, told: ToldEvent, what: PaymentWithdrawn) -> None:
    story.things.setdefault(payment_name(what.payment), {})["withdrawn_at"] = told.at


def _written(told: ToldEvent) -> dict[str, Any]:
    return {"person": opaque(told.person), "recorded_at": told.at, "event_seq": told.seq}


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    MoneyEarmarked: _earmarked,
    ConditionMet: _met,
    PaymentExpected: _expected,
    PaymentWithdrawn: _withdrawn,
}
