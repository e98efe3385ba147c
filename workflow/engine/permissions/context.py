"""The one loader of what the permission check has to know: of many rounds and people, or of one each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import OfficeKey
from workflow.engine.children.waits import awaited as awaited_below
from workflow.engine.permissions.check import NamedPerson, PermissionContext, deny_reasons
from workflow.engine.permissions.claims import NOTHING_HELD, SeatStatus, seat_status
from workflow.engine.permissions.duties import Principal, PriorActs
from workflow.engine.permissions.mandates import ActiveMandate
from workflow.engine.permissions.personal.before import (
    Answered,
    barring,
    barring_rounds,
    decided_last,
    heard_in,
)
from workflow.engine.permissions.personal.family import FAMILY, family_acts
from workflow.engine.permissions.personal.named import last_named
from workflow.engine.permissions.prior_acts import Pasts, pasts
from workflow.engine.round_state import RoundState
from workflow.errors import Refusal
from workflow.lifecycles import rules
from workflow.lifecycles.calendar import shut_until
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import RuleKind
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Phrase
from workflow.vocabulary import Footing

# Whoever writes a record of elsewhere puts it to those who confirm it.
WRITES = frozenset({"author"})


class RoundOfCase(NamedTuple):
    """A round of a case in the state that counts for it; `round_` is None where nobody opened it."""

    definition: Definition
    spec: RoundSpec
    case_id: int
    ref: str
    state: str
    round_: RoundState | None
    footing: Footing


class Acting(NamedTuple):
    """Somebody at a seat, with the appointments that count there: their own, or a mandate's."""

    person: int
    offices: Mapping[OfficeKey, int]
    mandate: ActiveMandate | None = None

    @classmethod
    def under(cls, mandate: ActiveMandate) -> "Acting":
        """Whoever holds the mandate, acting for whom it is from."""
        return cls(mandate.person, {mandate.office: mandate.appointment}, mandate)

    @property
    def everybody(self) -> set[int]:
        """The person, and for whom they act."""
        return {self.person} | ({self.mandate.principal} if self.mandate else set())


class RoundContext(NamedTuple):
    """What is the same for everybody who looks at one round of a case.

    `answered` maps a seat to those whose answer stands there: who gave it, and in whose name;
    `turns` one to those who come before it. `lifted` are bars that hold nobody here. `family` says by
    person what they did around the case, where that bars, `named` who alone answers in person.
    """

    definition: Definition
    spec: RoundSpec
    case_id: int
    ref: str
    round_open: bool
    in_state: bool
    answered: Mapping[int, Collection[int | None]] = MappingProxyType({})
    waits_for: str = ""
    turns: Mapping[int, str] = MappingProxyType({})
    decided_last: bool = False
    heard: frozenset[Answered] = frozenset()
    seat_status: SeatStatus = NOTHING_HELD
    lifted: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    opens_on: date | None = None
    awaits: Phrase | None = None
    family: Mapping[int, Phrase] = MappingProxyType({})
    named: NamedPerson | None = None

    def answered_by(self, person: int, seat: int | None) -> bool:
        """Whether an answer of the person stands on another seat of the round."""
        return any(person in who and at != seat for at, who in self.answered.items())

    def seen(
        self, seat: int | None, place: SeatRef, acting: Acting, past: Pasts
    ) -> PermissionContext:
        """Everything the check has to know about somebody at one seat of the round."""
        person, at = acting.person, seat or 0
        return PermissionContext(
            offices=acting.offices,
            past=self.known_of(person, past) if self.family else past.of(self.case_id, person),
            round_open=self.round_open,
            in_state=self.in_state,
            answered_here=self.answered_by(person, seat),
            waits_for=self.waits_for,
            comes_after=self.turns.get(at, ""),
            decided_last=self.decided_last,
            person=person,
            principal=self._principal(seat, acting.mandate, past),
            heard=self.heard,
            held=self.seat_status.held.get(at),
            interest=self.seat_status.interest(seat, person),
            undeclared=self.seat_status.owes(self.spec, place.role, seat, person),
            lifted=self.seat_status.bars(seat, person) | self.lifted,
            opens_on=self.opens_on,
            awaits=self.awaits,
            named=self.named,
        )

    def _principal(
        self, seat: int | None, mandate: ActiveMandate | None, past: Pasts
    ) -> Principal | None:
        """Whom the mandate is from, with what bars them here."""
        if mandate is None:
            return None
        return Principal(
            name=mandate.name,
            past=self.known_of(mandate.principal, past),
            answered_here=self.answered_by(mandate.principal, seat),
            interest=self.seat_status.interest(seat, mandate.principal),
        )

    def known_of(self, person: int, past: Pasts) -> PriorActs:
        """What the person did in the case, and the first that they did in its family."""
        found = past.of(self.case_id, person)
        return replace(found, family=self.family[person]) if person in self.family else found

    def deny_reasons(self, place: SeatRef, seen: PermissionContext) -> tuple[Refusal, ...]:
        """Every reason why whoever is `seen` at the seat may not answer it."""
        return deny_reasons(self.definition, self.spec, place, seen)


def round_context(session: Session, of: RoundOfCase, now: datetime) -> RoundContext:
    """What is the same for everybody who looks at this round."""
    return round_contexts(session, [of], now)[0]


def round_contexts(
    session: Session, rounds: Sequence[RoundOfCase], now: datetime
) -> tuple[RoundContext, ...]:
    """What is the same for everybody who looks at each of the rounds, read for all of them at once."""
    asked = [(of.case_id, of.spec) for of in rounds]
    awaited, spoken = _awaited(session, rounds, now), heard_in(session, asked)
    at_seats = _at_seats(session, rounds, now)
    below = awaited_below(session, ((of.case_id, of.definition, of.spec) for of in rounds))
    found = tuple(
        _context(
            of,
            awaited.get((of.case_id, of.spec.after_round), ""),
            barring(of.spec, spoken.get(of.case_id, ())),
            at_seats,
            decided_last=of.round_ is None and decided_last(session, of.spec, of.case_id),
        )._replace(
            opens_on=shut_until(of.spec.window, now), awaits=below.get((of.case_id, of.spec.key))
        )
        for of in rounds
    )
    personal = [of for of in rounds if of.spec.answered_by or FAMILY in of.spec.rule.never]
    return _of_persons(session, found, now) if personal else found


def _of_persons(
    session: Session, found: Sequence[RoundContext], now: datetime
) -> tuple[RoundContext, ...]:
    """The same, with who alone answers and who took part around the case, where that bears on a round."""
    named = last_named(session, ((at.case_id, at.spec) for at in found))
    held = {at.case_id for at in found if FAMILY in at.spec.rule.never}
    families = family_acts(session, held, now.date())
    return tuple(
        at._replace(
            family=families[at.case_id] if FAMILY in at.spec.rule.never else {},
            named=named.get((at.case_id, at.spec.answered_by)),
        )
        for at in found
    )


def _context(
    of: RoundOfCase,
    waits_for: str,
    heard: frozenset[Answered],
    at_seats: SeatStatus,
    *,
    decided_last: bool,
) -> RoundContext:
    seats = of.round_.seats if of.round_ else ()
    return RoundContext(
        definition=of.definition,
        spec=of.spec,
        case_id=of.case_id,
        ref=of.ref,
        round_open=of.round_ is None or of.round_.status == "open",
        in_state=of.spec.possible(of.state, of.footing),
        answered={
            seat.id: {seat.person, seat.principal} for seat in seats if seat.person is not None
        },
        waits_for=waits_for,
        turns=turns(of.spec, of.round_),
        decided_last=decided_last,
        heard=heard,
        seat_status=at_seats,
        lifted=WRITES if of.round_ is None and of.footing is Footing.RECORD else frozenset(),
        opened_at=of.round_.opened_at if of.round_ else None,
    )


def stands_alone(of: RoundOfCase) -> bool:
    """Whether nothing bears on a round but itself, so that nothing more has to be asked for it."""
    spec, round_ = of.spec, of.round_
    bound: object = spec.after_round or spec.declares or spec.rule.override or spec.window
    bound = bound or spec.waits_for or barring_rounds(spec.rule.never)
    bound = bound or spec.answered_by or FAMILY in spec.rule.never
    return round_ is not None and not bound and all(seat.claimant is None for seat in round_.seats)


def lone_context(of: RoundOfCase) -> RoundContext:
    """What is the same for everybody who looks at a round on which nothing else bears."""
    return _context(of, "", frozenset(), NOTHING_HELD, decided_last=False)


def seen_at(
    session: Session,
    of: RoundOfCase,
    at: tuple[int | None, SeatRef],
    people: Sequence[Acting],
    now: datetime,
) -> tuple[PermissionContext, ...]:
    """Everything the check has to know about each of these people at one seat."""
    found = round_context(session, of, now)
    past = pasts(session, [of.case_id], set().union(*(each.everybody for each in people)))
    return tuple(found.seen(*at, each, past) for each in people)


def _at_seats(session: Session, rounds: Sequence[RoundOfCase], now: datetime) -> SeatStatus:
    """Who has taken the seats, and what was declared and lifted where that can be."""
    seats = [(of.spec, seat) for of in rounds if of.round_ for seat in of.round_.seats]
    return seat_status(
        session,
        taken=[seat.id for _, seat in seats if seat.claimant is not None],
        declaring=[seat.id for spec, seat in seats if spec.declares],
        freed=[seat.id for spec, seat in seats if spec.rule.override],
        today=now.date(),
    )


def turns(spec: RoundSpec, round_: RoundState | None) -> dict[int, str]:
    """Of each seat that is asked after others: who has to be for it first."""
    if round_ is None or spec.rule.kind is not RuleKind.SEQUENTIAL:
        return {}
    places, answers = round_.places(spec.rule), round_.answers()
    before = {c.id: rules.comes_after(spec.rule, places, answers, c.id) for c in round_.seats}
    return {seat: ", ".join(p.name for p in first) for seat, first in before.items() if first}


def _awaited(
    session: Session, rounds: Sequence[RoundOfCase], now: datetime
) -> dict[tuple[int, str], str]:
    """The label of each round that has to be heard first and has not been, by case and key."""
    first = {(of.case_id, of.spec.after_round): of for of in rounds if of.spec.after_round}
    if not first:
        return {}
    unheard = {}
    for case_id, found in round_state.open_named(session, first):
        heard = all(seat.status in ("answered", "recused") for seat in found.seats)
        if not heard and not found.time_is_up(now):
            at = case_id, found.key
            unheard[at] = first[at].definition.rounds[found.key].label
    return unheard
