"""What whoever plans or reviews a programme says of a lesson that is offered to it."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Payload, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonWeighed(Payload):
    """Somebody said that a lesson is used in this programme, or that it is not for it; the last word counts."""

    event_type: ClassVar = EventType.LESSON_WEIGHED
    lesson: str
    said: str
    reason: Annotated[Private, Committed("How it is used, or why it is not.")]
