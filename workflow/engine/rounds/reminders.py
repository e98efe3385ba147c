"""Reminders before a round is due and escalations after: rows that a sweep works off."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from workflow.engine import notifications
from workflow.engine.engine import Engine
from workflow.engine.models import Deadline, LifecycleCase, Round
from workflow.engine.permissions import participants
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.notices.outbox import Cause, owe
from workflow.notices.vocabulary import NoticeKind

REMINDER, ESCALATION = "reminder", "escalation"
KINDS = {REMINDER: NoticeKind.REMINDER, ESCALATION: NoticeKind.ESCALATION}
BATCH = 100


def plan(work: UnitOfWork, spec: RoundSpec, round_id: int, due_at: datetime | None) -> None:
    """Write down when people are to be reminded of a round and told that it is late."""
    if due_at is None or not (spec.remind or spec.escalate):
        return
    before = (due_at - timedelta(days=days) for days in spec.remind)
    rows = [
        {"round_id": round_id, "kind": REMINDER, "at": at, "role": "", "of": ""}
        for at in before
        if at > work.now
    ]
    rows += [
        {
            "round_id": round_id,
            "kind": ESCALATION,
            "at": due_at + timedelta(days=told.after),
            "role": told.role,
            "of": told.of,
        }
        for told in spec.escalate
    ]
    if rows:
        work.session.execute(insert(Deadline), rows)


def drop(work: UnitOfWork, spec: RoundSpec, round_id: int) -> None:
    """Forget what is still to come of a round that is closed; what was done stays."""
    if spec.remind or spec.escalate:
        work.session.execute(
            delete(Deadline).where(Deadline.round_id == round_id, Deadline.done_at.is_(None))
        )


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
    if rows:
        later = [{**row, "at": row["at"] + by} for row in rows]
        work.session.execute(insert(Deadline), later)


def sweep(engine: Engine) -> int:
    """Remind and escalate wherever it is time; returns how many deadlines were worked off.

    Safe to run twice and from many places at once: a case that somebody else holds is left to
    them, and each deadline is done once, in the transaction that writes its notices.
    """
    engine.refuse_doubt()
    done = 0
    while cases := _waiting(engine):
        found = sum(_work_off(engine, case_id) for case_id in cases)
        done += found
        if not found or len(cases) < BATCH:
            break
    return done


def _waiting(engine: Engine) -> list[int]:
    """Cases on which somebody is to be told by now, a batch at most."""
    waiting = _due(engine.now()).with_only_columns(Round.case_id).order_by(None).distinct()
    with engine.reading() as session:
        return list(session.scalars(waiting.order_by(Round.case_id).limit(BATCH)))


def _work_off(engine: Engine, case_id: int) -> int:
    """Tell everybody concerned of one case, under its lock."""
    with engine.transaction() as session:
        locked = select(LifecycleCase).where(LifecycleCase.id == case_id)
        case = session.scalar(locked.with_for_update(skip_locked=True))
        if case is None or case.definition_id is None:
            return 0
        definition, now = engine.definition(case.definition_id, session), engine.now()
        due = session.execute(_due(now).where(Round.case_id == case_id)).all()
        for deadline, key in due:
            _tell(session, definition, case, (deadline, key), now)
        done = Deadline.id.in_([deadline.id for deadline, _ in due])
        session.execute(update(Deadline).where(done).values(done_at=now))
        return len(due)


def _due(now: datetime) -> Select[Deadline, str]:
    """Deadlines of running rounds that have come and are not done, the oldest first."""
    return (
        select(Deadline, Round.key)
        .join(Round, Round.id == Deadline.round_id)
        .where(Deadline.done_at.is_(None), Deadline.at <= now)
        .where(Round.status == "open", Round.paused_at.is_(None))
        .order_by(Deadline.at, Deadline.id)
    )


def _tell(
    session: Session,
    definition: Definition,
    case: LifecycleCase,
    due: tuple[Deadline, str],
    now: datetime,
) -> None:
    deadline, spec = due[0], definition.rounds[due[1]]
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
        told = notifications.asked_by(definition, spec, case.ref, deadline.round_id, now)
    else:
        found = participants.parties(session, case.id, deadline.of, now.date())
        parties = [party for party, _ in found]
        told = notifications.holders_at(definition, deadline.role, parties, now)
    owe(session, cause, told)
