"""Putting off the end of a round: before it has come, by those named, so often and so long."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.records import Event
from workflow.clock import written as as_written
from workflow.engine import circumstances, ends, pausing, seating, sittings
from workflow.engine.acting import act, reason_of, receipt_of, spec_of
from workflow.engine.definition import Definition, Extension, RoundSpec
from workflow.engine.engine import Engine
from workflow.engine.ledger import Ledger
from workflow.engine.receipts import Receipt
from workflow.engine.sittings import PAUSED_BY_MAIL, Sitting
from workflow.errors import NotAuthorised, NotFound, Refusal, RoundClosed
from workflow.vocabulary import EventType

Office = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A wish to put off the end of a round, with the reason for it."""

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
class GoOn(MoreTime):
    """A wish that a clock stopped by an undelivered mail go on; the reason says who was reached how."""

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "goes_on": self.round,
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


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody entitled may do to the end of a round: put it off, or let its clock go on.

    `until` is the new end, None where the clock stands still; `left` says how often it may be
    put off, this time included.
    """

    until: datetime | None
    left: int


def extend(engine: Engine, person: int, wish: MoreTime) -> Receipt:
    """Put off the end of a round for everybody; nobody's answer is touched.

    Refuses a stranger, a round that has ended, one extended often enough, and a missing reason.
    """
    return act(engine, person, wish, lambda ledger: _put_off(ledger, person, wish))


def go_on(engine: Engine, person: int, wish: GoOn) -> Receipt:
    """Let a clock go on that an undelivered mail had stopped, once the party was reached otherwise."""
    return act(engine, person, wish, lambda ledger: _gone_on(ledger, person, wish))


def offer(asking: Asking, spec: RoundSpec, sitting: Sitting) -> Offer | None:
    """What this person may do to the end of the round now, by the checks of the verbs themselves."""
    terms = ends.terms_of(spec)
    if terms is None:
        return None
    if not objections_to_going_on(asking, spec, sitting):
        return Offer(None, 0)
    if sitting.due_at is None or objections(asking, spec, sitting):
        return None
    used = extensions(asking.session, asking.case_id, sitting)
    return Offer(ends.later(spec, terms, sitting.due_at), terms.times - used)


def offers(asking: Asking) -> dict[str, Offer]:
    """What this person may do to the ends of the open rounds of the case, by round."""
    rounds = asking.definition.rounds
    if not any(ends.terms_of(spec) for spec in rounds.values()):
        return {}
    found = {
        sitting.key: offer(asking, rounds[sitting.key], sitting)
        for sitting in sittings.open_rounds(asking.session, asking.case_id)
        if ends.terms_of(rounds[sitting.key])
    }
    return {key: each for key, each in found.items() if each is not None}


def objections(asking: Asking, spec: RoundSpec, sitting: Sitting | None) -> tuple[Refusal, ...]:
    """Every reason why this person may not put off the end of this round now."""
    terms = ends.terms_of(spec)
    if terms is None or sitting is None or (sitting.due_at is None and not sitting.paused_for):
        return (NotFound("The end of this round cannot be put off."),)
    return tuple(_objections(asking, spec, sitting, terms))


def objections_to_going_on(
    asking: Asking, spec: RoundSpec, sitting: Sitting | None
) -> tuple[Refusal, ...]:
    """Every reason why this person may not let the clock of this round go on now."""
    terms = ends.terms_of(spec)
    if terms is None or sitting is None:
        return (NotFound("The clock of this round cannot be stopped."),)
    if sitting.status != "open" or sitting.paused_for != PAUSED_BY_MAIL:
        return (RoundClosed(f"No undelivered mail stops the clock of “{spec.label}”."),)
    return tuple(_strangers(asking, terms))


def _objections(
    asking: Asking, spec: RoundSpec, sitting: Sitting, terms: Extension
) -> Iterator[Refusal]:
    if sitting.status == "open" and sitting.paused_for:
        yield RoundClosed(f"The clock of “{spec.label}” stands still; there is no end to put off.")
    elif sitting.status != "open" or sitting.due_at is None or sitting.due_at <= asking.now:
        yield RoundClosed(f"“{spec.label}” has ended; its end can only be put off before it comes.")
    yield from _strangers(asking, terms)
    if extensions(asking.session, asking.case_id, sitting) >= terms.times:
        often = "once" if terms.times == 1 else f"{terms.times} times"
        yield RoundClosed(f"“{spec.label}” has been extended {often} already, as often as it may.")


def _strangers(asking: Asking, terms: Extension) -> Iterator[Refusal]:
    if _office(asking, terms) is None:
        roles = dict.fromkeys(asking.definition.roles[seat.role].label for seat in terms.by)
        yield NotAuthorised(f"Only the {' or the '.join(roles)} may put off this end.")


def _office(asking: Asking, terms: Extension) -> Office | None:
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
    """How often somebody put off the end of this round already, as the trail tells."""
    told = select(Event.body).where(
        Event.case_id == case_id,
        Event.type == EventType.ROUND_EXTENDED.value,
        Event.person_id.is_not(None),
    )
    facts = [canonical.parse(body)["what"] for body in session.scalars(told)]
    return sum((what["round"], what["turn"]) == (sitting.key, sitting.turn) for what in facts)


def _asking(ledger: Ledger, person: int) -> Asking:
    return Asking(ledger.session, ledger.definition, ledger.case.id, person, ledger.now)


def _put_off(ledger: Ledger, person: int, wish: MoreTime) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting = sittings.latest(ledger.session, ledger.case.id, spec.key)
    asking, terms = _asking(ledger, person), ends.terms_of(spec)
    for refusal in objections(asking, spec, sitting):
        raise refusal
    reason = reason_of(wish.reason, "An extension needs a reason.")
    if terms is None or sitting is None or sitting.due_at is None:
        raise NotFound("The end of this round cannot be put off.")
    after = ends.later(spec, terms, sitting.due_at)
    office = _office(asking, terms)
    written = ends.move(ledger, spec, sitting, after, reason=reason, office=office)
    return receipt_of(
        ledger,
        written,
        f"{spec.label} extended",
        sitting.content_digest,
        explanation=f"It ends at {as_written(after)}, not at {as_written(sitting.due_at)}.",
    )


def _gone_on(ledger: Ledger, person: int, wish: GoOn) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting = sittings.latest(ledger.session, ledger.case.id, spec.key)
    asking, terms = _asking(ledger, person), ends.terms_of(spec)
    for refusal in objections_to_going_on(asking, spec, sitting):
        raise refusal
    reason = reason_of(wish.reason, "Say who was reached, and how.")
    if terms is None or sitting is None:
        raise NotFound("The clock of this round cannot be stopped.")
    office = _office(asking, terms)
    written = pausing.resume(ledger, spec, sitting, reason=reason, office=office)
    now_due = sittings.by_id(ledger.session, sitting.id).due_at
    return receipt_of(
        ledger,
        written,
        f"{spec.label} goes on",
        sitting.content_digest,
        explanation=f"It ends at {as_written(now_due)}." if now_due else "",
    )
