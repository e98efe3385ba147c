"""The ways on which seats reach a person: an office of their own, or a mandate as far as it goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from workflow.engine.permissions.mandates import ActiveMandate, Office, received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import CASE, ROUND
from workflow.people.mandates import ALL


class Scope(StrEnum):
    """How far a way goes: everything the office is asked, one kind of round, or one case."""

    OFFICE = "office"
    ROUND = "round"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class WayIn:
    """An office with what of it is reached; no two ways of a person lead to one seat.

    `beside` are rounds that another way of the same office leads to already.
    """

    scope: Scope
    role: str
    party_id: int
    round_key: str = ""
    ref: str = ""
    beside: tuple[str, ...] = ()

    @property
    def office(self) -> Office:
        """The office that is asked."""
        return self.role, self.party_id

    def leads_to(self, office: Office, ref: str, round_key: str) -> bool:
        """Whether a seat of this office in this round of this case is on the way."""
        return (
            office == self.office
            and self.ref in {"", ref}
            and self.round_key in {"", round_key}
            and round_key not in self.beside
        )


def ways(session: Session, person: int, today: date) -> tuple[WayIn, ...]:
    """Every way to a seat that the person may answer today, as the one check of authority has it.

    An office of one's own leads everywhere; a mandate adds to it nothing.
    """
    own = offices(session, person, today)
    given: dict[Office, list[ActiveMandate]] = {}
    for mandate in received(session, person, today):
        if mandate.office not in own:
            given.setdefault(mandate.office, []).append(mandate)
    found = [WayIn(Scope.OFFICE, *office) for office in own]
    for office, mandates in given.items():
        found += _under(office, {mandate.scope for mandate in mandates})
    return tuple(sorted(found, key=lambda way: (way.scope, way.office, way.round_key, way.ref)))


def _under(office: Office, scopes: Collection[str]) -> Sequence[WayIn]:
    """The ways that mandates for one office open together."""
    if ALL in scopes:
        return [WayIn(Scope.OFFICE, *office)]
    rounds = sorted(each.removeprefix(ROUND) for each in scopes if each.startswith(ROUND))
    cases = sorted(each.removeprefix(CASE) for each in scopes if each.startswith(CASE))
    return [
        *(WayIn(Scope.ROUND, *office, round_key=key) for key in rounds),
        *(WayIn(Scope.CASE, *office, ref=ref, beside=tuple(rounds)) for ref in cases),
    ]
