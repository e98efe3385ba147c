"""By what authority somebody answers a seat: an office of their own, or a mandate for another's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.permissions import context, participants
from workflow.engine.permissions.check import PermissionContext, deny_reasons
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Refusal
from workflow.lifecycles.definition import RoundSpec, SeatSpec
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Phrase, Term, phrase


@dataclass(frozen=True, slots=True)
class Authority:
    """The appointment acted under, the mandate where it is somebody else's, and bars lifted."""

    appointment: int
    mandate: ActiveMandate | None = None
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """A seat that somebody wants to answer, in the round and the state as they count for it.

    `declaring` says that they are about to say whether they have an interest.
    """

    spec: RoundSpec
    round_: RoundState
    seat: int
    place: SeatRef
    state: str
    declaring: bool = False


def authority(work: UnitOfWork, asked: SeatRequest, person: int) -> Authority:
    """The first authority under which nothing bars the person; raises why not otherwise.

    An office of one's own comes first: a mandate adds to what bars and takes nothing away.
    """
    office = asked.place.role, asked.place.party_id
    own = context.offices(work.session, person, work.now.date(), locked=True)
    ways = () if office in own else _mandates(work, asked, person)
    found = [_seen(work, asked, person, way) for way in ways or (None,)]
    barred = [_barred(work, asked, seen) for seen in found]
    if all(barred):
        raise barred[0][0]
    free = barred.index(())
    overridden = tuple(sorted(found[free].lifted))
    if ways:
        return Authority(ways[free].appointment, ways[free], overridden)
    return Authority(own[office], overridden=overridden)


def _mandates(work: UnitOfWork, asked: SeatRequest, person: int) -> tuple[ActiveMandate, ...]:
    """The mandates of the person that reach this seat; none is revoked before the act is over."""
    office = asked.place.role, asked.place.party_id
    return tuple(
        each
        for each in received(work.session, person, work.now.date(), locked=True)
        if each.office == office and each.covers(work.case.ref, asked.spec.key)
    )


def _seen(
    work: UnitOfWork, asked: SeatRequest, person: int, mandate: ActiveMandate | None
) -> PermissionContext:
    return context.permission_context(
        work.session,
        work.definition,
        asked.spec,
        asked.round_,
        case_id=work.case.id,
        state=asked.state,
        person=person,
        seat=asked.seat,
        now=work.now,
        mandate=mandate,
    )


def _barred(work: UnitOfWork, asked: SeatRequest, seen: PermissionContext) -> tuple[Refusal, ...]:
    counted = replace(seen, undeclared=False) if asked.declaring else seen
    return deny_reasons(work.definition, asked.spec, asked.place, counted)


def permitted(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState | None, seat: SeatState, person: int
) -> int:
    """The person's own appointment to a seat that nothing bars them from; raises why not.

    Whoever steps back or opens a round has no papers to be kept from.
    """
    seen = context.of_seat(work, spec, round_, seat, person)
    for refusal in deny_reasons(work.definition, spec, seat.place, seen):
        raise refusal
    return seen.offices[seat.role, seat.party_id]


def office_among(
    session: Session, case_id: int, named: Iterable[SeatSpec], person: int, today: date
) -> tuple[str, str, int] | None:
    """The role, party and appointment by which the person is one of those named, if they are."""
    held = context.offices(session, person, today)
    for seat in named:
        for party, _ in participants.parties(session, case_id, seat.of, today):
            if (seat.role, party) in held:
                key = participants.party_key(session, party)
                return seat.role, key, held[seat.role, party]
    return None


def the_roles(labels: Iterable[str]) -> tuple[Phrase, ...]:
    """Roles as a refusal names those who may: the auditor, the focal point."""
    return tuple(phrase("the %(role)s", role=Term(label)) for label in dict.fromkeys(labels))
