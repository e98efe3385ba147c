"""By what authority somebody answers a seat: an office of their own, or a mandate for another's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey, appointment_at, own_appointment
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import PermissionContext, deny_reasons
from workflow.engine.permissions.context import (
    Acting,
    RoundOfCase,
    lone_context,
    seen_at,
    stands_alone,
)
from workflow.engine.permissions.duties import PriorActs, withheld
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.prior_acts import Pasts
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import SeatRef, SeatSpec
from workflow.people.queries import Office as HeldOffice
from workflow.people.queries import current_offices
from workflow.phrase import Phrase, Term, phrase
from workflow.vocabulary import Footing


class Authority(NamedTuple):
    """The appointment acted under, the mandate where it is somebody else's, and bars lifted.

    `withheld` are the verdicts that may not be given so.
    """

    appointment: int
    mandate: ActiveMandate | None = None
    overridden: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()


class SeatRequest(NamedTuple):
    """A seat that somebody wants to answer, in the round and the state as they count for it.

    `declaring` says that they are about to say whether they have an interest.
    """

    spec: RoundSpec
    round_: RoundState
    seat: int
    place: SeatRef
    state: str
    footing: Footing
    declaring: bool = False


class Entitlement(NamedTuple):
    """One way in which somebody may come to answer a seat, with what the check has to know of it."""

    acting: Acting
    seen: PermissionContext


class Read(NamedTuple):
    """What was read of a person along with the case's lock: their offices, and what they did in it."""

    offices: Mapping[OfficeKey, int]
    past: PriorActs


def authority(work: UnitOfWork, asked: SeatRequest, person: int) -> Authority:
    """The first authority under which nothing bars the person; raises why not otherwise."""
    return entitled(work.definition, asked.spec, asked.place, ways(work, asked, person))


def entitled(
    definition: Definition, spec: RoundSpec, place: SeatRef, found: Sequence[Entitlement]
) -> Authority:
    """The first way in which nothing bars somebody from a seat; raises why not otherwise."""
    barred = [deny_reasons(definition, spec, place, way.seen) for way in found]
    if all(barred):
        raise barred[0][0]
    way = found[barred.index(())]
    mandate, overridden = way.acting.mandate, tuple(sorted(way.seen.lifted))
    kept = withheld(definition, spec, way.seen.past, way.seen.principal)
    if mandate is not None:
        return Authority(mandate.appointment, mandate, overridden, kept)
    return Authority(own_appointment(way.acting.offices, place), None, overridden, kept)


def ways(
    work: UnitOfWork, asked: SeatRequest, person: int, read: Read | None = None
) -> tuple[Entitlement, ...]:
    """The ways in which a person may come to answer a seat; none ends before the act is over.

    An office of one's own comes first: a mandate adds to what bars and takes nothing away.
    """
    today = work.now.date()
    own = read.offices if read else offices(work.session, person, today, locked=True)
    holds = appointment_at(own, asked.place) is not None
    given = () if holds else _mandates(work, asked, person)
    acting = [Acting.under(mandate) for mandate in given] or [Acting(person, own)]
    seen = None if given else _seen_alone(work, asked, acting[0], read)
    found = (seen,) if seen else _seen(work, asked, acting)
    return tuple(map(Entitlement, acting, found))


def _seen_alone(
    work: UnitOfWork, asked: SeatRequest, acting: Acting, read: Read | None
) -> PermissionContext | None:
    """What the check has to know where nothing more than was read bears on it; else nothing."""
    of = _of_seat(work, asked)
    if read is None or not stands_alone(of):
        return None
    past = Pasts({(work.case.id, acting.person): read.past})
    return lone_context(of).seen(asked.seat, asked.place, acting, past)


def _mandates(work: UnitOfWork, asked: SeatRequest, person: int) -> tuple[ActiveMandate, ...]:
    """The mandates of the person that reach this seat; none is revoked before the act is over."""
    return tuple(
        each
        for each in received(work.session, person, work.now.date(), locked=True)
        if each.office.fits(asked.place) and each.covers(work.case.ref, asked.spec.key)
    )


def _seen(
    work: UnitOfWork, asked: SeatRequest, acting: Sequence[Acting]
) -> tuple[PermissionContext, ...]:
    of = _of_seat(work, asked)
    found = seen_at(work.session, of, (asked.seat, asked.place), acting, work.now)
    return tuple(seen._replace(undeclared=False) for seen in found) if asked.declaring else found


def _of_seat(work: UnitOfWork, asked: SeatRequest) -> RoundOfCase:
    return RoundOfCase(
        work.definition, asked.spec, work.case.id, work.case.ref, asked.state, asked.round_,
        asked.footing,
    )  # fmt: skip


def before_papers(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState | None, seat: SeatState, person: int
) -> PermissionContext:
    """What the check has to know of somebody at a seat who has not come to read its papers yet."""
    own = Acting(person, offices(work.session, person, work.now.date()))
    case = work.case
    of = RoundOfCase(work.definition, spec, case.id, case.ref, case.state, round_, case.footing)
    (seen,) = seen_at(work.session, of, (seat.id, seat.place), [own], work.now)
    return seen._replace(undeclared=False)


def permitted(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState | None, seat: SeatState, person: int
) -> int:
    """The person's own appointment to a seat that nothing bars them from; raises why not.

    Whoever steps back or opens a round has no papers to be kept from.
    """
    seen = before_papers(work, spec, round_, seat, person)
    for refusal in deny_reasons(work.definition, spec, seat.place, seen):
        raise refusal
    return own_appointment(seen.offices, seat)


def office_among(
    session: Session, case_id: int, named: Iterable[SeatSpec], person: int, today: date
) -> tuple[str, str, int] | None:
    """The role, party and appointment by which the person is one of those named, if they are."""
    for seat in named:
        held = [each for each in current_offices(session, person, today) if each.role == seat.role]
        for own in _among(session, case_id, seat, held, today):
            return seat.role, own.party_key, own.appointment_id
    return None


def _among(
    session: Session, case_id: int, seat: SeatSpec, held: Sequence[HeldOffice], today: date
) -> Iterator[HeldOffice]:
    """Those of the offices, all of the seat's role, whose party it names; an office by its key."""
    if any(seat.of == f"office:{each.party_key}" for each in held):
        yield next(each for each in held if seat.of == f"office:{each.party_key}")
    elif held:
        mine = {OfficeKey(each.role, each.party_id, each.body_id): each for each in held}
        for place in participants.asked_places(session, case_id, seat, today):
            yield from (own for office, own in mine.items() if office.fits(place))


def the_roles(labels: Iterable[str]) -> tuple[Phrase, ...]:
    """Roles as a refusal names those who may: the auditor, the focal point."""
    return tuple(phrase("the %(role)s", role=Term(label)) for label in dict.fromkeys(labels))
