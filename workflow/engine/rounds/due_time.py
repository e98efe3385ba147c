"""The end of a round moved: by how much, counted in its own calendar, and told to who is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from workflow.audit.trail import Written
from workflow.clock import written as as_written
from workflow.engine import notifications
from workflow.engine.models import Round, Seat
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import reminders
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.calendar import due, passed, put_off
from workflow.lifecycles.definition import Extension, RoundSpec
from workflow.vocabulary import EventType


def terms_of(spec: RoundSpec) -> Extension | None:
    """On which terms the end of the round may be put off; a silence says so in its rule."""
    return spec.rule.silence.extension if spec.rule.silence else spec.extension


def later(spec: RoundSpec, terms: Extension, before: datetime) -> datetime:
    """The new end, counted from an earlier one in the round's own calendar and zone."""
    counted = spec.within or terms.within
    span = replace(
        counted,
        amount=terms.within.amount,
        unit=terms.within.unit,
        cut_off="" if terms.within.unit == "hours" else counted.cut_off,
    )
    return due(span, before) or before


def move(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    after: datetime,
    *,
    more: Mapping[str, Any] | None = None,
    reason: str = "",
    office: tuple[str, str, int] | None = None,
) -> Written:
    """Move the due time of a round and of all its seats, and say so on the trail."""
    role, party, appointment = office or ("", "", None)
    written = work.note(
        EventType.ROUND_EXTENDED,
        {
            "round": spec.key,
            "turn": round_.turn,
            "from": as_written(round_.due_at) if round_.due_at else None,
            "due": as_written(after),
            "version": work.next_version(),
            **(more or {}),
        },
        private={"reason": reason},
        role=role,
        party=party,
        appointment=appointment,
    )
    for moved in (
        update(Round).where(Round.id == round_.id),
        update(Seat).where(Seat.round_id == round_.id),
    ):
        work.session.execute(moved.values(due_at=after))
    reminders.move(work, spec, round_.id, after)
    notifications.end_moved(work, spec, round_.id, written, "put off")
    return written


def pause(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    why: str,
    effective_at: datetime | None = None,
    more: Mapping[str, Any] | None = None,
) -> Written:
    """Stop the clock of a round; `more` is told besides."""
    written = work.note(
        EventType.ROUND_PAUSED,
        {
            "round": round_.key,
            "turn": round_.turn,
            "due": _or_none(round_.due_at),
            "why": why,
            "version": work.next_version(),
            **(more or {}),
        },
        effective_at=effective_at,
    )
    at = effective_at or written.at
    _write(work, round_, None, paused_at=at, paused_due=round_.due_at, paused_for=why)
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
    due = _later(spec, round_, effective_at or work.now)
    written = work.note(
        EventType.ROUND_RESUMED,
        {
            "round": round_.key,
            "turn": round_.turn,
            "from": _or_none(round_.paused_due),
            "due": _or_none(due),
            "since": _or_none(round_.paused_at),
            "version": work.next_version(),
        },
        private={"reason": reason},
        role=role,
        party=party,
        appointment=appointment,
        effective_at=effective_at,
    )
    _write(work, round_, due, paused_at=None, paused_due=None, paused_for="")
    if due and round_.paused_due:
        reminders.shift(work, spec, round_.id, due - round_.paused_due)
    notifications.end_moved(work, spec, round_.id, written, "going on")
    return written


def _later(spec: RoundSpec, round_: RoundState, at: datetime) -> datetime | None:
    if spec.within is None or round_.paused_due is None or round_.paused_at is None:
        return round_.paused_due
    stood = passed(spec.within, round_.paused_at, at)
    return put_off(spec.within, round_.paused_due, stood)


def _write(work: UnitOfWork, round_: RoundState, due: datetime | None, **values: Any) -> None:
    for moved in (
        update(Round).where(Round.id == round_.id).values(due_at=due, **values),
        update(Seat).where(Seat.round_id == round_.id).values(due_at=due),
    ):
        work.session.execute(moved)


def _or_none(at: datetime | None) -> str | None:
    return as_written(at) if at else None
