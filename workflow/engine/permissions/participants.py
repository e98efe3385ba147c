"""Whom a rule asks: resolves a seat specification to parties of the case or of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.domain import Finder, Found, domain_of
from workflow.engine.models import CaseParty, Round, Seat, SignOff
from workflow.engine.permissions.offices import is_held
from workflow.engine.round_state import SeatState
from workflow.lifecycles.definition import RoundSpec, SeatSpec
from workflow.people.models import Party
from workflow.reading import asked_once


@dataclass(frozen=True, slots=True)
class Participant:
    """A seat about to be frozen: which role of which party, and why it was asked."""

    spec: SeatSpec
    party_id: int
    because: str


def resolve_participants(
    session: Session, case_id: int, spec: RoundSpec, today: date
) -> tuple[list[Participant], list[str]]:
    """The seats of `spec` on this case today, and a sentence for each that found no party."""
    participants: list[Participant] = []
    incidents: list[str] = []
    # Whoever writes is answered anew each time: what several seats name is asked for once.
    capacities = {each.of for each in spec.rule.seats if _finder(session, each.of) is None}
    taking = case_parties(session, case_id) if capacities else {}
    for wanted in spec.rule.seats:
        found = (
            _of_capacity(taking, wanted.of)
            if wanted.of in capacities
            else parties(session, case_id, wanted.of, today)
        )
        participants += [Participant(wanted, party, because) for party, because in found]
        if not found and not wanted.if_any:
            incidents.append(f"No party holds the seat of {wanted.role} ({wanted.of}).")
    return participants, incidents


@asked_once
def parties(session: Session, case_id: int, of: str, today: date) -> Found:
    """The parties that `of` names, each with the reason it is asked.

    Its first word is the engine's own (an office, those who answered), one that the domain
    registered a finder for, or else a capacity of the case.
    """
    finder = _finder(session, of)
    if finder is None:
        return _of_capacity(case_parties(session, case_id), of)
    return finder(session, case_id, of.partition(":")[2], today)


def _finder(session: Session, of: str) -> Finder | None:
    """What finds the parties that `of` names; nothing where it is a capacity of the case."""
    head = of.partition(":")[0]
    return _OWN.get(head) or domain_of(session).finders.get(head)


def found_by_domain(session: Session, of: str) -> bool:
    """Whether the domain finds the parties that `of` names, from what the house keeps."""
    return of.partition(":")[0] in domain_of(session).finders


def openers(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The offices that may open an initiative for others to answer, where somebody holds them."""
    asked = [
        (SeatSpec(of.role, of.of), party)
        for of in spec.opened_by
        for party, _ in parties(session, case_id, of.of, today)
        if is_held(session, of.role, party, today)
    ]
    return unanswered(session, asked)


def places(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The seats that opening the round now would freeze, none of them answered."""
    asked, _ = resolve_participants(session, case_id, spec, today)
    return unanswered(session, [(each.spec, each.party_id) for each in asked])


_KEYED = select(Party.id, Party.key, Party.name).where(
    Party.id.in_(bindparam("parties", expanding=True))
)


def unanswered(session: Session, asked: Sequence[tuple[SeatSpec, int]]) -> tuple[SeatState, ...]:
    """Seats that nobody opened yet, of these parties, numbered downward."""
    values = {"parties": sorted({party for _, party in asked})}
    named = {row.id: row for row in session.connection().execute(_KEYED, values)}
    return tuple(
        SeatState(
            id=-number,
            role=of.role,
            party_id=party,
            party_key=named[party].key,
            party_name=named[party].name,
            part=of.part,
            category=of.category,
            status="open",
            sign_off_id=None,
            turn=None,
            person=None,
            verdict=None,
        )
        for number, (of, party) in enumerate(asked, 1)
    )


def _of_capacity(taking: Mapping[str, Sequence[tuple[int, str]]], capacity: str) -> Found:
    return [(party, capacity.replace("_", " ")) for party, _ in taking.get(capacity, ())]


_TAKING_PART = (
    select(CaseParty.capacity, CaseParty.party_id, Party.name)
    .join(Party, Party.id == CaseParty.party_id)
    .where(CaseParty.case_id == bindparam("case_id"))
    .order_by(CaseParty.capacity, Party.name)
)


@asked_once
def case_parties(session: Session, case_id: int) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Who takes part in the case, by capacity and then by name, as (party, name)."""
    rows = session.connection().execute(_TAKING_PART, {"case_id": case_id})
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for capacity, party, name in rows:
        found[capacity] = (*found.get(capacity, ()), (party, name))
    return found


_CALLED = select(Party.id).where(Party.key == bindparam("called"))


def _office(session: Session, _case: int, key: str, _today: date) -> Found:
    found = session.connection().execute(_CALLED, {"called": key})
    return [(party, "") for party in found.scalars()]


def _answered(session: Session, case_id: int, rest: str, _today: date) -> Found:
    round_key, _, verdicts = rest.partition(":")
    latest = (
        select(Round.id)
        .where(Round.case_id == case_id, Round.key == round_key)
        .order_by(Round.turn.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Seat.party_id, SignOff.verdict)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(
            SignOff.round_id == latest,
            SignOff.standing,
            SignOff.verdict.in_(verdicts.split("+")),
        )
        .order_by(Seat.id)
    )
    return [(party, f"answered: {verdict.replace('_', ' ')}") for party, verdict in rows]


_OWN: Mapping[str, Finder] = MappingProxyType({"office": _office, "answered": _answered})
