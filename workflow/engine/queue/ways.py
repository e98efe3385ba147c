"""The ways on which seats reach a person: an office of their own, or a mandate as far as it goes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import CASE, ROUND
from workflow.people.mandates import ALL

Named = tuple[str, int]
Shape: TypeAlias = "tuple[Scope, OnBenches]"


class Scope(StrEnum):
    """How far a way goes: everything the office is asked, one kind of round, or one case."""

    OFFICE = "office"
    ROUND = "round"
    CASE = "case"


class OnBenches(StrEnum):
    """On which benches a way leads to seats: all, these and none, these alone, or all others."""

    ANYWHERE = "anywhere"
    HERE = "here"
    ONLY = "only"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class WayIn:
    """An office with what of it is reached; no two ways of a person lead to one seat.

    `beside` are rounds that another way of the same office leads to already; `benches` are those
    that `sitting` speaks of. `person` is whose way it is.
    """

    scope: Scope
    role: str
    party_id: int
    round_key: str = ""
    ref: str = ""
    beside: tuple[str, ...] = ()
    sitting: OnBenches = OnBenches.ANYWHERE
    benches: tuple[int, ...] = ()
    person: int = 0

    @property
    def office(self) -> Named:
        """The office that is asked."""
        return self.role, self.party_id

    @property
    def shape(self) -> Shape:
        """What a statement that follows it depends on."""
        return self.scope, self.sitting

    def leads_to(self, office: Named, ref: str, round_key: str) -> bool:
        """Whether a seat of this office in this round of this case is on the way."""
        return (
            office == self.office
            and self.ref in {"", ref}
            and self.round_key in {"", round_key}
            and round_key not in self.beside
        )


def ways(session: Session, person: int, today: date) -> tuple[WayIn, ...]:
    """Every way to a seat that the person may answer today, as the one check of authority has it.

    An office of one's own leads everywhere on its benches; a mandate adds to it nothing.
    """
    own: dict[Named, set[int | None]] = {}
    for office in offices(session, person, today):
        own.setdefault((office.role, office.party_id), set()).add(office.bench)
    given: dict[Named, list[ActiveMandate]] = {}
    for mandate in received(session, person, today):
        given.setdefault((mandate.role, mandate.party_id), []).append(mandate)
    found = [way for named in {*own, *given} for way in _ways(named, own, given.get(named, ()))]
    return tuple(sorted((replace(way, person=person) for way in found), key=_in_order))


def _in_order(way: WayIn) -> tuple[Any, ...]:
    return way.scope, way.office, way.round_key, way.ref, way.sitting, way.benches


def _ways(
    named: Named, own: Mapping[Named, Collection[int | None]], given: Sequence[ActiveMandate]
) -> Iterator[WayIn]:
    """The ways by one role of one party: the person's own appointments first, then mandates."""
    benches = own.get(named)
    if benches is not None and None in benches:
        yield WayIn(Scope.OFFICE, *named)
        return
    reached = tuple(sorted(each for each in benches or () if each is not None))
    if reached:
        yield WayIn(Scope.OFFICE, *named, sitting=OnBenches.HERE, benches=reached)
    for bench in sorted({each.bench for each in given if each.bench is not None} - {*reached}):
        scopes = {each.scope for each in given if each.bench == bench}
        sitting = OnBenches.ONLY if reached else OnBenches.HERE
        yield from _under(named, scopes, sitting, (bench,))
        reached = (*reached, bench)
    scopes = {each.scope for each in given if each.bench is None}
    sitting = OnBenches.ELSEWHERE if reached else OnBenches.ANYWHERE
    yield from _under(named, scopes, sitting, reached)


def _under(
    named: Named, scopes: Collection[str], sitting: OnBenches, benches: tuple[int, ...]
) -> Sequence[WayIn]:
    """The ways that mandates for one office open together."""
    if ALL in scopes:
        return [WayIn(Scope.OFFICE, *named, sitting=sitting, benches=benches)]
    rounds = sorted(each.removeprefix(ROUND) for each in scopes if each.startswith(ROUND))
    cases = sorted(each.removeprefix(CASE) for each in scopes if each.startswith(CASE))
    found = [
        *(WayIn(Scope.ROUND, *named, round_key=key) for key in rounds),
        *(WayIn(Scope.CASE, *named, ref=ref, beside=tuple(rounds)) for ref in cases),
    ]
    return [replace(way, sitting=sitting, benches=benches) for way in found]
