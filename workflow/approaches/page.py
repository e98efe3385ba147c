"""One approach for whoever acts on it: what is asked, what was answered last, and what they may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.approaches.lines import ApproachLine, lines_of
from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotFound
from workflow.people.models import Party, PivotalStatus
from workflow.people.pivotal.statuses import in_force
from workflow.phrase import phrase
from workflow.programmes.approaches.lines import ANSWER
from workflow.programmes.models import ListedApproach
from workflow.vocabulary import OFFICERS

FOCAL = "pivotal_focal"


@dataclass(frozen=True, slots=True)
class ApproachCase:
    """An approach as its forms show it; `asked` and `answer` are its texts, for whoever takes part alone.

    `speaks` for the country that is asked, and `keeps` the file as an officer of the house.
    """

    line: ApproachLine
    version: int
    asked: Mapping[str, Any]
    answer: Mapping[str, Any]
    speaks: bool
    keeps: bool


def approach_case(
    session: Session, engine: Engine, person: int, ref: str, now: datetime
) -> ApproachCase:
    """The approach called `ref`; refuses what is none, or what the person may not know of."""
    found = approach_if_any(session, engine, person, ref, now)
    if found is None:
        raise NotFound(phrase("There is no approach called %(ref)s.", ref=ref))
    return found


def approach_if_any(
    session: Session, engine: Engine, person: int, ref: str, now: datetime
) -> ApproachCase | None:
    """The same; nothing where the case is none, or does not say yet whom it asks about what."""
    case = visible_case(session, ref, person, now)
    line = next(iter(lines_of(session, engine, [case.id], now)), None)
    if line is None:
        return None
    definition = engine.definition(case.definition_id, session)
    facts, answer = definition.documents[definition.facts], definition.documents[ANSWER]
    speaks, keeps = _duties(session, person, case.id, now)
    reads = speaks or keeps
    return ApproachCase(
        line=line,
        version=case.version,
        asked=whole_text(session, case.id, definition, facts) if reads else {},
        answer=whole_text(session, case.id, definition, answer) if reads else {},
        speaks=speaks,
        keeps=keeps,
    )


def _duties(session: Session, person: int, case_id: int, now: datetime) -> tuple[bool, bool]:
    """Whether somebody speaks for the country that is asked, and whether they keep the file."""
    country = session.scalar(
        select(ListedApproach.party_id).where(ListedApproach.case_id == case_id)
    )
    held = offices(session, person, now.date())
    return (
        any(each.role == FOCAL and each.party_id == country for each in held),
        any(each.role in OFFICERS for each in held),
    )


def pivotal_choices(session: Session, now: datetime) -> tuple[tuple[str, str], ...]:
    """The countries that are pivotal today, by their three letters, by name."""
    named = (
        select(Party.iso3, Party.name)
        .join(PivotalStatus, PivotalStatus.party_id == Party.id)
        .where(in_force(now.date()), Party.iso3.is_not(None))
        .distinct()
        .order_by(Party.name)
    )
    return tuple((row.iso3 or "", row.name) for row in session.execute(named))
