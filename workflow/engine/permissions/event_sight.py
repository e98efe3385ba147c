"""To whom each event of a case is open, and what of its words: asked of the one rule of visibility."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from sqlalchemy import Integer, column, select, table
from sqlalchemy.orm import Session

from workflow.audit.events.cases import CaseMigrated, InCapacity, InState
from workflow.audit.events.discussions.messages import MessageSaid, OfDiscussion
from workflow.audit.events.documents import OfKind
from workflow.audit.events.histories import HistoryExported, HistoryRead, HistoryReviewed
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import OfRound
from workflow.audit.events.seats import InterestDeclared
from workflow.database import Instant
from workflow.engine.documents import sendings
from workflow.engine.permissions.case_sight import CaseSight
from workflow.lifecycles.openness import Openness
from workflow.reading import asked_once

# Discussions stand above the engine; it needs these columns of theirs and no more.
_MESSAGE = table(
    "discussion_message",
    column("case_id", Integer),
    column("event_seq", Integer),
    column("retracted_at", Instant),
)
# Who looked at what, and what auditors remarked, is the business of auditors.
READINGS = (HistoryRead, HistoryExported, HistoryReviewed)


class OnTrail(Protocol):
    """An event as its place on the trail, who did it and what it says tell of it."""

    @property
    def seq(self) -> int:
        """Its number."""

    @property
    def person(self) -> int | None:
        """Who did it; nobody where the engine did."""

    @property
    def what(self) -> Payload:
        """What it says."""


AnEvent = TypeVar("AnEvent", bound=OnTrail)


def open_events(sight: CaseSight, events: Iterable[AnEvent]) -> tuple[AnEvent, ...]:
    """Those of the events that the person may read."""
    return tuple(event for event in events if is_open(sight, event))


def is_open(sight: CaseSight, event: OnTrail) -> bool:
    """Whether the person may read the event; of what is not known here, participants alone do."""
    match event.what:
        case HistoryRead() | HistoryExported() | HistoryReviewed():
            return sight.reads(Openness.AUDITORS)
        case InState() | InCapacity() if not isinstance(event.what, CaseMigrated):
            return True
        case OfRound(round=key):
            return sight.answers(key)
        case OfDiscussion(document=kind):
            return sight.talk(kind)
        case OfKind():
            return _paper(sight, event, event.what)
        case _:
            return sight.reads(Openness.PARTICIPANTS)


def keeps_reason(sight: CaseSight, event: OnTrail) -> bool:
    """Whether the words of an open event are kept from the person.

    Those are the reason of an interest, but for who declared it, and what was said in the discussion
    and taken back, which auditors alone read.
    """
    if sight.reads(Openness.AUDITORS):
        return False
    if isinstance(event.what, MessageSaid):
        return event.seq in retracted(sight.session, sight.case_id)
    return isinstance(event.what, InterestDeclared) and event.person != sight.person


@asked_once
def retracted(session: Session, case_id: int) -> frozenset[int]:
    """The events by which somebody said what they took back since."""
    taken_back = select(_MESSAGE.c.event_seq).where(
        _MESSAGE.c.case_id == case_id, _MESSAGE.c.retracted_at.is_not(None)
    )
    return frozenset(session.execute(taken_back).scalars())


def _paper(sight: CaseSight, event: OnTrail, what: OfKind) -> bool:
    """What was filed as a draft is told to those whose draft it is; so is that it was taken off."""
    if sight.definition is None or what.kind not in sight.definition.documents:
        return sight.whole
    filed = event.seq, what
    later = sendings.gave_way(sight.session, sight.case_id, sight.definition, filed)
    return sight.paper(what.kind, event.seq, later)
