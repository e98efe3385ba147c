"""One person looking at one case: what is open there, and what they may answer by the one check."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.permissions import context, participants
from workflow.engine.permissions.candidates import Holder, House, Office, Room, house
from workflow.engine.permissions.check import Held
from workflow.engine.permissions.claims import holding
from workflow.engine.permissions.mandates import Mandated, received
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.round_state import Chair, Sitting
from workflow.lifecycles.definition import Definition, Opens, Part, RoundSpec
from workflow.lifecycles.seat import Place
from workflow.people.models import Party

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether one person may answer one seat; if not exactly why, and who can.

    `held` is who has taken it; `undeclared` says that the person, whom nothing else bars, has to
    say first whether they have an interest.
    """

    barred: tuple[str, ...]
    who_can: tuple[str, ...]
    mandate: Mandated | None = None
    held: Held | None = None
    undeclared: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything about the case that does not depend on the round looked at."""

    session: Session
    definition: Definition
    case: CaseRow
    person: int
    now: datetime
    offices: dict[Office, int]
    mandates: tuple[Mandated, ...]

    @classmethod
    def of(
        cls, session: Session, engine: Engine, case: CaseRow, person: int, now: datetime
    ) -> "Desk":
        """The desk of `person` at `case` now."""
        return cls(
            session=session,
            definition=engine.definition(case.definition_id),
            case=case,
            person=person,
            now=now,
            offices=context.offices(session, person, now.date()),
            mandates=received(session, person, now.date()),
        )

    def holds(self, place: Place) -> bool:
        """Whether the seat belongs to an office of the person."""
        return (place.role, place.party_id) in self.offices

    def stands_in(self, round_key: str, place: Place) -> tuple[Mandated, ...]:
        """The mandates under which the person may act for the holder of the seat."""
        if self.holds(place):
            return ()
        office = place.role, place.party_id
        return tuple(
            each
            for each in self.mandates
            if each.office == office and each.covers(self.case.ref, round_key)
        )

    def speaks(self, round_key: str, place: Place) -> bool:
        """Whether the person may speak from the seat, for themselves or under a mandate."""
        return self.holds(place) or bool(self.stands_in(round_key, place))

    def house(self, places: Collection[Place]) -> House:
        """Who holds the offices of these seats, with their past in the case."""
        asked = {(place.role, place.party_id) for place in places if place.role != SYSTEM}
        return house(self.session, self.case.id, asked, self.person, self.now.date())

    def room(self, spec: RoundSpec, sitting: Sitting | None) -> Room:
        """What is the same for everybody who looks at the round."""
        seen = context.circumstances(
            self.session, self.definition, spec, sitting, case_id=self.case.id,
            state=self.case.state, person=self.person, seat=None, now=self.now,
        )  # fmt: skip
        chairs = sitting.chairs if sitting else ()
        return Room(
            definition=self.definition,
            spec=spec,
            round_open=seen.round_open,
            in_state=seen.in_state,
            answered={c.id: {c.person, c.principal} for c in chairs if c.person is not None},
            waits_for=seen.waits_for,
            turns=context.turns(spec, sitting),
            decided_last=seen.decided_last,
            ref=self.case.ref,
            heard=seen.heard,
            holding=holding(
                self.session,
                spec,
                [chair.id for chair in chairs],
                [chair.id for chair in chairs if chair.claimant],
                self.now.date(),
            ),
        )

    def standing(self, room: Room, place: Place, house: House, seat: int | None) -> Standing:
        """Whether the person may answer this seat, by the check that the command makes."""
        who_can = house.who_can(room, seat, place)
        holder = self._holder(place)
        ways = self.stands_in(room.spec.key, place) if seat is not None else ()
        acting: list[Holder | None] = [
            Holder(self.person, "", way.appointment, way) for way in ways
        ]
        owes = room.holding.owes(room.spec, place.role, seat, self.person)
        found = [
            Standing(
                barred := house.barred(room, seat, place, self.person, each),
                who_can,
                each.mandate if each else None,
                room.holding.held.get(seat or 0),
                owes and not barred and place.status == "open",
            )
            for each in acting or [holder]
        ]
        return next((each for each in found if not each.barred), found[0])

    def _holder(self, place: Place) -> Holder | None:
        """The person as the holder of the seat, if it is theirs."""
        held = self.offices.get((place.role, place.party_id))
        return None if held is None else Holder(self.person, "", held)

    def initiatives(self) -> tuple[RoundSpec, ...]:
        """The rounds that somebody entitled may open in the state the case stands in."""
        running = {sitting.key for sitting in round_state.open_rounds(self.session, self.case.id)}
        return tuple(
            spec
            for spec in self.definition.rounds_in(self.case.state)
            if spec.opens is Opens.ON_INITIATIVE and spec.key not in running
        )

    def places(self, spec: RoundSpec) -> tuple[Chair, ...]:
        """The seats that opening the round now would freeze, none of them answered."""
        placings, _ = participants.seat_all(self.session, self.case.id, spec, self.now.date())
        parties = select(Party.id, Party.key, Party.name).where(
            Party.id.in_({each.party_id for each in placings})
        )
        named = {row.id: row for row in self.session.execute(parties)}
        return tuple(
            Chair(
                id=-number,
                role=each.spec.role,
                party_id=each.party_id,
                party_key=named[each.party_id].key,
                party_name=named[each.party_id].name,
                part=each.spec.part,
                category=each.spec.category,
                status="open",
                sign_off_id=None,
                turn=None,
                person=None,
                verdict=None,
            )
            for number, each in enumerate(placings, 1)
        )

    def opener(self, spec: RoundSpec, chairs: tuple[Chair, ...]) -> Chair | None:
        """The seat from which an initiative is taken: the person's own if there is one."""
        if spec.opened_by:
            chairs = context.openers(self.session, self.case.id, spec, self.now.date())
        deciding = [chair for chair in chairs if chair.part is Part.DECIDES]
        own = [chair for chair in deciding if self.holds(chair.place)]
        return next(iter(own or deciding), None)
