"""The list of lessons and what they are found by, compared with cases and their validated texts, and made to follow again."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.oversight.checks.words import unindexed_of
from workflow.programmes.knowledge.lesson_lines import (
    SUBJECT,
    LessonSaid,
    list_anew,
    said_of,
    unlist,
)
from workflow.programmes.knowledge.models import LessonFacet, ListedLesson

_ANEW = text("INSERT INTO lesson_words (lesson_words) VALUES ('rebuild')")
# The rounds of lessons that were settled, the last one first.
_SETTLED = (
    select(
        LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id,
        Round.key, Round.outcome, Round.settled_at,
    )
    .join(Round, Round.case_id == LifecycleCase.id)
    .where(LifecycleCase.subject == SUBJECT, Round.outcome.is_not(None))
    .order_by(LifecycleCase.id, Round.settled_at.desc(), Round.id.desc())
)  # fmt: skip
_LISTED = select(ListedLesson.__table__, LifecycleCase.ref).join(
    LifecycleCase, LifecycleCase.id == ListedLesson.case_id
)


def astray(session: Session, engine: Engine) -> tuple[tuple[int, str], ...]:
    """The lessons, as (number, reference), of which the list says something else, or too much, or nothing."""
    listed = {row.case_id: row for row in session.execute(_LISTED)}
    facets = _facets(session)
    wrong = []
    for ref, meant in _meant(session, engine):
        number = meant.line["case_id"]
        row = listed.pop(number, None)
        same = row is not None and all(
            getattr(row, name) == value for name, value in meant.line.items()
        )
        if not same or facets.get(number, frozenset()) != meant.facets:
            wrong.append((number, ref))
    return (*wrong, *((row.case_id, row.ref) for row in listed.values()))


def unindexed(session: Session) -> bool:
    """Whether a lesson has another length where searches find it; on PostgreSQL that cannot be."""
    return unindexed_of(session, "listed_lesson", "lesson_words")


def make_follow(
    session: Session, engine: Engine, cases: Sequence[int], *, whole: bool = False
) -> None:
    """List these lessons anew, and where it is asked for all by what they are found by."""
    for number in cases:
        unlist(session, number)
    for _, meant in _meant(session, engine) if cases else ():
        if meant.line["case_id"] in cases:
            list_anew(session, meant)
    if whole:
        session.execute(_ANEW)


def _facets(session: Session) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for row in session.execute(select(LessonFacet.__table__)):
        found.setdefault(row.case_id, set()).add(row.facet)
    return {number: frozenset(each) for number, each in found.items()}


def _meant(session: Session, engine: Engine) -> Iterator[tuple[str, LessonSaid]]:
    """Every lesson that was validated, by reference, as it should be listed."""
    seen = set()
    for row in session.execute(_SETTLED).all():
        definition = engine.definition(row.definition_id or 0, session)
        facts = definition.rounds[row.key].facts if row.key in definition.rounds else None
        if row.id in seen or facts is None or facts.outcome != row.outcome:
            continue
        seen.add(row.id)
        kind = definition.documents[facts.document]
        said = whole_text(session, row.id, definition, kind)
        yield row.ref, said_of(session, row.id, said, row.settled_at)
