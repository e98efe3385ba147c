"""The end of a round moved: by how much, counted in its own calendar, and told to who is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from workflow.audit.trail import Written
from workflow.clock import written as as_written
from workflow.engine import owing, reminders
from workflow.engine.calendar import due
from workflow.engine.definition import Extension, RoundSpec
from workflow.engine.ledger import Ledger
from workflow.engine.records import Round, Seat
from workflow.engine.sittings import Sitting
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
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    after: datetime,
    *,
    more: Mapping[str, Any] | None = None,
    reason: str = "",
    office: tuple[str, str, int] | None = None,
) -> Written:
    """Move the due time of a round and of all its seats, and say so on the trail."""
    role, party, appointment = office or ("", "", None)
    written = ledger.note(
        EventType.ROUND_EXTENDED,
        {
            "round": spec.key,
            "turn": sitting.turn,
            "from": as_written(sitting.due_at) if sitting.due_at else None,
            "due": as_written(after),
            "version": ledger.next_version(),
            **(more or {}),
        },
        private={"reason": reason},
        role=role,
        party=party,
        appointment=appointment,
    )
    for moved in (
        update(Round).where(Round.id == sitting.id),
        update(Seat).where(Seat.round_id == sitting.id),
    ):
        ledger.session.execute(moved.values(due_at=after))
    reminders.move(ledger, spec, sitting.id, after)
    owing.end_moved(ledger, spec, sitting.id, written, "put off")
    return written
