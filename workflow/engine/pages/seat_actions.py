"""What a person may do about the seats of a round besides answering them, by the checks of the verbs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflow.engine.benches import appointment_at, asked
from workflow.engine.commands.escalate import escalated
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.authority import office_among
from workflow.engine.permissions.candidates import Candidates
from workflow.engine.permissions.claims import NO_BARS
from workflow.engine.permissions.context import RoundContext
from workflow.engine.permissions.offices import OfficeHolder
from workflow.engine.round_state import RoundState, SeatState
from workflow.vocabulary import SYSTEM


@dataclass(frozen=True, slots=True)
class WaivableBar:
    """A bar that the person may lift for somebody."""

    bar: str
    person: int
    name: str


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """What the person may do about one seat: take it, give it back, hand it over, lift a bar.

    `shared` says that several people could answer it; `to` are those whom it may be given to.
    """

    seat: int
    role: str
    party: str
    shared: bool
    take: bool
    give_back: bool
    to: tuple[tuple[int, str], ...]
    free: tuple[WaivableBar, ...]

    @property
    def anything(self) -> bool:
        """Whether there is anything to do."""
        return self.take or self.give_back or bool(self.to) or bool(self.free)


@dataclass(frozen=True, slots=True)
class Offers:
    """What the person may do about the seats of a round, and whether they may bring it up."""

    seats: tuple[SeatOffer, ...] = ()
    alarm: bool = False


NO_OFFERS = Offers()


def offers(
    viewer: CaseViewer, round_context: RoundContext, candidates: Candidates, round_: RoundState
) -> Offers:
    """What the person may do in an open round besides answering."""
    if round_.status != "open":
        return NO_OFFERS
    seats = [c for c in round_.seats if c.status == "open" and c.role != SYSTEM]
    found = [_of_seat(viewer, round_context, candidates, seat) for seat in seats]
    return Offers(
        seats=tuple(offer for offer in found if offer.anything),
        alarm=_alarm(viewer, round_context, round_),
    )


def _of_seat(
    viewer: CaseViewer, round_context: RoundContext, candidates: Candidates, seat: SeatState
) -> SeatOffer:
    freed = round_context._replace(seat_status=replace(round_context.seat_status, held={}))
    able = [
        (holder.person, holder.name)
        for holder in _own_holders(candidates, seat)
        if not candidates.barred(freed, seat.id, seat.place, holder.person, holder)
    ]
    held = round_context.seat_status.held.get(seat.id)
    permission = viewer.permission(round_context, seat.place, candidates, seat.id)
    way = appointment_at(viewer.offices, seat)
    mine = held is not None and way is not None and not held.stops(viewer.person, way)
    gives = mine or _named(viewer, round_context)
    shared = len(able) > 1
    return SeatOffer(
        seat=seat.id,
        role=seat.role,
        party=seat.party_name,
        shared=shared,
        take=shared
        and way is not None
        and not (permission.barred or permission.undeclared or held),
        give_back=mine,
        to=tuple(each for each in able if not held or each[0] != held.person) if gives else (),
        free=tuple(_freeing(viewer, round_context, candidates, seat)),
    )


def _own_holders(candidates: Candidates, seat: SeatState) -> list[OfficeHolder]:
    holders = candidates.holders.get(asked(seat), ())
    return [holder for holder in holders if holder.mandate is None]


def _named(viewer: CaseViewer, round_context: RoundContext) -> bool:
    """Whether the definition names the person among those who say who answers."""
    named, today = round_context.spec.assigned_by, viewer.now.date()
    found = (
        office_among(viewer.session, viewer.case.id, named, viewer.person, today) if named else None
    )
    return found is not None


def _freeing(
    viewer: CaseViewer, round_context: RoundContext, candidates: Candidates, seat: SeatState
) -> Iterator[WaivableBar]:
    """Each bar that keeps somebody else from the seat and that the person may lift."""
    terms, today = round_context.spec.rule.override, viewer.now.date()
    if terms is None or not office_among(
        viewer.session, viewer.case.id, terms.by, viewer.person, today
    ):
        return
    for holder in _own_holders(candidates, seat):
        barred = candidates.barred(round_context, seat.id, seat.place, holder.person, holder)
        for bar in terms.bars if barred and holder.person != viewer.person else ():
            at = (seat.id, holder.person)
            lifted = {
                **round_context.seat_status.lifted,
                at: round_context.seat_status.lifted.get(at, NO_BARS) | {bar},
            }
            without = round_context._replace(
                seat_status=replace(round_context.seat_status, lifted=lifted)
            )
            left = candidates.barred(without, seat.id, seat.place, holder.person, holder)
            if len(left) < len(barred):
                yield WaivableBar(bar, holder.person, holder.name)


def _alarm(viewer: CaseViewer, round_context: RoundContext, round_: RoundState) -> bool:
    """Whether the person may bring the round before its escalation offices by hand."""
    named = round_context.spec.escalated_by
    found = office_among(viewer.session, viewer.case.id, named, viewer.person, viewer.now.date())
    return found is not None and not escalated(viewer.session, viewer.case.id, round_)
