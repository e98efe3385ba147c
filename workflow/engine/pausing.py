"""Clocks that stand still: a round's due time taken away, and given back later than it was.

A round whose clock is stopped has no due time at all, so nothing that looks for overdue rounds can
find it, whoever looks and however late.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from workflow.audit.trail import Written
from workflow.clock import written as as_written
from workflow.engine import owing, reminders
from workflow.engine.calendar import passed, put_off
from workflow.engine.definition import RoundSpec
from workflow.engine.ledger import Ledger
from workflow.engine.records import Round, Seat
from workflow.engine.sittings import Sitting
from workflow.vocabulary import EventType


def pause(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    why: str,
    effective_at: datetime | None = None,
    more: Mapping[str, Any] | None = None,
) -> Written:
    """Stop the clock of a round; `more` is told besides."""
    written = ledger.note(
        EventType.ROUND_PAUSED,
        {
            "round": sitting.key,
            "turn": sitting.turn,
            "due": _or_none(sitting.due_at),
            "why": why,
            "version": ledger.next_version(),
            **(more or {}),
        },
        effective_at=effective_at,
    )
    at = effective_at or written.at
    _write(ledger, sitting, None, paused_at=at, paused_due=sitting.due_at, paused_for=why)
    owing.end_moved(ledger, spec, sitting.id, written, "stopped")
    return written


def resume(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    effective_at: datetime | None = None,
    *,
    reason: str = "",
    office: tuple[str, str, int] | None = None,
) -> Written:
    """Let the clock of a round go on: its end comes later by the working time that it stood still."""
    role, party, appointment = office or ("", "", None)
    due = _later(spec, sitting, effective_at or ledger.now)
    written = ledger.note(
        EventType.ROUND_RESUMED,
        {
            "round": sitting.key,
            "turn": sitting.turn,
            "from": _or_none(sitting.paused_due),
            "due": _or_none(due),
            "since": _or_none(sitting.paused_at),
            "version": ledger.next_version(),
        },
        private={"reason": reason},
        role=role,
        party=party,
        appointment=appointment,
        effective_at=effective_at,
    )
    _write(ledger, sitting, due, paused_at=None, paused_due=None, paused_for="")
    if due and sitting.paused_due:
        reminders.shift(ledger, spec, sitting.id, due - sitting.paused_due)
    owing.end_moved(ledger, spec, sitting.id, written, "going on")
    return written


def _later(spec: RoundSpec, sitting: Sitting, at: datetime) -> datetime | None:
    if spec.within is None or sitting.paused_due is None or sitting.paused_at is None:
        return sitting.paused_due
    stood = passed(spec.within, sitting.paused_at, at)
    return put_off(spec.within, sitting.paused_due, stood)


def _write(ledger: Ledger, sitting: Sitting, due: datetime | None, **values: Any) -> None:
    for moved in (
        update(Round).where(Round.id == sitting.id).values(due_at=due, **values),
        update(Seat).where(Seat.round_id == sitting.id).values(due_at=due),
    ):
        ledger.session.execute(moved)


def _or_none(at: datetime | None) -> str | None:
    return as_written(at) if at else None
