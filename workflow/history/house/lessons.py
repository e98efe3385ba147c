"""What was said of lessons, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.knowledge.lessons import LessonWeighed
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import phrase

USED = "used"


def weighed(event: Recorded, what: LessonWeighed, context: HistoryContext) -> Said:
    """A lesson is used here, or is not for this programme."""
    who = context.who(event)
    if what.said == USED:
        said = phrase("%(who)s used lesson %(lesson)s", who=who, lesson=what.lesson)
        return Said(said, tone="done", reason=what.reason)
    said = phrase("%(who)s found lesson %(lesson)s not for this one", who=who, lesson=what.lesson)
    return Said(said, reason=what.reason)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    LessonWeighed: weighed,
}
