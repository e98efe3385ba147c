"""What surrounds an event: the lifecycle, the texts of that moment, and what was due when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from workflow.audit.events.cases import CaseMigrated
from workflow.audit.events.histories import TextErased
from workflow.audit.events.rounds import RoundDue, RoundPaused
from workflow.audit.events.seats import Answered, SignoffLate
from workflow.audit.models import Event
from workflow.engine.document_models import Attachment, Document
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.history.names import Names
from workflow.history.recorded import Recorded, recorded
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Term
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class Text:
    """A filed version of a document, or (version 0) a file; `seq` is the event that filed it.

    `label` is what the kind is called, on a line of a history.
    """

    kind: str
    version: int
    digest: str
    seq: int
    removed_at: datetime | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that a case followed until the event of this number."""

    until: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class HistoryContext:
    """One case, with the names that its events need; `events` and `texts` may be left out.

    `earlier` are the versions that it followed before it was moved to the one of its `definition`.
    """

    definition: Definition | None
    names: Names
    events: tuple[Recorded, ...] = ()
    texts: tuple[Text, ...] = ()
    dues: Mapping[tuple[str, int], datetime | None] = field(default_factory=dict)
    erasing: tuple[Recorded, ...] = ()
    earlier: tuple[Earlier, ...] = ()

    def at(self, event: Recorded) -> "HistoryContext":
        """The same, in the words of the version that the case followed when this was recorded."""
        if not self.earlier:
            return self
        then = next((e for e in self.earlier if event.seq < e.until), None)
        return self if then is None else replace(self, definition=then.definition)

    def followed_until(self, seq: int) -> Definition | None:
        """The version that the case followed until the event of this number."""
        found = (each.definition for each in self.earlier if each.until == seq)
        return next(found, None)

    def round(self, key: str) -> RoundSpec | None:
        """The round called `key`, if this lifecycle knows it."""
        return self.definition.rounds.get(key) if self.definition else None

    def round_label(self, key: str) -> Term:
        """What the round is called."""
        spec = self.round(key)
        return Term(spec.label) if spec else _spoken(key)

    def verdict(self, what: Answered | SignoffLate) -> Verdict | None:
        """The verdict that an answer gave."""
        spec = self.round(what.round)
        return spec.rule.verdicts.get(what.verdict) if spec else None

    def state(self, key: str) -> Term:
        """What the state is called."""
        known = self.definition.states.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def role(self, key: str) -> Term:
        """What the role is called."""
        known = self.definition.roles.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def child_kind(self, key: str) -> Term:
        """What the kind of case under this one is called."""
        known = self.definition.children.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def kind(self, key: str) -> Term:
        """What the kind of document is called."""
        known = self.definition.documents.get(key) if self.definition else None
        return Term(known.label) if known else _spoken(key)

    def section(self, document: str, key: str) -> Term:
        """What a section of a document is called."""
        known = self.definition.documents.get(document) if self.definition else None
        titles = {each.key: each.title for each in known.sections} if known else {}
        return Term(titles[key]) if key in titles else _spoken(key)

    def party(self, key: str) -> str:
        """What the party is called."""
        return self.names.parties.get(key, key)

    def who(self, event: Recorded) -> str:
        """Who did it; empty for the engine itself."""
        return "" if event.person is None else self.names.people.get(event.person, "")

    def before(self, event: Recorded, what: Answered) -> Answered | None:
        """The answer that `event` replaced on the same seat."""
        for earlier in reversed(self.events[: event.seq - 1]):
            if isinstance(earlier.what, Answered) and _same_seat(earlier.what, what):
                return earlier.what
        return None

    def erasures(self, event: Recorded) -> Iterator[tuple[Recorded, TextErased]]:
        """The later events that tell of an erasure in `event`, with what they say."""
        for each in self.erasing:
            if isinstance(each.what, TextErased) and each.what.event == event.seq:
                yield each, each.what

    def covered(self, event: Recorded, round_key: str) -> tuple[Text, ...]:
        """The texts that an answer was given over: the newest of each kind at that moment."""
        spec = self.round(round_key)
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
        if isinstance(event.what, Answered) and event.person is not None:
            due = self.dues.get(event.what.place)
            return due is not None and event.at > due
        return event.effective < event.at


def history_context(
    session: Session,
    definition: Definition | None,
    events: tuple[Recorded, ...],
    names: Names,
    earlier: tuple[Earlier, ...] = (),
) -> HistoryContext:
    """The setting of one case with all of its `events`."""
    erasing = tuple(each for each in events if each.type == EventType.TEXT_ERASED)
    decided = any(isinstance(each.what, Answered) for each in events)
    texts = _texts(session, events[0].case_id) if decided else ()
    return HistoryContext(definition, names, events, texts, dues(events), erasing, earlier)


def moves(session: Session, cases: Collection[int]) -> tuple[Recorded, ...]:
    """The events by which these cases were moved to another version, the oldest first."""
    moved = select(Event).where(
        Event.case_id.in_(cases), Event.type == EventType.CASE_MIGRATED.value
    )
    return tuple(recorded(session.scalars(moved.order_by(Event.case_id, Event.seq))))


def earlier(
    session: Session, engine: Engine, events: Iterable[Recorded]
) -> Mapping[int, tuple[Earlier, ...]]:
    """The versions that cases followed before, by the case, each until the event that moved it on."""
    moves = [
        (each.case_id, each.seq, each.what)
        for each in events
        if isinstance(each.what, CaseMigrated)
    ]
    if not moves:
        return {}
    named = select(DefinitionVersion.digest, DefinitionVersion.id).where(
        DefinitionVersion.digest.in_([what.before for *_, what in moves])
    )
    numbers = {row.digest: row.id for row in session.execute(named)}
    found: dict[int, tuple[Earlier, ...]] = {}
    for case, seq, what in moves:
        if what.before in numbers:
            then = Earlier(seq, engine.definition(numbers[what.before], session))
            found[case] = (*found.get(case, ()), then)
    return found


def dues(events: tuple[Recorded, ...]) -> dict[tuple[str, int], datetime | None]:
    """When each round of the case was due, after any extension; never, while its clock stands."""
    found: dict[tuple[str, int], datetime | None] = {}
    for what in (each.what for each in events):
        if isinstance(what, RoundDue):
            found[what.place] = None if isinstance(what, RoundPaused) else what.due
        elif isinstance(what, CaseMigrated):
            found |= {(each.now, each.now_turn): each.due for each in what.rounds}
    return found


def _texts(session: Session, case_id: int) -> tuple[Text, ...]:
    """The versions of its documents by their number, then its files in the order of filing."""
    filed = select(
        Document.kind, Document.version, Document.digest, Document.event_seq,
        cast(null(), Attachment.removed_at.type), literal(0).label("place"),
    ).where(Document.case_id == case_id)  # fmt: skip
    files = select(
        Attachment.kind, literal(0), Attachment.digest, Attachment.event_seq,
        Attachment.removed_at, Attachment.id,
    ).where(Attachment.case_id == case_id)  # fmt: skip
    both = union_all(filed, files)
    rows = session.execute(both.order_by("place", "version"))
    return tuple(Text(*row[:-1]) for row in rows)


def _same_seat(one: Answered, other: Answered) -> bool:
    return one.place == other.place and one.seat == other.seat


def _spoken(key: str) -> Term:
    return Term(key.replace("_", " ").capitalize())
