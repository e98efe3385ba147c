"""Stepping back from a seat for good, with a reason that stays private."""

from dataclasses import dataclass

from workflow.engine.commands.command import execute, reason_of, receipt_of, seated_at, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions.authority import permitted
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.signoffs import recuse_seat, settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class RecuseSeat:
    """The command to step back from a seat, with the reason for it."""

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


def recuse(engine: Engine, person: int, command: RecuseSeat) -> Receipt:
    """Step back from a seat for good; it leaves the denominator as the rule says."""
    return execute(engine, person, command, _recused)


def _recused(work: UnitOfWork, person: int, command: RecuseSeat) -> Receipt:
    spec = spec_of(work, command.round)
    round_, seat = seated_at(work, command.round, command.seat)
    reason = reason_of(command.reason, phrase("Stepping back needs a reason."))
    appointment = permitted(work, spec, round_, seat, person)
    written = recuse_seat(work, round_, seat, reason, appointment)
    after = round_.recused(seat)
    settled = settle_if_decided(work, spec, after, reading_of(spec, after, work.now))
    return receipt_of(
        work,
        written,
        "Stepped back",
        round_.content_digest,
        outcome=settled.outcome or "",
        explanation=settled.explanation,
    )
