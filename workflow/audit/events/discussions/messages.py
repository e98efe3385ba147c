"""What is said in the discussion of a case: talk, which signs nothing off and moves nothing."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, PersonId, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfDiscussion(Payload):
    """A message in the discussion: its number, and about which section of which document it is."""

    message: int
    document: Annotated[str, Only("only where it is about a document")] = ""
    section: Annotated[str, Only("only where it is about a section of a document")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSaid(OfDiscussion):
    """Somebody said something in the discussion, perhaps in answer to a message, and named people."""

    event_type: ClassVar = EventType.DISCUSSION_SAID
    answers: Annotated[int | None, Only("only of an answer: the number of the message")] = None
    names: Annotated[tuple[PersonId, ...], Only("only where it names people, who are told")] = ()
    text: Annotated[Private, Committed("What was said.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRetracted(OfDiscussion):
    """Whoever said it took it back; what it said is kept for auditors."""

    event_type: ClassVar = EventType.DISCUSSION_RETRACTED
