"""By what authority somebody answers a seat: an office of their own, or a mandate for another's."""

from dataclasses import dataclass

from workflow.engine import circumstances
from workflow.engine.definition import RoundSpec
from workflow.engine.ledger import Ledger
from workflow.engine.mandated import Mandated, received
from workflow.engine.permission import Place, objections
from workflow.engine.sittings import Chair, Sitting
from workflow.errors import Refusal


@dataclass(frozen=True, slots=True)
class Authority:
    """The appointment acted under, and the mandate where it is somebody else's."""

    appointment: int
    mandate: Mandated | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A seat that somebody wants to answer, in the round and the state as they count for it."""

    spec: RoundSpec
    sitting: Sitting
    seat: int
    place: Place
    state: str


def authority(ledger: Ledger, asked: Asked, person: int) -> Authority:
    """The first authority under which nothing bars the person; raises why not otherwise.

    An office of one's own comes first: a mandate adds to what bars and takes nothing away.
    """
    office = asked.place.role, asked.place.party_id
    own = circumstances.offices(ledger.session, person, ledger.now.date())
    ways = () if office in own else _mandates(ledger, asked, person)
    barred = [_barred(ledger, asked, person, way) for way in ways or (None,)]
    if all(barred):
        raise barred[0][0]
    free = barred.index(())
    return Authority(ways[free].appointment, ways[free]) if ways else Authority(own[office])


def _mandates(ledger: Ledger, asked: Asked, person: int) -> tuple[Mandated, ...]:
    """The mandates of the person that reach this seat; none is revoked before the act is over."""
    office = asked.place.role, asked.place.party_id
    return tuple(
        each
        for each in received(ledger.session, person, ledger.now.date(), locked=True)
        if each.office == office and each.covers(ledger.case.ref, asked.spec.key)
    )


def _barred(
    ledger: Ledger, asked: Asked, person: int, mandate: Mandated | None
) -> tuple[Refusal, ...]:
    seen = circumstances.circumstances(
        ledger.session,
        ledger.definition,
        asked.spec,
        asked.sitting,
        case_id=ledger.case.id,
        state=asked.state,
        person=person,
        seat=asked.seat,
        now=ledger.now,
        mandate=mandate,
    )
    return objections(ledger.definition, asked.spec, asked.place, seen)


def permitted(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting | None, chair: Chair, person: int
) -> int:
    """The person's own appointment to a seat that nothing bars them from; raises why not."""
    seen = circumstances.circumstances(
        ledger.session,
        ledger.definition,
        spec,
        sitting,
        case_id=ledger.case.id,
        state=ledger.case.state,
        person=person,
        seat=chair.id,
        now=ledger.now,
    )
    for refusal in objections(ledger.definition, spec, chair.place, seen):
        raise refusal
    return seen.offices[chair.role, chair.party_id]
