"""Opening a round that stands open to initiative and hears several parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from workflow.engine import round_state
from workflow.engine.benches import appointment_at, asked
from workflow.engine.commands.command import (
    RoundCommand,
    execute,
    reason_of,
    receipt_of,
    refuse_impossible,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.take_up import refuse_unready
from workflow.engine.engine import Engine
from workflow.engine.permissions import participants
from workflow.engine.permissions.authority import permitted
from workflow.engine.permissions.offices import is_held, offices
from workflow.engine.round_state import SeatState
from workflow.engine.rounds import closure, new_rounds
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.seat import Part
from workflow.phrase import Lowered, Term, phrase


@dataclass(frozen=True, slots=True)
class OpenRound(RoundCommand):
    """The command to open a round that hears several parties, with the reason for it."""

    what = "opens"


def initiate(engine: Engine, person: int, command: OpenRound) -> Receipt:
    """Open a round that stands open to initiative and hears several parties before it is decided.

    Only those named to open it may, or else a holder of the deciding role; a reason is required.
    """
    return execute(engine, person, command, _initiated)


def _initiated(work: UnitOfWork, person: int, command: OpenRound) -> Receipt:
    spec = spec_of(work, command.round)
    if spec.opens is not Opens.ON_INITIATIVE or spec.one_act:
        raise NotFound(phrase("There is no such round to open here."))
    reason = reason_of(command.reason, phrase("Opening this round needs a reason."))
    _refuse_second(work, spec)
    _refuse_opener(work, spec, person)
    refuse_unready(work, spec)
    round_ = new_rounds.open_round(work, spec, reason=reason)
    # The receipt is of the opening, whatever clocks it stops.
    receipt = receipt_of(work, None, f"{spec.label} opened", round_.content_digest)
    closure.stop_clocks(work, spec)
    return receipt


def _refuse_second(work: UnitOfWork, spec: RoundSpec) -> None:
    refuse_impossible(work, spec)
    running = round_state.latest(work.session, work.case.id, spec.key)
    if running is not None and running.status == "open":
        raise RoundClosed(phrase("“%(round)s” is already open.", round=Term(spec.label)))


def _refuse_opener(work: UnitOfWork, spec: RoundSpec, person: int) -> None:
    """Refuse an initiative of somebody who is not among those named to open the round, or who decide it."""
    today = work.now.date()
    named = _openers(work, spec)
    held = offices(work.session, person, today)
    own = [seat for seat in named if appointment_at(held, seat) is not None]
    if not any(is_held(work.session, asked(seat), today) for seat in named):
        _refuse_nobody(work, named)
    permitted(work, spec, None, (own or list(named))[0], person)


def _openers(work: UnitOfWork, spec: RoundSpec) -> tuple[SeatState, ...]:
    """The seats from which the round may be opened: of those named for it, or else those that decide."""
    today = work.now.date()
    if spec.opened_by:
        return participants.openers(work.session, work.case.id, spec, today)
    seats = participants.places(work.session, work.case.id, spec, today)
    return tuple(seat for seat in seats if seat.part is Part.DECIDES)


def _refuse_nobody(work: UnitOfWork, named: Sequence[SeatState]) -> NoReturn:
    """Refuse what nobody at all may open, and say who can mend that."""
    if not named:
        raise NotAuthorised(
            phrase(
                "Nobody holds the office that may open this, and no party has the seat for it: an "
                "administrator gives a party that seat and appoints somebody to it."
            )
        )
    raise NotAuthorised(
        phrase(
            "Nobody holds the office that may open this, as %(role)s for %(parties)s: an "
            "administrator appoints somebody to it.",
            role=Lowered(work.definition.roles[named[0].role].label),
            parties=tuple(dict.fromkeys(seat.party_name for seat in named)),
        )
    )
