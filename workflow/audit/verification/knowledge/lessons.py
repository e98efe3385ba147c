"""What was said of lessons in a case: rows beside what is told."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.knowledge.lessons import LessonWeighed
from workflow.audit.events.payload import Payload, opaque
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import weighing_name
from workflow.audit.verification.tables import CASES, LESSON_WEIGHINGS

_OF: BindParameter[int] = bindparam("case_id")
_WEIGHED = (
    select(LESSON_WEIGHINGS, CASES.c.ref.label("lesson"))
    .outerjoin(CASES, CASES.c.id == LESSON_WEIGHINGS.c.lesson_id)
    .where(LESSON_WEIGHINGS.c.case_id == _OF)
)


def weighings(connection: Connection, case_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that was said of lessons in a case."""
    for row in connection.execute(_WEIGHED, {"case_id": case_id}).mappings():
        yield weighing_name(row["event_seq"]), {**dict(row), "person": opaque(row["person_id"])}


def _weighed(story: ExpectedRows, told: ToldEvent, what: LessonWeighed) -> None:
    story.things[weighing_name(told.seq)] = {
        "lesson": what.lesson,
        "said": what.said,
        "person": opaque(told.person),
        "weighed_at": told.at,
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    LessonWeighed: _weighed,
}
