"""What surrounds an event: the lifecycle, the texts of that moment, and what was due when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.clock import read
from workflow.engine.models import Attachment, Document
from workflow.history.names import Names
from workflow.history.phrase import Term
from workflow.history.recorded import Recorded
from workflow.lifecycles.definition import Definition, RoundSpec, Verdict
from workflow.vocabulary import EventType

ANSWERS = (EventType.SIGNOFF_GIVEN, EventType.SIGNOFF_CHANGED)
TELLING_DUE = (
    EventType.ROUND_OPENED,
    EventType.ROUND_EXTENDED,
    EventType.ROUND_PAUSED,
    EventType.ROUND_RESUMED,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A filed version of a document, or (version 0) a file; `seq` is the event that filed it."""

    kind: str
    version: int
    digest: str
    seq: int
    removed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryContext:
    """One case, with the names that its events need; `events` and `texts` may be left out."""

    definition: Definition | None
    names: Names
    events: tuple[Recorded, ...] = ()
    texts: tuple[Text, ...] = ()
    dues: Mapping[tuple[str, int], datetime | None] = field(default_factory=dict)
    erasing: tuple[Recorded, ...] = ()

    def round(self, key: str) -> RoundSpec | None:
        """The round called `key`, if this lifecycle knows it."""
        return self.definition.rounds.get(key) if self.definition else None

    def round_label(self, key: str) -> Term:
        """What the round is called."""
        spec = self.round(key)
        return Term(spec.label) if spec else _spoken(key)

    def verdict(self, event: Recorded) -> Verdict | None:
        """The verdict that an answer gave."""
        spec = self.round(event.what["round"])
        return spec.rule.verdicts.get(event.what["verdict"]) if spec else None

    def state(self, key: str) -> Term:
        """What the state is called."""
        known = self.definition.states.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def role(self, key: str) -> Term:
        """What the role is called."""
        known = self.definition.roles.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def kind(self, key: str) -> Term:
        """What the kind of document is called."""
        known = self.definition.documents.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def party(self, key: str) -> str:
        """What the party is called."""
        return self.names.parties.get(key, key)

    def who(self, event: Recorded) -> str:
        """Who did it; empty for the engine itself."""
        return "" if event.person is None else self.names.people.get(event.person, "")

    def before(self, event: Recorded) -> Recorded | None:
        """The answer that `event` replaced on the same seat."""
        for earlier in reversed(self.events[: event.seq - 1]):
            if earlier.type in ANSWERS and earlier.readable and _same_seat(earlier, event):
                return earlier
        return None

    def erasures(self, event: Recorded) -> tuple[Recorded, ...]:
        """The later events that tell of an erasure in `event`."""
        return tuple(each for each in self.erasing if each.what.get("event") == event.seq)

    def covered(self, event: Recorded) -> tuple[Text, ...]:
        """The texts that an answer was given over: the newest of each kind at that moment."""
        spec = self.round(event.what["round"])
        if spec is None:
            return ()
        standing = [
            text for text in self.texts
            if text.kind in spec.text and text.seq < event.seq
            and not (text.removed_at and text.removed_at <= event.at)
        ]  # fmt: skip
        newest = {text.kind: text for text in standing if text.version}
        return (*newest.values(), *(text for text in standing if not text.version))

    def late(self, event: Recorded) -> bool:
        """Whether it was answered after its due time, or recorded after it took effect."""
        if event.type == EventType.SIGNOFF_LATE:
            return True
        if event.type in ANSWERS and event.person is not None and event.readable:
            due = self.dues.get(event.round)
            return due is not None and event.at > due
        return event.effective < event.at


def history_context(
    session: Session, definition: Definition | None, events: tuple[Recorded, ...], names: Names
) -> HistoryContext:
    """The setting of one case with all of its `events`."""
    case_id = events[0].case_id if events else 0
    erasing = tuple(each for each in events if each.type == EventType.TEXT_ERASED)
    return HistoryContext(
        definition, names, events, _texts(session, case_id), dues(events), erasing
    )


def dues(events: tuple[Recorded, ...]) -> dict[tuple[str, int], datetime | None]:
    """When each round of the case was due, after any extension; never, while its clock stands."""
    told = (e for e in events if e.type in TELLING_DUE and e.readable)
    return {e.round: _due(e) for e in told}


def _due(event: Recorded) -> datetime | None:
    due = event.what["due"]
    return read(due) if due and event.type != EventType.ROUND_PAUSED else None


def _texts(session: Session, case_id: int) -> tuple[Text, ...]:
    filed = session.execute(
        select(Document.kind, Document.version, Document.digest, Document.event_seq)
        .where(Document.case_id == case_id)
        .order_by(Document.version)
    )
    files = session.execute(
        select(Attachment.kind, Attachment.digest, Attachment.event_seq, Attachment.removed_at)
        .where(Attachment.case_id == case_id)
        .order_by(Attachment.id)
    )
    return (
        *(Text(*row) for row in filed),
        *(Text(kind, 0, digest, seq, gone) for kind, digest, seq, gone in files),
    )


def _same_seat(one: Recorded, other: Recorded) -> bool:
    return one.round == other.round and one.what["seat"] == other.what["seat"]


def _spoken(key: str) -> Term:
    return Term(key.replace("_", " ").capitalize())
