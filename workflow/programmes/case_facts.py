"""What the checks of forms know of a programme beside its documents: its framework's years, its proposer."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, LifecycleCase
from workflow.frameworks.adopted import SUBJECT as FRAMEWORK
from workflow.frameworks.adopted import take_effect
from workflow.frameworks.models import FrameworkTerms
from workflow.lifecycles.checks.known import amount_of
from workflow.people.models import Party
from workflow.programmes.models import Programme
from workflow.reading import asked_once
from workflow.reference import reference
from workflow.search_key import fold

_ASKED = (
    select(FrameworkTerms.starts_on, FrameworkTerms.ends_on, Party.iso3)
    .select_from(Programme)
    .outerjoin(FrameworkTerms, FrameworkTerms.framework_id == Programme.framework_id)
    .outerjoin(
        CaseParty, (CaseParty.case_id == Programme.case_id) & (CaseParty.capacity == "proposer")
    )
    .outerjoin(Party, Party.id == CaseParty.party_id)
    .where(Programme.case_id == bindparam("case_id"))
    .limit(1)
)

_CALLED = select(LifecycleCase.ref, LifecycleCase.subject).where(
    LifecycleCase.id == bindparam("case_id")
)


@asked_once
def case_facts(session: Session, case_id: int) -> Mapping[str, tuple[str, ...]]:
    """By name, what is known of a programme: nothing where its framework or its proposer is not."""
    row = session.connection().execute(_ASKED, {"case_id": case_id}).first()
    if row is None:
        return {}
    return by_name(row.starts_on, row.ends_on, row.iso3)


def by_name(
    starts_on: date | None, ends_on: date | None, proposer: str | None
) -> Mapping[str, tuple[str, ...]]:
    """What is known of a programme by the names under which checks ask for it."""
    return {
        "framework_starts": _day(starts_on),
        "framework_ends": _day(ends_on),
        "proposer": (proposer,) if proposer else (),
    }


def take_facts(
    session: Session, case_id: int, content: Mapping[str, Any], by: int | None, now: datetime
) -> None:
    """Let a signed text say when the programme runs and what it costs; what it leaves out stays.

    What a framework says once it is adopted or extended counts among the frameworks from then on.
    """
    told: dict[str, Any] = {
        "starts": content.get("planned_start"),
        "ends": content.get("planned_end"),
        "summary": content.get("objective"),
        "budget_usd": amount_of(str(content.get("total_cost") or "")),
    }
    if agency := content.get("executing_agency"):
        told["executing_agency"] = session.scalar(
            select(Party.name)
            .join(CaseParty, CaseParty.party_id == Party.id)
            .where(CaseParty.case_id == case_id, CaseParty.capacity == "executing_agency")
            .where(Party.key == agency)
        )
    changed = {column: value for column, value in told.items() if value}
    if changed:
        session.execute(update(Programme).where(Programme.case_id == case_id).values(changed))
    case = session.execute(_CALLED, {"case_id": case_id}).one()
    if case.subject == FRAMEWORK:
        take_effect(session, case.ref, content, by=by, now=now)


# What a child is found by in searches is its own; all else of the programme holds for it as well.
_INHERITED = tuple(
    column
    for column in Programme.__table__.c
    if column.key not in {"case_id", "search_text", "summary"}
)


def inherit(session: Session, parent: int, child: int) -> None:
    """Give a case under a programme its framework, fund, modality and figures, as they are now.

    A search finds it by its own reference and title.
    """
    called = select(LifecycleCase.ref, LifecycleCase.title).where(LifecycleCase.id == child)
    above = select(Programme.sector, Programme.fund).where(Programme.case_id == parent)
    said = [*session.execute(called).one(), *(session.execute(above).first() or ())]
    kept = select(literal(child), literal(fold(" ".join(said))), literal(""), *_INHERITED).where(
        Programme.case_id == parent
    )
    names = ["case_id", "search_text", "summary", *(column.key for column in _INHERITED)]
    session.execute(insert(Programme).from_select(names, kept))


def _day(on: date | None) -> tuple[str, ...]:
    return (on.isoformat(),) if on else ()


@cache
def groups() -> Mapping[str, frozenset[str]]:
    """The countries that South-South cooperation is for, and those that give."""
    known = reference()
    developing = frozenset(iso3 for iso3 in known.countries if known.is_developing(iso3))
    return {"developing": developing, "donors": frozenset(known.donors)}
