"""One person looking at one case: what is open there, and what they may answer by the one check."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import OfficeKey, appointment_at
from workflow.engine.engine import Engine
from workflow.engine.permissions import context, participants
from workflow.engine.permissions.candidates import Candidates, candidates_for, first_free
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.check import ActiveClaim
from workflow.engine.permissions.context import Acting, RoundContext, RoundOfCase
from workflow.engine.permissions.duties import withheld
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.round_state import RoundState, SeatState
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.seat import Part, SeatRef
from workflow.phrase import Phrase
from workflow.vocabulary import SYSTEM, Footing


@dataclass(frozen=True, slots=True)
class SeatPermission:
    """Whether one person may answer one seat; if not exactly why, and who can.

    `held` is who has taken it; `undeclared` says that the person, whom nothing else bars, has to
    say first whether they have an interest; `withheld` are verdicts that are not for them.
    """

    barred: tuple[Phrase, ...]
    who_can: tuple[str, ...]
    mandate: ActiveMandate | None = None
    held: ActiveClaim | None = None
    undeclared: bool = False
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseViewer:
    """Everything about the case that does not depend on the round looked at."""

    session: Session
    definition: Definition
    case: CaseRow
    person: int
    now: datetime
    offices: dict[OfficeKey, int]
    mandates: tuple[ActiveMandate, ...]

    @classmethod
    def of(
        cls, session: Session, engine: Engine, case: CaseRow, person: int, now: datetime
    ) -> "CaseViewer":
        """What `person` sees of `case` now."""
        return cls(
            session=session,
            definition=engine.definition(case.definition_id),
            case=case,
            person=person,
            now=now,
            offices=offices(session, person, now.date()),
            mandates=received(session, person, now.date()),
        )

    @property
    def sight(self) -> CaseSight:
        """What the person may read of the case."""
        return CaseSight.of_row(self.session, self.definition, self.case, self.person, self.now)

    def holds(self, place: SeatRef) -> bool:
        """Whether the seat belongs to an office of the person."""
        return appointment_at(self.offices, place) is not None

    def stands_in(self, round_key: str, place: SeatRef) -> tuple[ActiveMandate, ...]:
        """The mandates under which the person may act for the holder of the seat."""
        if self.holds(place):
            return ()
        return tuple(
            each
            for each in self.mandates
            if each.office.fits(place) and each.covers(self.case.ref, round_key)
        )

    def speaks(self, round_key: str, place: SeatRef) -> bool:
        """Whether the person may speak from the seat, for themselves or under a mandate."""
        return self.holds(place) or bool(self.stands_in(round_key, place))

    def candidates(self, places: Collection[SeatRef]) -> Candidates:
        """Who holds the offices of these seats, with their past in the case."""
        asked = [place for place in places if place.role != SYSTEM]
        return candidates_for(self.session, self.case.id, asked, self.person, self.now.date())

    def round_context(self, spec: RoundSpec, round_: RoundState | None) -> RoundContext:
        """What is the same for everybody who looks at the round."""
        case = self.case
        of = RoundOfCase(
            self.definition, spec, case.id, case.ref, case.state, round_, Footing(case.footing)
        )
        return context.round_context(self.session, of, self.now)

    def permission(
        self, round_context: RoundContext, place: SeatRef, candidates: Candidates, seat: int | None
    ) -> SeatPermission:
        """Whether the person may answer this seat, by the check that the command makes."""
        status, person = round_context.seat_status, self.person
        acting, barred = first_free(
            round_context, seat, place, self._ways(round_context.spec.key, place, seat),
            candidates.past,
        )  # fmt: skip
        seen = round_context.seen(seat, place, acting, candidates.past)
        owes = status.owes(round_context.spec, place.role, seat, person)
        return SeatPermission(
            barred,
            candidates.who_can(round_context, seat, place),
            acting.mandate,
            status.held.get(seat or 0),
            owes and not barred and place.status == "open",
            withheld(self.definition, round_context.spec, seen.past, seen.principal),
        )

    def _ways(self, round_key: str, place: SeatRef, seat: int | None) -> list[Acting]:
        """The person in an office of their own, or under each mandate that reaches the seat."""
        mandates = self.stands_in(round_key, place) if seat is not None else ()
        return [Acting.under(mandate) for mandate in mandates] or [
            Acting(self.person, self.offices)
        ]

    def initiatives(self) -> tuple[RoundSpec, ...]:
        """The rounds that somebody entitled may open in the state and on the footing of the case."""
        running = {each.key for each in round_state.open_among_all(self.session, self.case.id)}
        return tuple(
            spec
            for spec in self.definition.rounds_in(self.case.state, Footing(self.case.footing))
            if spec.opens is Opens.ON_INITIATIVE and spec.key not in running
        )

    def places(self, spec: RoundSpec) -> tuple[SeatState, ...]:
        """The seats that opening the round now would freeze, none of them answered."""
        return participants.places(self.session, self.case.id, spec, self.now.date())

    def asks_nobody(self, spec: RoundSpec) -> bool:
        """Whether opening the round now would find no party of the house to ask.

        Who answers an earlier round, or takes part in the case, may still change until then.
        """
        today = self.now.date()
        return all(
            participants.found_by_domain(self.session, seat.of)
            and not participants.parties(self.session, self.case.id, seat.of, today)
            for seat in spec.rule.seats
        )

    def opener(self, spec: RoundSpec, seats: tuple[SeatState, ...]) -> SeatState | None:
        """The seat from which an initiative is taken: the person's own if there is one."""
        if spec.opened_by:
            seats = participants.openers(self.session, self.case.id, spec, self.now.date())
        deciding = [seat for seat in seats if seat.part is Part.DECIDES]
        own = [seat for seat in deciding if self.holds(seat.place)]
        return next(iter(own or deciding), None)
