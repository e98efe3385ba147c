"""Opening a round that stands open to initiative and hears several parties."""

from dataclasses import dataclass

from workflow.engine import round_state
from workflow.engine.commands.command import act, reason_of, receipt_of, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions import context
from workflow.engine.permissions.authority import permitted
from workflow.engine.round_state import Sitting
from workflow.engine.rounds import progress
from workflow.engine.unit_of_work import Ledger
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.lifecycles.definition import Opens, Part, RoundSpec


@dataclass(frozen=True, slots=True)
class Initiative:
    """A wish to open a round that hears several parties, with the reason for it."""

    ref: str
    round: str
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "opens": self.round,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def initiate(engine: Engine, person: int, wish: Initiative) -> Receipt:
    """Open a round that stands open to initiative and hears several parties before it is decided.

    Only those named to open it may, or else a holder of the deciding role; a reason is required.
    """
    return act(engine, person, wish, lambda ledger: _initiated(ledger, person, wish))


def _initiated(ledger: Ledger, person: int, wish: Initiative) -> Receipt:
    spec = spec_of(ledger, wish.round)
    if spec.opens is not Opens.ON_INITIATIVE or spec.one_act:
        raise NotFound("There is no such round to open here.")
    reason = reason_of(wish.reason, "Opening this round needs a reason.")
    _refuse_second(ledger, spec)
    if spec.opened_by:
        _refuse_opener(ledger, spec, person)
    sitting = progress.open_round(ledger, spec, reason=reason)
    if not spec.opened_by:
        _initiator(ledger, spec, sitting, person)
    return receipt_of(ledger, None, f"{spec.label} opened", sitting.content_digest)


def _refuse_second(ledger: Ledger, spec: RoundSpec) -> None:
    if ledger.case.state not in spec.states:
        raise RoundClosed(f"“{spec.label}” is not possible in this state. Nothing was recorded.")
    running = round_state.latest(ledger.session, ledger.case.id, spec.key)
    if running is not None and running.status == "open":
        raise RoundClosed(f"“{spec.label}” is already open.")


def _refuse_opener(ledger: Ledger, spec: RoundSpec, person: int) -> None:
    """Refuse an initiative of somebody who is not among those named to open the round."""
    today = ledger.now.date()
    named = context.openers(ledger.session, ledger.case.id, spec, today)
    held = context.offices(ledger.session, person, today)
    own = [chair for chair in named if (chair.role, chair.party_id) in held]
    if not named:
        raise NotAuthorised("Nobody holds the office that may open this.")
    permitted(ledger, spec, None, (own or list(named))[0], person)


def _initiator(ledger: Ledger, spec: RoundSpec, sitting: Sitting, person: int) -> None:
    """Refuse an initiative of somebody who does not hold the deciding seat."""
    chair = next(c for c in sitting.chairs if c.part is Part.DECIDES)
    permitted(ledger, spec, sitting, chair, person)
