"""The people in office today, as a programme that is to be would meet them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.permissions.offices import OfficeHolder, holders_and_delegates
from workflow.engine.permissions.participants import (
    Participant,
    called,
    resolve_participants,
)
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.lifecycles.staffing.house import Doer, StaffedHouse, StaffedSeat
from workflow.programmes.staffing.case_to_be import AskedOfCaseToBe, CaseToBe
from workflow.vocabulary import Footing

Held = Mapping[OfficeKey, tuple[OfficeHolder, ...]]


def house_of(session: Session, definition: Definition, case: CaseToBe, today: date) -> StaffedHouse:
    """Whom every round of a lifecycle would ask in such a programme, and who could answer there today."""
    asking = AskedOfCaseToBe(session, definition, case, today)
    specs = [each for each in definition.rounds.values() if each.footing is Footing.MANAGED]
    seats = {spec.key: resolve_participants(spec, spec.rule.seats, asking)[0] for spec in specs}
    openers = {s.key: _places(asking, _opening(s)) for s in specs if _is_opened(s)}
    writers = {kind.key: _places(asking, kind.written_by) for kind in definition.documents.values()}
    offices = {each.office for found in seats.values() for each in found}
    offices |= {place for found in (*openers.values(), *writers.values()) for place in found}
    held = holders_and_delegates(session, sorted(offices, key=str), today)
    names = called(session, {office.party_id for office in offices})
    number = count(1)
    return StaffedHouse(
        {
            key: tuple(_seat(next(number), key, each, asking, (held, names)) for each in found)
            for key, found in seats.items()
        },
        openers={key: _in_office(held, places) for key, places in openers.items()},
        writers={key: _in_office(held, places) for key, places in writers.items()},
        closed={spec.key: why for spec in specs if (why := asking.lacks(spec)) is not None},
        unsettled=frozenset(spec.key for spec in specs if asking.unsettled(spec)),
    )


def _is_opened(spec: RoundSpec) -> bool:
    """Whether somebody opens a round for others to answer."""
    return spec.opens is Opens.ON_INITIATIVE and not spec.one_act


def _opening(spec: RoundSpec) -> Collection[SeatSpec]:
    """Who may open a round: those named for it, or else those who decide in it."""
    return spec.opened_by or [s for s in spec.rule.seats if s.part is Part.DECIDES]


def _places(asking: AskedOfCaseToBe, named: Iterable[SeatSpec]) -> tuple[OfficeKey, ...]:
    """The offices that these words name, each on its bench, if it is on one."""
    found = []
    for seat in named:
        bench = asking.sits(seat.of)
        number = bench.id if bench else None
        found += [OfficeKey(seat.role, party, number) for party, _ in asking.find(seat.of)]
    return tuple(found)


def _in_office(held: Held, places: Iterable[OfficeKey]) -> frozenset[int]:
    return frozenset(who.person for at in places for who in _own(held, at))


def _own(held: Held, office: OfficeKey) -> Iterator[OfficeHolder]:
    return (who for who in held.get(office, ()) if who.mandate is None)


def _seat(
    number: int,
    round_key: str,
    asked: Participant,
    asking: AskedOfCaseToBe,
    known: tuple[Held, Mapping[int, Any]],
) -> StaffedSeat:
    held, names = known
    party = names[asked.party_id]
    return StaffedSeat(
        number=number,
        role=asked.spec.role,
        party=asked.party_id,
        party_name=party.name,
        party_key=party.key,
        part=asked.spec.part,
        category=asked.category,
        held_by=_in_office(held, [asked.office]),
        mandates=frozenset(
            Doer(who.person, who.mandate.principal)
            for who in held.get(asked.office, ())
            if who.mandate is not None and who.mandate.covers("", round_key)
        ),
        given=asking.given(asked.spec.of),
    )
