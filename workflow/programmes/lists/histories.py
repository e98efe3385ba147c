"""The list of histories: every case whose trail a person may read, the last one told first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import audits, known_to
from workflow.history.context import HistoryContext
from workflow.history.line import line
from workflow.history.names import Names, names
from workflow.history.reader import PROGRAMME, spoken_by
from workflow.history.recorded import Recorded, recorded
from workflow.phrase import Phrase
from workflow.programmes.lists.filters import Rows, speaks_of
from workflow.programmes.models import Programme

PAGE = 25
FAR = 10_000
First, Last = aliased(Event), aliased(Event)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A case with how much is told of it, and the last of it in words."""

    ref: str
    title: str
    subject: str
    events: int
    first: datetime
    last: datetime
    says: Phrase


@dataclass(frozen=True, slots=True)
class HistoriesPage:
    """One page of the list; `found` counts all pages."""

    lines: tuple[HistoryLine, ...]
    found: int
    pages: int
    page: int
    text: str


def histories(
    session: Session, engine: Engine, person: int, *, text: str, page: int, now: datetime
) -> HistoriesPage:
    """The histories that `person` may read: every one for an auditor, the register too."""
    page = min(max(page, 1), FAR)
    found = session.scalar(_known(session, select(func.count()), person, text, now)) or 0
    shown = (
        _known(session, select(LifecycleCase, First.at.label("first"), Last), person, text, now)
        .order_by(Last.at.desc(), LifecycleCase.id.desc())
        .offset((page - 1) * PAGE)
        .limit(PAGE)
    )
    lines = _lines(session, engine, session.execute(shown).all())
    return HistoriesPage(lines, found, -(-found // PAGE), page, text)


def _known(session: Session, statement: Rows, person: int, text: str, now: datetime) -> Rows:
    case, today = LifecycleCase, now.date()
    auditor = audits(session, person, today)
    joined = (
        statement.select_from(case)
        .outerjoin(Programme, Programme.case_id == case.id)
        .join(First, and_(First.case_id == case.id, First.seq == 1))
        .join(Last, and_(Last.case_id == case.id, Last.seq == case.head_seq))
        .where(known_to(person, today), or_(case.subject == PROGRAMME, literal(auditor)))
    )
    if not text.strip():
        return joined
    return joined.where(or_(speaks_of(text), case.title.icontains(text.strip(), autoescape=True)))


def _lines(session: Session, engine: Engine, rows: Any) -> tuple[HistoryLine, ...]:
    last = recorded(row[2] for row in rows)
    known = names(session, last)
    return tuple(
        HistoryLine(
            ref=row[0].ref,
            title=row[0].title,
            subject=row[0].subject,
            events=row[0].head_seq,
            first=row[1],
            last=event.at,
            says=_says(session, engine, row[0], event, known),
        )
        for row, event in zip(rows, last, strict=True)
    )


def _says(
    session: Session, engine: Engine, case: LifecycleCase, event: Recorded, known: Names
) -> Phrase:
    return line(event, HistoryContext(spoken_by(session, engine, case.definition_id), known)).says
