"""Putting off the end of a round: before it has come, by those named, so often and so long."""

from dataclasses import dataclass

from workflow.clock import written as as_written
from workflow.engine import round_state
from workflow.engine.commands.command import act, reason_of, receipt_of, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions.extension import Asking, objections, objections_to_going_on, office
from workflow.engine.rounds import due_time
from workflow.engine.unit_of_work import Ledger
from workflow.errors import NotFound


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


def extend(engine: Engine, person: int, wish: MoreTime) -> Receipt:
    """Put off the end of a round for everybody; nobody's answer is touched.

    Refuses a stranger, a round that has ended, one extended often enough, and a missing reason.
    """
    return act(engine, person, wish, lambda ledger: _put_off(ledger, person, wish))


def go_on(engine: Engine, person: int, wish: GoOn) -> Receipt:
    """Let a clock go on that an undelivered mail had stopped, once the party was reached otherwise."""
    return act(engine, person, wish, lambda ledger: _gone_on(ledger, person, wish))


def _asking(ledger: Ledger, person: int) -> Asking:
    return Asking(ledger.session, ledger.definition, ledger.case.id, person, ledger.now)


def _put_off(ledger: Ledger, person: int, wish: MoreTime) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting = round_state.latest(ledger.session, ledger.case.id, spec.key)
    asking, terms = _asking(ledger, person), due_time.terms_of(spec)
    for refusal in objections(asking, spec, sitting):
        raise refusal
    reason = reason_of(wish.reason, "An extension needs a reason.")
    if terms is None or sitting is None or sitting.due_at is None:
        raise NotFound("The end of this round cannot be put off.")
    after = due_time.later(spec, terms, sitting.due_at)
    acting = office(asking, terms)
    written = due_time.move(ledger, spec, sitting, after, reason=reason, office=acting)
    return receipt_of(
        ledger,
        written,
        f"{spec.label} extended",
        sitting.content_digest,
        explanation=f"It ends at {as_written(after)}, not at {as_written(sitting.due_at)}.",
    )


def _gone_on(ledger: Ledger, person: int, wish: GoOn) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting = round_state.latest(ledger.session, ledger.case.id, spec.key)
    asking, terms = _asking(ledger, person), due_time.terms_of(spec)
    for refusal in objections_to_going_on(asking, spec, sitting):
        raise refusal
    reason = reason_of(wish.reason, "Say who was reached, and how.")
    if terms is None or sitting is None:
        raise NotFound("The clock of this round cannot be stopped.")
    acting = office(asking, terms)
    written = due_time.resume(ledger, spec, sitting, reason=reason, office=acting)
    now_due = round_state.by_id(ledger.session, sitting.id).due_at
    return receipt_of(
        ledger,
        written,
        f"{spec.label} goes on",
        sitting.content_digest,
        explanation=f"It ends at {as_written(now_due)}." if now_due else "",
    )
