"""Events and the things they touch, in the terms of OCEL 2.0: objects, qualifiers, changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from workflow.audit.events.about import party_in, proposer_in, verdict_in
from workflow.audit.events.cases import InCapacity, InState
from workflow.audit.events.documents import DocumentFiled, OfKind
from workflow.audit.events.rounds import AskedSeat, NamedSeat, OfRound, RoundOpened, RoundSettled
from workflow.audit.events.seats import (
    AtSeat,
)
from workflow.exports.facts import NUMBERS, SAID, TIMES, Value, facts, people
from workflow.exports.pseudonyms import Naming
from workflow.exports.traces import Happening, Trace
from workflow.vocabulary import EventType

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The kinds of objects with their attributes; what changes over time is told with its time.
OBJECT_TYPES: Mapping[str, tuple[str, ...]] = {
    "programme": ("subject", "lifecycle", "state", "stage"),
    "party": (),
    "document": ("kind", "version", "digest"),
    "round": ("key", "turn", "status", "outcome", "due"),
    "seat": ("role", "category", "part", "status", "verdict"),
    "person": (),
}
OF_EVERY_EVENT = ("seq", "identity", "role")
STATUS: Mapping[str, str] = {
    EventType.ROUND_OPENED: "open",
    EventType.ROUND_SETTLED: "settled",
    EventType.ROUND_OVERTAKEN: "overtaken",
    EventType.ROUND_PAUSED: "paused",
    EventType.ROUND_RESUMED: "open",
}
SEAT_STATUS: Mapping[str, str] = {
    EventType.SIGNOFF_GIVEN: "answered",
    EventType.SIGNOFF_CHANGED: "answered",
    EventType.SIGNOFF_VOIDED: "void",
    EventType.SEAT_RECUSED: "recused",
}
Related = tuple[str, str]


def kind_of(name: str) -> str:
    """The type of an attribute in the words of OCEL."""
    return "time" if name in TIMES else "integer" if name in NUMBERS else "string"


def event_types() -> Mapping[str, tuple[str, ...]]:
    """Every kind of event with the attributes that it may have."""
    return {kind.value: (*OF_EVERY_EVENT, *SAID.get(kind, ()), "effective") for kind in EventType}


@dataclass(slots=True)
class Thing:
    """One object; an attribute's first value holds from the beginning of time."""

    id: str
    type: str
    values: list[tuple[str, datetime, Value]] = field(default_factory=list)
    related: dict[Related, None] = field(default_factory=dict)

    def fixed(self, **values: Value) -> None:
        """What never changes about it."""
        self.values += [(name, EPOCH, value) for name, value in values.items() if value != ""]

    def becomes(self, at: datetime, name: str, value: object) -> None:
        """What it is from now on."""
        if isinstance(value, str | int | datetime) and value != "":
            self.values.append((name, at, value))


@dataclass(frozen=True, slots=True)
class Touch:
    """One event with its attributes and the objects that it touches, each under a qualifier."""

    id: str
    type: str
    at: datetime
    values: tuple[tuple[str, Value], ...]
    related: tuple[Related, ...]


class CaseObjects:
    """The objects of one case, as far as its events have told."""

    def __init__(self, trace: Trace, naming: Naming) -> None:
        self.trace, self.naming = trace, naming
        self.things: dict[str, Thing] = {}
        self.case = self._thing(trace.ref, "programme")
        self.case.fixed(subject=trace.subject, lifecycle=trace.lifecycle)

    def touches(self) -> Iterator[Touch]:
        """Each event in turn; what it says about the objects is noted on them."""
        for event in self.trace.events:
            values: list[tuple[str, Value]] = [
                ("seq", event.seq),
                ("identity", self.naming.event(event.hash)),
            ]
            if event.role:
                values.append(("role", event.role))
            values += facts(event)
            # A reader that knows one qualifier for an event and an object keeps the first.
            touched = dict[str, str]()
            for thing, qualifier in self._related(event):
                touched.setdefault(thing, qualifier)
            related = tuple(touched.items())
            yield Touch(f"{event.case}/{event.seq}", event.type, event.at, tuple(values), related)

    def _related(self, event: Happening) -> Iterator[Related]:
        what = event.what
        yield self.case.id, "of"
        if isinstance(what, InState):
            self.case.becomes(event.at, "state", what.state)
            self.case.becomes(event.at, "stage", what.stage)
        for part, known_as in people(event):
            yield self._thing(self.naming.person(known_as), "person").id, part
        yield from self._parties(event)
        if isinstance(what, OfKind):
            files = isinstance(what, DocumentFiled)
            yield self._document(event.at, what).id, "files" if files else "attaches to"
        if isinstance(what, OfRound):
            yield from self._round(event, what)

    def _parties(self, event: Happening) -> Iterator[Related]:
        what = event.what
        if event.party:
            yield self._party(event.party), "in the name of"
        for key, part in ((party_in(what), "concerns"), (proposer_in(what), "proposed by")):
            if key:
                yield self._party(key), part
        if isinstance(what, InCapacity):
            self.case.related[self._party(what.party), what.capacity] = None

    def _document(self, at: datetime, what: OfKind) -> Thing:
        thing = self._thing(f"{self.trace.ref}/document/{what.kind}", "document")
        if not thing.values:
            thing.fixed(kind=what.kind)
            thing.related[self.case.id, "belongs to"] = None
        if isinstance(what, DocumentFiled):
            thing.becomes(at, "version", what.version)
            thing.becomes(at, "digest", what.digest)
        return thing

    def _round(self, event: Happening, what: OfRound) -> Iterator[Related]:
        thing = self._thing(f"{self.trace.ref}/{what.round}/{what.turn}", "round")
        if not thing.values:
            thing.fixed(key=what.round, turn=what.turn)
            thing.related[self.case.id, "belongs to"] = None
        thing.becomes(event.at, "status", STATUS.get(event.type))
        if isinstance(what, RoundSettled):
            thing.becomes(event.at, "outcome", what.outcome)
        thing.becomes(event.at, "due", dict(facts(event)).get("due"))
        yield thing.id, "in"
        if isinstance(what, RoundOpened):
            for asked in what.seats:
                seat = self._seat(thing, asked, asked.part)
                seat.becomes(event.at, "status", "open")
                yield seat.id, "asks"
        if isinstance(what, AtSeat):
            seat = self._seat(thing, what.seat)
            seat.becomes(event.at, "status", SEAT_STATUS.get(event.type))
            seat.becomes(event.at, "verdict", verdict_in(what))
            yield seat.id, "on"

    def _seat(self, of: Thing, seat: AskedSeat | NamedSeat, part: str = "") -> Thing:
        words = (seat.role, seat.party, seat.category)
        thing = self._thing("/".join((of.id, *filter(None, words))), "seat")
        if not thing.values:
            thing.fixed(role=seat.role, category=seat.category, part=part)
            thing.related[of.id, "belongs to"] = None
            thing.related[self._party(seat.party), "asks"] = None
        return thing

    def _party(self, key: str) -> str:
        return self._thing(f"party/{key}", "party").id

    def _thing(self, name: str, kind: str) -> Thing:
        return self.things.setdefault(name, Thing(name, kind))
