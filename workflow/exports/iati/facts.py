"""What an IATI activity says of a case beside its money, as one person may know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.exports.iati.results import MeasuredIndicator, measured
from workflow.exports.iati.transactions import NamedParty
from workflow.ledger import books
from workflow.ledger.books import BookedMovement
from workflow.people.directory.descriptions import AGENCY, FOUNDATION, PRIVATE
from workflow.people.models import Party
from workflow.programmes.models import Programme, ProgrammeGoal
from workflow.programmes.visible_case import visible_case
from workflow.vocabulary import HOUSE

# Code list OrganisationType, by what kind of party it is, or of which sort where that is known.
GOVERNMENT, MULTILATERAL, OTHER = "10", "40", "90"
TYPES = {
    "country": GOVERNMENT, "organisation": MULTILATERAL, "office": MULTILATERAL, AGENCY: MULTILATERAL,
    FOUNDATION: "60", PRIVATE: "70",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartTaken:
    """A party that takes part in a case, and as what."""

    capacity: str
    key: str
    iso3: str


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """A case as an activity is made of it; `counting` are the movements that count."""

    ref: str
    title: str
    summary: str
    status: str
    since: datetime
    starts: date | None
    ends: date | None
    sector: str
    goals: tuple[int, ...]
    taking: tuple[PartTaken, ...]
    parties: Mapping[str, NamedParty]
    above: str
    below: tuple[str, ...]
    counting: tuple[BookedMovement, ...]
    measured: tuple[MeasuredIndicator, ...]


def house_name(session: Session) -> str:
    """What the house is called, which publishes."""
    return session.scalar(select(Party.name).where(Party.key == HOUSE)) or HOUSE


def activity_facts(session: Session, engine: Engine, person: int, ref: str) -> ActivityFacts:
    """The facts of the case called `ref`; somebody who may not know of it is told that there is none."""
    case = visible_case(session, engine, person, ref)
    about = session.scalar(select(Programme).where(Programme.case_id == case.id))
    kept = books.recorded(session, case.id)
    counting = tuple(each for each in kept if each.outcome == books.CERTIFIED)
    taking = _taking(session, case.id)
    goals = select(ProgrammeGoal.number).where(
        ProgrammeGoal.case_id == case.id, ProgrammeGoal.scheme == "sdg"
    )
    above, below = _kin(session, case.id, person, case.today)
    return ActivityFacts(
        ref=case.ref,
        title=case.title,
        summary=about.summary if about else "",
        status=case.definition.states[case.state].iati_status,
        since=case.entered_at,
        starts=_day(about.starts if about else ""),
        ends=_day(about.ends if about else ""),
        sector=about.sector_code if about else "",
        goals=tuple(session.scalars(goals.order_by(ProgrammeGoal.number))),
        taking=taking,
        parties=_parties(session, counting, taking),
        above=above,
        below=below,
        counting=counting,
        measured=measured(session, engine, person, ref),
    )


def _taking(session: Session, case_id: int) -> tuple[PartTaken, ...]:
    asked = (
        select(CaseParty.capacity, Party.key, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == case_id)
        .order_by(CaseParty.capacity, Party.key)
    )
    return tuple(PartTaken(row.capacity, row.key, row.iso3 or "") for row in session.execute(asked))


def _parties(
    session: Session, counting: Sequence[BookedMovement], taking: Sequence[PartTaken]
) -> Mapping[str, NamedParty]:
    """Every party that the activity names, by its key."""
    of_money = (each.movement.account for each in counting)
    keys = {key for at in of_money for key in (at.source, at.holder)} | {e.key for e in taking}
    asked = select(Party.key, Party.name, Party.kind, Party.sort).where(Party.key.in_(keys))
    return {
        row.key: NamedParty(row.name, TYPES.get(row.sort or row.kind, OTHER))
        for row in session.execute(asked)
    }


def _kin(session: Session, case_id: int, person: int, today: date) -> tuple[str, tuple[str, ...]]:
    """The case above and the cases below that are published too, of those that the person may know of."""
    parent = aliased(ChildCase)
    planned = exists().where(
        Programme.case_id == LifecycleCase.id, or_(Programme.starts != "", Programme.ends != "")
    )
    known = select(LifecycleCase.ref).where(known_to(person, today), planned)
    above = known.join(parent, parent.parent_id == LifecycleCase.id).where(
        parent.case_id == case_id
    )
    below = known.join(ChildCase, ChildCase.case_id == LifecycleCase.id).where(
        ChildCase.parent_id == case_id
    )
    return session.scalar(above) or "", tuple(session.scalars(below.order_by(ChildCase.number)))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
