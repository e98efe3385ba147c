"""The end of a round: when one that opens is over, and how that moves, counted in its own calendar and told."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from workflow.audit.events.rounds import RoundExtended, RoundPaused, RoundResumed
from workflow.audit.trail import Written
from workflow.database import Base
from workflow.engine import notifications, workdays
from workflow.engine.children.models import ChildCase
from workflow.engine.documents.above.said import day_at
from workflow.engine.domain import domain_of
from workflow.engine.models import Round, Seat
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import reminders, time_acts
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.calendar import (
    due,
    passed,
    put_off,
    session_ends,
    session_from,
    window_closes,
)
from workflow.lifecycles.children.progress import first_instant
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.terms import Extension, Within
from workflow.transactions.statements import PreparedStatement
from workflow.vocabulary import PROPOSER

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]


def end_of(work: UnitOfWork, spec: RoundSpec, parties: Collection[int]) -> datetime | None:
    """When a round that opens now is over, by which time each of these parties had the days that it gives.

    What a case under another one owes by a day is over with that day.
    """
    if owed := owed_until(work, spec):
        return owed
    if spec.within is None:
        return end_of_year_or_session(work.session, work.case.id, spec, work.now)
    counted = workdays.spans(work.session, spec.within, parties, work.now.date())
    return workdays.last(counted, lambda span: due(span, work.now))


def owed_until(work: UnitOfWork, spec: RoundSpec) -> datetime | None:
    """When the day is over by which a case under another one is due, in the round that asks its proposer first.

    Nothing where no day is said for the case, or where it is another round.
    """
    begins = work.definition.initial in spec.states and spec.opens is Opens.ON_ENTRY
    if work.case.parent_id is None or not begins:
        return None
    if PROPOSER not in {seat.of for seat in spec.rule.seats}:
        return None
    kept = select(ChildCase.due_on).where(ChildCase.case_id == work.case.id)
    return _end_of_day(work.session, work.session.scalar(kept), work.now)


def _end_of_day(session: Session, day: date | None, now: datetime) -> datetime | None:
    """When a day is over where the house is; none where no day is said, or none comes after it."""
    if day is None or day == date.max:
        return None
    return first_instant(day + timedelta(days=1), workdays.house_zone(session, now.date()))


def end_of_year_or_session(
    session: Session, case_id: int, spec: RoundSpec, now: datetime
) -> datetime | None:
    """When the window of a round closes, the next session of its body ends, or the day is over that a text says.

    None while no session is planned, or no day written.
    """
    if spec.window is not None:
        return window_closes(spec.window, now)
    if spec.due_on is not None:
        return _end_of_day(session, day_at(session, case_id, spec.due_on), now)
    if spec.session is None:
        return None
    first_day = session_from(spec.session, now)
    days = domain_of(session).next_session(session, case_id, spec.session.of, first_day)
    return session_ends(spec.session, *days) if days else None


def terms_of(spec: RoundSpec) -> Extension | None:
    """On which terms the end of the round may be put off; a silence says so in its rule."""
    return spec.rule.silence.extension if spec.rule.silence else spec.extension


def later(
    session: Session, spec: RoundSpec, terms: Extension, round_: RoundState, before: datetime
) -> datetime:
    """The new end, counted from an earlier one in the round's own calendar and zone."""
    counted = spec.within or terms.within
    span = replace(
        counted,
        amount=terms.within.amount,
        unit=terms.within.unit,
        cut_off="" if terms.within.unit == "hours" else counted.cut_off,
    )
    return workdays.last(_spans(session, span, round_), lambda each: due(each, before)) or before


def move(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    ends: tuple[datetime, datetime],
    *,
    undelivered: tuple[str, ...] = (),
    reason: str = "",
    office: tuple[str, str, int] | None = None,
) -> Written:
    """Move the due time of a round and of all its seats from one end to another, and say so."""
    before, after = ends
    role, party, appointment = office or ("", "", None)
    written = work.note(
        RoundExtended(
            round=spec.key,
            turn=round_.turn,
            before=before,
            due=after,
            version=work.next_version(),
            undelivered=undelivered,
            reason=reason,
        ),
        role=role,
        party=party,
        appointment=appointment,
    )
    _write(work, round_, _PUT_OFF, due_at=after)
    reminders.move(work, spec, round_.id, after)
    time_acts.keep(work, spec, round_.id)
    notifications.end_moved(work, spec, round_.id, written, "put off")
    return written


def to_next_window(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> None:
    """Put off a round that nobody answered within its yearly window: it is due as the next one closes."""
    if spec.window is not None and round_.due_at is not None:
        move(work, spec, round_, (round_.due_at, window_closes(spec.window, work.now)))


def pause(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    why: str,
    effective_at: datetime | None = None,
    undelivered: tuple[str, ...] = (),
) -> Written:
    """Stop the clock of a round; parties whom no mail reached are told where that is why."""
    written = work.note(
        RoundPaused(
            round=round_.key,
            turn=round_.turn,
            due=round_.due_at,
            why=why,
            version=work.next_version(),
            undelivered=undelivered,
        ),
        effective_at=effective_at,
    )
    at = effective_at or written.at
    _write(
        work, round_, _STOPPED,
        due_at=None, paused_at=at, paused_due=round_.due_at, paused_for=why, acts_at=None,
    )  # fmt: skip
    notifications.end_moved(work, spec, round_.id, written, "stopped")
    return written


def resume(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    effective_at: datetime | None = None,
    *,
    reason: str = "",
    office: tuple[str, str, int] | None = None,
) -> Written:
    """Let the clock of a round go on: its end comes later by the working time that it stood still."""
    role, party, appointment = office or ("", "", None)
    due = _later(work.session, spec, round_, effective_at or work.now)
    written = work.note(
        RoundResumed(
            round=round_.key,
            turn=round_.turn,
            before=round_.paused_due,
            due=due,
            since=round_.paused_at,
            version=work.next_version(),
            reason=reason,
        ),
        role=role,
        party=party,
        appointment=appointment,
        effective_at=effective_at,
    )
    _write(work, round_, _GOES_ON, due_at=due, paused_at=None, paused_due=None, paused_for="")
    if due and round_.paused_due:
        reminders.shift(work, spec, round_.id, due - round_.paused_due)
    time_acts.keep(work, spec, round_.id)
    notifications.end_moved(work, spec, round_.id, written, "going on")
    return written


def give_end(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> bool:
    """Give a round the end that it waited for, once a session is planned; whether one is."""
    due = end_of_year_or_session(work.session, work.case.id, spec, work.now)
    if due is None:
        return False
    written = work.note(
        RoundResumed(
            round=round_.key,
            turn=round_.turn,
            before=None,
            due=due,
            since=None,
            version=work.next_version(),
            reason="",
        )
    )
    _write(work, round_, _PUT_OFF, due_at=due)
    reminders.plan(work, spec, round_.id, due)
    notifications.end_moved(work, spec, round_.id, written, "going on")
    return True


def _later(session: Session, spec: RoundSpec, round_: RoundState, at: datetime) -> datetime | None:
    ended, since = round_.paused_due, round_.paused_at
    if spec.within is None or ended is None or since is None:
        return ended
    counted = _spans(session, spec.within, round_)
    return workdays.last(counted, lambda span: put_off(span, ended, passed(span, since, at)))


def _spans(session: Session, within: Within, round_: RoundState) -> tuple[Within, ...]:
    """A span as those whom the round asks count it, by their calendars of the day it opened."""
    asked = {seat.party_id for seat in round_.seats}
    return workdays.spans(session, within, asked, round_.opened_at.date())


def _write(work: UnitOfWork, round_: RoundState, how: PreparedStatement, **values: Any) -> None:
    """Write the new end of a round with whatever else changes, and the same end of its seats."""
    work.write(how, of_round=round_.id, **{f"new_{name}": each for name, each in values.items()})
    work.write(_SEATS_TOO, of_round=round_.id, new_due_at=values["due_at"])


def _ending(*fields: str) -> PreparedStatement:
    """What moves the end of a round and writes these fields of it as well."""
    values = {
        field: bindparam(f"new_{field}", type_=_ROUNDS.c[field].type)
        for field in ("due_at", *fields)
    }
    moved = update(_ROUNDS).where(_ROUNDS.c.id == bindparam("of_round"))
    return PreparedStatement(moved.values(values))


_PUT_OFF = _ending()
_STOPPED = _ending("paused_at", "paused_due", "paused_for", "acts_at")
_GOES_ON = _ending("paused_at", "paused_due", "paused_for")
_SEATS_TOO = PreparedStatement(
    update(_SEATS)
    .where(_SEATS.c.round_id == bindparam("of_round"))
    .values(due_at=bindparam("new_due_at"))
)
