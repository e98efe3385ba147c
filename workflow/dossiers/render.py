"""A history as somebody reads it: its events in words, made ready for a page, a table and a print."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.payload import opaque
from workflow.audit.kinds import kind_called
from workflow.clock import written
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.rights import DossierRights
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.exports.cells import safe
from workflow.free_text.characters import number, set_apart, unset
from workflow.history.context import HistoryContext, earlier, history_context
from workflow.history.line import Line, as_read, line
from workflow.history.names import Names, names
from workflow.history.reader import spoken_by
from workflow.history.recorded import Recorded, trail
from workflow.people.models import Person
from workflow.phrase import Part, Phrase, counted, phrase

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
BYTE_ORDER_MARK = "\ufeff"
# How many different characters a remark on a print names.
MOST_NAMED = 20
LABELS = {
    "history": phrase("History"),
    "events": phrase("Events"),
    "event": phrase("Event"),
    "lifecycle": phrase("Lifecycle"),
    "period": phrase("From the first event to the last"),
    "checkpoint": phrase("Checkpoint"),
    "entries": phrase("entries"),
    "nothing": phrase("none yet"),
    "made_for": phrase("Made for"),
    "operator": phrase("whoever runs the installation"),
    "reading": phrase(
        "This page is for reading. What proves it lies beside it: the exact bytes of every event, "
        "and proofs that they are in the log. README.txt says how to check them."
    ),
    "no_print": phrase("There is no history.pdf: this history could not be typeset."),
    "reason": phrase("Reason"),
    "texts": phrase("Text"),
    "effective": phrase("took effect"),
    "late": phrase("late"),
    "erased": phrase("This text was erased."),
    "withheld": phrase("This text is withheld from this copy."),
    "version": phrase("version"),
    "page": phrase("Page"),
    "bare": phrase("Names, reasons and papers are withheld from this copy."),
}
COLUMNS = (
    "case", "event", "recorded_at", "effective_at", "type", "sentence", "details", "who", "role",
    "party", "verdict", "reason", "texts", "state_before", "state_after", "late", "content", "hash",
)  # fmt: skip


def plain_instant(moment: datetime) -> str:
    """A point in time as English writes it."""
    return f"{moment.astimezone(UTC):%d %b %Y, %H:%M:%S} UTC".removeprefix("0")


def plain_sentence(said: Phrase) -> str:
    """A sentence in English, with times as a reader expects them."""
    words = said.many if said.many and said.parts["num"] != 1 else said.words
    return words % {name: _plain_part(part) for name, part in said.parts.items()}


def _plain_part(part: Part) -> str:
    match part:
        case tuple():
            told = [_plain_part(each) for each in part]
            return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
        case datetime():
            return plain_instant(part)
        case date():
            return f"{part:%d %b %Y}".removeprefix("0")
    return set_apart(str(part))


@dataclass(frozen=True, slots=True)
class Wording:
    """A language to tell a history in: how it says a sentence, a word and a point in time."""

    language: str = "en"
    say: Callable[[Phrase], str] = plain_sentence
    word: Callable[[str], str] = str
    instant: Callable[[datetime], str] = plain_instant

    @property
    def direction(self) -> str:
        """Which way it is written."""
        return "rtl" if self.language[:2] in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class RenderedHistory:
    """A history with every event as a line; `bare` says that names and texts are withheld."""

    ref: str
    title: str
    lifecycle: str
    lines: tuple[Line, ...]
    bare: bool
    words: Wording
    holder: str

    def page(self, stands_on: dict[str, Any] | None) -> dict[str, Any]:
        """Everything that a page of it shows, as plain values."""
        first, last = self.lines[0].at, self.lines[-1].at
        say = self.words.say
        return {
            "ref": self.ref,
            "title": self.title,
            "lifecycle": self.lifecycle,
            "language": self.words.language,
            "direction": self.words.direction,
            "count": len(self.lines),
            "first": self.words.instant(first),
            "last": self.words.instant(last),
            "day": [last.year, last.month, last.day],
            "holder": self.holder or say(LABELS["operator"]),
            "bare": self.bare,
            "checkpoint": stands_on,
            "labels": {name: say(label) for name, label in LABELS.items()},
            "lines": [self._line(each) for each in self.lines],
        }

    def unprinted(self, replaced: Mapping[str, int]) -> str:
        """What a print says of the characters that stand in it by their numbers."""
        signs = ", ".join(map(number, sorted(replaced)[:MOST_NAMED]))
        more = "…" if len(replaced) > MOST_NAMED else ""
        said = counted(
            "One character could not be printed: %(signs)s. It stands in history.html.",
            "%(num)s characters could not be printed: %(signs)s. They stand in history.html.",
            sum(replaced.values()),
            signs=f"{signs}{more}",
        )
        return self.words.say(said)

    def table(self) -> str:
        """The rows of a comma-separated file; no cell of it is taken for a formula."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for each in self.lines:
            writer.writerow([safe(cell) for cell in self._row(each)])
        return BYTE_ORDER_MARK + out.getvalue()

    def _line(self, each: Line) -> dict[str, Any]:
        say, instant = self.words.say, self.words.instant
        return {
            "seq": each.seq,
            "tone": each.tone,
            "at": instant(each.at),
            "effective": instant(each.effective) if each.effective else "",
            "late": each.late,
            "says": say(each.says),
            "office": say(each.office) if each.office else "",
            "under": [say(under) for under in each.under],
            "texts": [
                {
                    "kind": self.words.word(text.label),
                    "version": text.version,
                    "digest": text.digest,
                }
                for text in each.texts
            ],
            "reason": each.reason or "",
            "gone": self._gone() if each.reason is None else "",
            "hash": each.hash.hex(),
        }

    def _row(self, each: Line) -> Iterator[object]:
        said, say, word = self._line(each), self.words.say, self.words.word
        yield from (self.ref, each.seq, written(each.at), written(each.effective or each.at))
        yield from (
            say(kind_called(each.type)),
            unset(said["says"]),
            unset("; ".join([said["office"], *said["under"]]).strip("; ")),
        )
        yield from (each.who, word(each.role), each.party, word(each.verdict))
        yield said["gone"] or each.reason
        yield "; ".join(f"{text.kind} {text.version or ''} {text.digest}" for text in each.texts)
        yield from map(word, each.moved)
        yield from (
            say(LABELS["late"]) if each.late else "",
            each.content,
            each.hash.hex(),
        )

    def _gone(self) -> str:
        return self.words.say(LABELS["withheld" if self.bare else "erased"])


def told(
    session: Session,
    engine: Engine,
    case: LifecycleCase,
    request: DossierRequest,
    words: Wording,
    may: DossierRights,
) -> RenderedHistory:
    """The history of a case in words, up to the head of its chain."""
    events = tuple(each for each in trail(session, case.id) if each.seq <= case.head_seq)
    definition = spoken_by(session, engine, case.definition_id)
    known = names(session, events)
    surrounding = history_context(
        session,
        definition,
        events,
        _unnamed(known, events) if request.bare else known,
        earlier(session, engine, events).get(case.id, ()),
    )
    named = definition is not None and case.definition_id is not None
    lifecycle = (
        f"{words.word(definition.title)} ({definition.version})" if definition and named else ""
    )
    return RenderedHistory(
        ref=case.ref,
        title="" if request.bare else case.title,
        lifecycle=lifecycle,
        lines=tuple(_read(may, event, surrounding) for event in events if may.event(event)),
        bare=request.bare,
        words=words,
        holder=_holder(session, request),
    )


def _read(may: DossierRights, event: Recorded, surrounding: HistoryContext) -> Line:
    if may.sight is None:
        return line(event, surrounding)
    return as_read(may.sight, event, surrounding)


def _unnamed(known: Names, events: tuple[Recorded, ...]) -> Names:
    """People by their ids only, and no private text."""
    people = {number: opaque(number) or "" for event in events for number in event.people}
    return replace(known, people=people, openings={})


def _holder(session: Session, request: DossierRequest) -> str:
    if request.person is None:
        return ""
    return session.scalar(select(Person.name).where(Person.id == request.person)) or ""
