"""Which reporting calendar the period and the due day of a case follow, and why that one."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import engine_of
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.people.reporting.kept import reporting_called
from workflow.people.reporting.months import year_told
from workflow.phrase import Phrase, Term, phrase
from workflow.vocabulary import BELOW


def calendar_followed(session: Session, ref: str) -> tuple[Phrase, ...]:
    """In sentences, whose reporting calendar a case under another one follows; nothing where it follows none."""
    if BELOW not in ref:
        return ()
    above = LifecycleCase.__table__.alias("above")
    row = session.execute(
        select(ChildCase.calendar_id, ChildCase.kind, above.c.id, above.c.definition_id)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .join(above, above.c.id == ChildCase.parent_id)
        .where(LifecycleCase.ref == ref, ChildCase.calendar_id.is_not(None))
    ).one_or_none()
    kept = row and reporting_called(session, row.calendar_id)
    if row is None or kept is None:
        return ()
    part = _part(session, row.definition_id, row.kind)
    own = exists().where(
        CaseParty.case_id == row.id,
        CaseParty.party_id == kept.party_id,
        CaseParty.capacity == part,
    )
    named = {"party": kept.name, "part": Term(part.replace("_", " ")), "day": kept.since}
    if session.scalar(select(own)):
        said = phrase(
            "Period and due day follow the reporting calendar of %(party)s, which takes part as %(part)s; "
            "it counts for periods that begin from %(day)s on.",
            **named,
        )
    else:
        said = phrase(
            "Period and due day follow the reporting calendar of %(party)s, since the %(part)s had none "
            "of its own as the period began; it counts for periods that begin from %(day)s on.",
            **named,
        )
    return (said, *year_told(kept.begins_in, kept.within))


def _part(session: Session, definition_id: int, key: str) -> str:
    """The part in the case above whose party's calendar a kind of case follows, as its lifecycle is now."""
    kind = engine_of(session).definition(definition_id, session).children.get(key)
    return kind.recurrence.reporting_calendar if kind and kind.recurrence else ""
