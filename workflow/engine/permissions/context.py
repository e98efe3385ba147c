"""The one loader of what the permission check has to know: of many rounds and people, or of one each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import OfficeKey
from workflow.engine.children.waits import awaited as awaited_below
from workflow.engine.models import Round, Seat, SignOff
from workflow.engine.permissions.check import PermissionContext, deny_reasons
from workflow.engine.permissions.claims import NOTHING_HELD, SeatStatus, seat_status
from workflow.engine.permissions.duties import Principal
from workflow.engine.permissions.mandates import ActiveMandate
from workflow.engine.permissions.prior_acts import Pasts, pasts
from workflow.engine.round_state import SUPERSEDED, RoundState
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
SEAT_BARS = ("party:", "office:")
# Rules of which what they bar is kept in mind; a lifecycle has few.
KNOWN = 256
Answered = tuple[str, str, int]


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
    `turns` one to those who come before it. `lifted` are bars that hold nobody here.
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
            past=past.of(self.case_id, person),
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
        )

    def _principal(
        self, seat: int | None, mandate: ActiveMandate | None, past: Pasts
    ) -> Principal | None:
        """Whom the mandate is from, with what bars them here."""
        if mandate is None:
            return None
        return Principal(
            name=mandate.name,
            past=past.of(self.case_id, mandate.principal),
            answered_here=self.answered_by(mandate.principal, seat),
            interest=self.seat_status.interest(seat, mandate.principal),
        )

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
    awaited, spoken = _awaited(session, rounds, now), _heard(session, rounds)
    at_seats = _at_seats(session, rounds, now)
    below = awaited_below(session, ((of.case_id, of.definition, of.spec) for of in rounds))
    return tuple(
        _context(
            of,
            awaited.get((of.case_id, of.spec.after_round), ""),
            _barring(of.spec, spoken.get(of.case_id, ())),
            at_seats,
            decided_last=of.round_ is None and _decided_last(session, of.spec, of.case_id),
        )._replace(
            opens_on=shut_until(of.spec.window, now), awaits=below.get((of.case_id, of.spec.key))
        )
        for of in rounds
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
    bound = bound or spec.waits_for or _bars(spec.rule.never)
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


def _decided_last(session: Session, spec: RoundSpec, case_id: int) -> bool:
    """Whether a round that may not run twice running is what settled here last.

    A window that a changed text closed has decided nothing.
    """
    if spec.rule.silence is None or not spec.rule.silence.not_twice_running:
        return False
    settled = select(Round.key).where(
        Round.case_id == case_id,
        Round.status == "settled",
        Round.state.in_(spec.states),
        Round.outcome != SUPERSEDED,
    )
    last = settled.order_by(Round.settled_at.desc(), Round.id.desc()).limit(1)
    return session.scalar(last) == spec.key


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


@lru_cache(KNOWN)
def _bars(never: tuple[str, ...]) -> frozenset[str]:
    """The rounds that by these bars keep parties or offices away by what they answered there."""
    return frozenset(bar.split(":")[-1] for bar in never if bar.startswith(SEAT_BARS))


def _barring(spec: RoundSpec, heard: Collection[Answered]) -> frozenset[Answered]:
    return frozenset(each for each in heard if each[0] in _bars(spec.rule.never))


def _heard(session: Session, rounds: Sequence[RoundOfCase]) -> dict[int, set[Answered]]:
    """Which offices ever answered a round that bars parties or offices, by case."""
    asked = sorted({(of.case_id, key) for of in rounds for key in _bars(of.spec.rule.never)})
    if not asked:
        return {}
    rows = session.execute(
        select(Round.case_id, Round.key, Seat.role, Seat.party_id)
        .join(Seat, Seat.round_id == Round.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(tuple_(Round.case_id, Round.key).in_(asked))
        .distinct()
    )
    found: dict[int, set[Answered]] = {}
    for case_id, key, role, party in rows:
        found.setdefault(case_id, set()).add((key, role, party))
    return found
