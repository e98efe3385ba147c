"""One lesson as its page shows it: what it says, and what it is found by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.documents.checked import whole_text
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotFound
from workflow.lessons.counts import UsedIn, used_in
from workflow.lessons.lines import LessonLine, lines_of
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import phrase
from workflow.programmes.documents.versions import document_page
from workflow.programmes.knowledge.lesson_lines import TEXTS
from workflow.programmes.knowledge.models import ListedLesson


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson with its texts, each with its label, in the order of its form, and who uses it."""

    line: LessonLine
    texts: tuple[tuple[str, str], ...]
    used_in: Sequence[UsedIn] = ()


def lesson(session: Session, engine: Engine, person: int | None, ref: str) -> Lesson:
    """The validated lesson called `ref`; refuses one that is not validated, was withdrawn, or may not be known.

    Where nobody is named, whoever reads keeps the installation.
    """
    now = engine.now()
    if person is not None:
        visible_case(session, ref, person, now)
    asked = (
        select(LifecycleCase.id, LifecycleCase.definition_id)
        .join(ListedLesson, ListedLesson.case_id == LifecycleCase.id)
        .where(LifecycleCase.ref == ref, ListedLesson.shown.is_(True))
    )
    case = session.execute(asked).first()
    if case is None:
        raise NotFound(phrase("There is no lesson called %(name)s.", name=ref))
    (line,) = lines_of(session, [case.id], person, now)
    definition = engine.definition(case.definition_id)
    kind = definition.documents[definition.facts]
    if person is None:
        content = whole_text(session, case.id, definition, kind)
        return Lesson(line, tuple(_texts(kind, content)))
    page = document_page(session, engine, person, ref, kind=kind.key, version=None)
    used = used_in(session, case.id, person, now)
    return Lesson(line, tuple(_texts(page.kind, page.content)), used)


def _texts(kind: DocumentKind, content: Mapping[str, object]) -> list[tuple[str, str]]:
    """What it says under its labels, as far as the reader may read it."""
    told = {each.key: (each.label, str(content.get(each.key) or "")) for each in kind.fields()}
    return [told[key] for key in TEXTS[1:] if key in told and told[key][1]]
