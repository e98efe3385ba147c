"""What a person may do about the seats of a round besides answering them, by the checks of the verbs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflow.engine.commands.escalate import escalated
from workflow.engine.pages.viewer import SYSTEM, Desk
from workflow.engine.permissions.authority import office_among
from workflow.engine.permissions.candidates import Holder, House, Room
from workflow.engine.permissions.claims import NO_BARS
from workflow.engine.round_state import Chair, Sitting


@dataclass(frozen=True, slots=True)
class Freeing:
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
    free: tuple[Freeing, ...]

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


def offers(desk: Desk, room: Room, sitting: Sitting) -> Offers:
    """What the person may do in an open round besides answering."""
    if sitting.status != "open":
        return NO_OFFERS
    chairs = [c for c in sitting.chairs if c.status == "open" and c.role != SYSTEM]
    house = desk.house([chair.place for chair in chairs])
    found = [_of_seat(desk, room, house, chair) for chair in chairs]
    return Offers(
        seats=tuple(offer for offer in found if offer.anything), alarm=_alarm(desk, room, sitting)
    )


def _of_seat(desk: Desk, room: Room, house: House, chair: Chair) -> SeatOffer:
    freed = replace(room, holding=replace(room.holding, held={}))
    able = [
        (holder.person, holder.name)
        for holder in _own_holders(house, chair)
        if not house.barred(freed, chair.id, chair.place, holder.person, holder)
    ]
    held = room.holding.held.get(chair.id)
    standing = desk.standing(room, chair.place, house, chair.id)
    way = desk.offices.get((chair.role, chair.party_id))
    mine = held is not None and way is not None and not held.stops(desk.person, way)
    gives = mine or _named(desk, room)
    shared = len(able) > 1
    return SeatOffer(
        seat=chair.id,
        role=chair.role,
        party=chair.party_name,
        shared=shared,
        take=shared and way is not None and not (standing.barred or standing.undeclared or held),
        give_back=mine,
        to=tuple(each for each in able if not held or each[0] != held.person) if gives else (),
        free=tuple(_freeing(desk, room, house, chair)),
    )


def _own_holders(house: House, chair: Chair) -> list[Holder]:
    holders = house.holders.get((chair.role, chair.party_id), ())
    return [holder for holder in holders if holder.mandate is None]


def _named(desk: Desk, room: Room) -> bool:
    """Whether the definition names the person among those who say who answers."""
    named, today = room.spec.assigned_by, desk.now.date()
    found = office_among(desk.session, desk.case.id, named, desk.person, today) if named else None
    return found is not None


def _freeing(desk: Desk, room: Room, house: House, chair: Chair) -> Iterator[Freeing]:
    """Each bar that keeps somebody else from the seat and that the person may lift."""
    terms, today = room.spec.rule.override, desk.now.date()
    if terms is None or not office_among(desk.session, desk.case.id, terms.by, desk.person, today):
        return
    for holder in _own_holders(house, chair):
        barred = house.barred(room, chair.id, chair.place, holder.person, holder)
        for bar in terms.bars if barred and holder.person != desk.person else ():
            at = (chair.id, holder.person)
            lifted = {**room.holding.lifted, at: room.holding.lifted.get(at, NO_BARS) | {bar}}
            without = replace(room, holding=replace(room.holding, lifted=lifted))
            left = house.barred(without, chair.id, chair.place, holder.person, holder)
            if len(left) < len(barred):
                yield Freeing(bar, holder.person, holder.name)


def _alarm(desk: Desk, room: Room, sitting: Sitting) -> bool:
    """Whether the person may bring the round before its escalation offices by hand."""
    named = room.spec.escalated_by
    if not named or escalated(desk.session, desk.case.id, sitting):
        return False
    found = office_among(desk.session, desk.case.id, named, desk.person, desk.now.date())
    return found is not None
