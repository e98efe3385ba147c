"""Putting off the end of a silence: before it has come, by those named, so often and so long."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.records import Event
from workflow.clock import written as as_written
from workflow.engine import circumstances, reminders, seating, sittings
from workflow.engine.acting import act, reason_of, receipt_of, spec_of
from workflow.engine.calendar import due
from workflow.engine.definition import Definition, Extension, RoundSpec
from workflow.engine.engine import Engine
from workflow.engine.ledger import Ledger
from workflow.engine.receipts import Receipt
from workflow.engine.records import Round, Seat
from workflow.engine.sittings import Sitting
from workflow.errors import NotAuthorised, NotFound, Refusal, RoundClosed
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A wish to put off the end of a silence, with the reason for it."""

    ref: str
    round: str
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "extends": self.round,
            "reason": self.reason,
            "seen": self.seen_version,
        }


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who looks at one case at one instant."""

    session: Session
    definition: Definition
    case_id: int
    person: int
    now: datetime


def extend(engine: Engine, person: int, wish: MoreTime) -> Receipt:
    """Put off the end of a silence for everybody; nobody's answer is touched.

    Refuses a stranger, a silence that has ended, one extended often enough, and a missing reason.
    """
    return act(engine, person, wish, lambda ledger: _put_off(ledger, person, wish))


def _put_off(ledger: Ledger, person: int, wish: MoreTime) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting = sittings.latest(ledger.session, ledger.case.id, spec.key)
    asking = Asking(ledger.session, ledger.definition, ledger.case.id, person, ledger.now)
    for refusal in objections(asking, spec, sitting):
        raise refusal
    reason_of(wish.reason, "An extension needs a reason.")
    return _extended(ledger, asking, spec, sitting, wish)


def objections(asking: Asking, spec: RoundSpec, sitting: Sitting | None) -> tuple[Refusal, ...]:
    """Every reason why this person may not put off the end of this round now."""
    terms = _terms(spec)
    if terms is None or sitting is None or sitting.due_at is None:
        return (NotFound("The end of this round cannot be put off."),)
    return tuple(_objections(asking, spec, sitting, terms))


def _objections(
    asking: Asking, spec: RoundSpec, sitting: Sitting, terms: Extension
) -> Iterator[Refusal]:
    ended = sitting.due_at is None or sitting.due_at <= asking.now
    if sitting.status != "open" or ended:
        yield RoundClosed(f"“{spec.label}” has ended; its end can only be put off before it comes.")
    if _office(asking, terms) is None:
        roles = dict.fromkeys(asking.definition.roles[seat.role].label for seat in terms.by)
        yield NotAuthorised(f"Only the {' or the '.join(roles)} may put off this end.")
    if extensions(asking.session, asking.case_id, sitting) >= terms.times:
        often = "once" if terms.times == 1 else f"{terms.times} times"
        yield RoundClosed(f"“{spec.label}” has been extended {often} already, as often as it may.")


def _terms(spec: RoundSpec) -> Extension | None:
    return spec.rule.silence.extension if spec.rule.silence else None


def _office(asking: Asking, terms: Extension) -> tuple[str, str, int] | None:
    """The role, party and appointment under which the person may extend, if there is one."""
    today = asking.now.date()
    offices = circumstances.offices(asking.session, asking.person, today)
    for seat in terms.by:
        for party, _ in seating.parties(asking.session, asking.case_id, seat.of, today):
            if (seat.role, party) in offices:
                key = seating.party_key(asking.session, party)
                return seat.role, key, offices[seat.role, party]
    return None


def extensions(session: Session, case_id: int, sitting: Sitting) -> int:
    """How often the end of this round was put off already, as the trail tells."""
    told = select(Event.body).where(
        Event.case_id == case_id, Event.type == EventType.ROUND_EXTENDED.value
    )
    facts = [canonical.parse(body)["what"] for body in session.scalars(told)]
    return sum((what["round"], what["turn"]) == (sitting.key, sitting.turn) for what in facts)


def _extended(
    ledger: Ledger, asking: Asking, spec: RoundSpec, sitting: Sitting | None, wish: MoreTime
) -> Receipt:
    """Move the due time of the round and of all its seats, and say so on the trail."""
    terms, office = _terms(spec), None
    if terms is not None:
        office = _office(asking, terms)
    if terms is None or office is None or sitting is None or sitting.due_at is None:
        raise NotFound("The end of this round cannot be put off.")
    role, party, appointment = office
    after = _later(spec, terms, sitting.due_at)
    told = {"from": as_written(sitting.due_at), "due": as_written(after)}
    written = ledger.note(
        EventType.ROUND_EXTENDED,
        {
            "round": spec.key,
            "turn": sitting.turn,
            **told,
            "version": ledger.next_version(),
        },
        private={"reason": wish.reason.strip()},
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
    return receipt_of(
        ledger,
        written,
        f"{spec.label} extended",
        sitting.content_digest,
        explanation=f"The silence ends at {told['due']}, not at {told['from']}.",
    )


def _later(spec: RoundSpec, terms: Extension, before: datetime) -> datetime:
    """The new end, counted from the old one in the round's own calendar and zone."""
    counted = spec.within or terms.within
    span = replace(
        counted,
        amount=terms.within.amount,
        unit=terms.within.unit,
        cut_off="" if terms.within.unit == "hours" else counted.cut_off,
    )
    return due(span, before) or before
