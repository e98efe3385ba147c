"""Stepping back from a seat for good, with a reason that stays private."""

from dataclasses import dataclass

from workflow.engine.commands.command import act, reason_of, receipt_of, seated_at, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions.authority import permitted
from workflow.engine.rounds.signoffs import recuse_seat, settle_if_decided
from workflow.engine.unit_of_work import Ledger


@dataclass(frozen=True, slots=True)
class Recusal:
    """A wish to step back from a seat, with the reason for it."""

    ref: str
    round: str
    seat: int
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "recuse": self.seat,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def recuse(engine: Engine, person: int, wish: Recusal) -> Receipt:
    """Step back from a seat for good; it leaves the denominator as the rule says."""
    return act(engine, person, wish, lambda ledger: _recused(ledger, person, wish))


def _recused(ledger: Ledger, person: int, wish: Recusal) -> Receipt:
    spec = spec_of(ledger, wish.round)
    sitting, chair = seated_at(ledger, wish.round, wish.seat)
    reason = reason_of(wish.reason, "Stepping back needs a reason.")
    appointment = permitted(ledger, spec, sitting, chair, person)
    written = recuse_seat(ledger, sitting, chair, reason, appointment)
    settled = settle_if_decided(ledger, spec, sitting.id)
    return receipt_of(
        ledger,
        written,
        "Stepped back",
        sitting.content_digest,
        outcome=settled.outcome or "",
        explanation=settled.explanation,
    )
