"""Reminders before a round is due and escalations after: rows that are worked off as time acts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from workflow.database import Base
from workflow.engine import notifications
from workflow.engine.models import Deadline
from workflow.engine.permissions import offices, participants
from workflow.engine.round_state import RoundState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import RoundSpec
from workflow.notices.outbox import Cause, owe
from workflow.notices.vocabulary import NoticeKind
from workflow.transactions.rows import PreparedRows
from workflow.transactions.statements import PreparedStatement

REMINDER, ESCALATION = "reminder", "escalation"
KINDS = {REMINDER: NoticeKind.REMINDER, ESCALATION: NoticeKind.ESCALATION}
_COMING = (Deadline.round_id == bindparam("round_id")) & Deadline.done_at.is_(None)
_DEADLINES = Base.metadata.tables[Deadline.__tablename__]
_PLANNED = PreparedRows(_DEADLINES, ("round_id", "kind", "at", "role", "of"))
_DROP = PreparedStatement(delete(_DEADLINES).where(_COMING))
_NEXT = PreparedStatement(select(func.min(Deadline.at).label("next_at")).where(_COMING))
_TO_COME = PreparedStatement(
    select(*(_DEADLINES.c[name] for name in ("id", "round_id", "kind", "at", "role", "of")))
    .where(_DEADLINES.c.round_id == bindparam("of_round"), _DEADLINES.c.done_at.is_(None))
    .order_by(_DEADLINES.c.at, _DEADLINES.c.id)
)
_DONE = PreparedStatement(
    update(_DEADLINES)
    .where(
        _DEADLINES.c.round_id == bindparam("of_round"),
        _DEADLINES.c.done_at.is_(None),
        _DEADLINES.c.at <= bindparam("by_now"),
    )
    .values(done_at=bindparam("by_now"))
)


class Told(NamedTuple):
    """Of how many deadlines of a round people were told, and when they are told of the next one."""

    number: int = 0
    next_at: datetime | None = None


def planned(
    spec: RoundSpec, due_at: datetime | None, now: datetime
) -> list[tuple[dict[str, str], datetime]]:
    """Who is reminded of a round with this due time and told that it is late, each with when."""
    if due_at is None:
        return []
    nobody = {"role": "", "of": ""}
    before = (due_at - timedelta(days=days) for days in spec.remind)
    return [
        *(({"kind": REMINDER, **nobody}, at) for at in before if at > now),
        *(
            (
                {"kind": ESCALATION, "role": told.role, "of": told.of},
                due_at + timedelta(days=told.after),
            )
            for told in spec.escalate
        ),
    ]


def plan(work: UnitOfWork, spec: RoundSpec, round_id: int, due_at: datetime | None) -> None:
    """Write down when people are to be reminded of a round and told that it is late."""
    rows = [
        {"round_id": round_id, "at": at, **told} for told, at in planned(spec, due_at, work.now)
    ]
    work.transaction.write_rows(_PLANNED, rows)


def drop(work: UnitOfWork, spec: RoundSpec, round_id: int) -> None:
    """Forget what is still to come of a round that is closed; what was done stays."""
    if spec.remind or spec.escalate:
        work.write(_DROP, round_id=round_id)


def lay_anew(
    work: UnitOfWork, before: RoundSpec, spec: RoundSpec, round_id: int, due_at: datetime | None
) -> None:
    """Lay what is still to come of a round as another version of its lifecycle has it; what was due stays done."""
    drop(work, before, round_id)
    rows = [
        {"round_id": round_id, "at": at, **told}
        for told, at in planned(spec, due_at, work.now)
        if at > work.now
    ]
    work.transaction.write_rows(_PLANNED, rows)


def move(work: UnitOfWork, spec: RoundSpec, round_id: int, due_at: datetime | None) -> None:
    """Lay what is still to come of a round around another due time."""
    drop(work, spec, round_id)
    plan(work, spec, round_id, due_at)


def shift(work: UnitOfWork, spec: RoundSpec, round_id: int, by: timedelta) -> None:
    """Put what is still to come of a round off by as much as its end; what was done stays done."""
    if not (spec.remind or spec.escalate):
        return
    coming = (Deadline.round_id == round_id) & Deadline.done_at.is_(None)
    fields = (Deadline.round_id, Deadline.kind, Deadline.at, Deadline.role, Deadline.of)
    rows = [dict(row) for row in work.session.execute(select(*fields).where(coming)).mappings()]
    drop(work, spec, round_id)
    work.transaction.write_rows(_PLANNED, [{**row, "at": row["at"] + by} for row in rows])


def next_at(work: UnitOfWork, spec: RoundSpec, round_id: int) -> datetime | None:
    """When people are next told of a round; the past, where that was not done yet."""
    if not (spec.remind or spec.escalate):
        return None
    ((found,),) = work.transaction.read((_NEXT, {"round_id": round_id}))
    at: datetime | None = found.next_at
    return at


def tell(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> Told:
    """Remind and escalate where it is time for that.

    Each deadline is worked off once, in the transaction that writes its notices.
    """
    if not (spec.remind or spec.escalate):
        return Told()
    wanted = {told.of: offices.party_asked(told.of) for told in spec.escalate}
    asked = {of: each for of, each in wanted.items() if each is not None}
    to_come, *found = work.transaction.read((_TO_COME, {"of_round": round_.id}), *asked.values())
    known = {of: [row.id for row in rows] for of, rows in zip(asked, found, strict=True)}
    due = [each for each in to_come if each.at <= work.now]
    for deadline in due:
        _tell(work, spec, deadline, known)
    if due:
        work.write(_DONE, of_round=round_.id, by_now=work.now)
    return Told(len(due), next((each.at for each in to_come if each.at > work.now), None))


def _tell(
    work: UnitOfWork, spec: RoundSpec, deadline: Any, known: Mapping[str, Sequence[int]]
) -> None:
    """Tell of one deadline; `known` are the parties of the offices that were looked up before."""
    definition, case, now = work.definition, work.case, work.now
    silent = deadline.kind == REMINDER and spec.rule.silence
    cause = Cause(
        NoticeKind.SILENCE_ENDS if silent else KINDS[deadline.kind],
        case.id,
        deadline.round_id,
        spec.label,
        now,
        deadline_id=deadline.id,
    )
    if deadline.kind == REMINDER:
        owe(work.transaction, cause, notifications.asked_by(work, spec, deadline.round_id))
        return
    parties = known.get(deadline.of)
    if parties is None:
        found = participants.parties(work.session, case.id, deadline.of, now.date())
        parties = [party for party, _ in found]
    owe(work.transaction, cause, notifications.holders_at(definition, deadline.role, parties, now))
