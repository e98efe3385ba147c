"""What a case has from the one above as it opens: who takes part in that, and what it is about."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.engine.domain import domain_of
from workflow.engine.models import CaseArea, CaseParty
from workflow.people.models import Party
from workflow.vocabulary import HOUSE


class TakingParty(NamedTuple):
    """A party by its number, with its key and its name."""

    id: int
    key: str
    name: str


# The parties that take part in a case, by capacity.
PartiesOf = Mapping[str, Sequence[TakingParty]]


def parties_of(session: Session, case_id: int) -> PartiesOf:
    """Who takes part in a case, by capacity, in the order of their names."""
    found: dict[str, list[TakingParty]] = {}
    rows = session.execute(
        select(CaseParty.capacity, Party.id, Party.key, Party.name)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == case_id)
        .order_by(CaseParty.capacity, Party.name, Party.id)
    )
    for capacity, number, key, name in rows:
        found.setdefault(capacity, []).append(TakingParty(number, key, name))
    return found


def party_called(session: Session, number: int) -> TakingParty:
    """The party with this number, with its key and its name."""
    named = select(Party.id, Party.key, Party.name).where(Party.id == number)
    return TakingParty(*session.execute(named).one())


def house(session: Session) -> TakingParty:
    """The party that keeps the installation, which speaks for its own acts in any case."""
    named = select(Party.id, Party.key, Party.name).where(Party.key == HOUSE)
    return TakingParty(*session.execute(named).one())


def take_part(session: Session, case_id: int, taking: PartiesOf) -> None:
    """Give a new case its parties."""
    rows = [
        {"case_id": case_id, "capacity": capacity, "party_id": each.id}
        for capacity, listed in sorted(taking.items())
        for each in listed
    ]
    session.execute(insert(CaseParty), rows)


def inherit(session: Session, parent: int, child: int) -> None:
    """Give a case the areas of the one above, and what the domain keeps of that."""
    areas = session.scalars(select(CaseArea.area).where(CaseArea.case_id == parent)).all()
    if areas:
        session.execute(insert(CaseArea), [{"case_id": child, "area": area} for area in areas])
    domain_of(session).inherit(session, parent, child)
