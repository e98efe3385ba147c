"""Events and the things they touch, in the terms of OCEL 2.0: objects, qualifiers, changes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

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
        for name in ("state", "to"):
            self.case.becomes(event.at, "state", _of_case(event, name))
        self.case.becomes(event.at, "stage", _of_case(event, "stage"))
        for part, known_as in people(event):
            yield self._thing(self.naming.person(known_as), "person").id, part
        yield from self._parties(event)
        if "kind" in what:
            yield self._document(event).id, "files" if "version" in what else "attaches to"
        if "round" in what and "turn" in what:
            yield from self._round(event)

    def _parties(self, event: Happening) -> Iterator[Related]:
        if event.party:
            yield self._party(event.party), "in the name of"
        for name, part in (("party", "concerns"), ("proposer", "proposed by")):
            key = event.what.get(name)
            if isinstance(key, str) and key:
                yield self._party(key), part
        if isinstance(event.what.get("capacity"), str) and "party" in event.what:
            party = self._party(event.what["party"])
            self.case.related[party, event.what["capacity"]] = None

    def _document(self, event: Happening) -> Thing:
        thing = self._thing(f"{self.trace.ref}/document/{event.what['kind']}", "document")
        if not thing.values:
            thing.fixed(kind=event.what["kind"])
            thing.related[self.case.id, "belongs to"] = None
        for name in ("version", "digest") if "version" in event.what else ():
            thing.becomes(event.at, name, event.what.get(name))
        return thing

    def _round(self, event: Happening) -> Iterator[Related]:
        what = event.what
        thing = self._thing(f"{self.trace.ref}/{what['round']}/{what['turn']}", "round")
        if not thing.values:
            thing.fixed(key=what["round"], turn=what["turn"])
            thing.related[self.case.id, "belongs to"] = None
        thing.becomes(event.at, "status", STATUS.get(event.type))
        thing.becomes(event.at, "outcome", what.get("outcome"))
        thing.becomes(event.at, "due", dict(facts(event)).get("due"))
        yield thing.id, "in"
        for place in what.get("seats", ()):
            yield self._seat(thing, place, event, "open").id, "asks"
        if what.get("seat"):
            status = SEAT_STATUS.get(event.type, "")
            yield self._seat(thing, what["seat"], event, status).id, "on"

    def _seat(self, of: Thing, place: Mapping[str, str], event: Happening, status: str) -> Thing:
        words = (place["role"], place["party"], place.get("category", ""))
        thing = self._thing("/".join((of.id, *filter(None, words))), "seat")
        if not thing.values:
            thing.fixed(role=words[0], category=words[2], part=place.get("part", ""))
            thing.related[of.id, "belongs to"] = None
            thing.related[self._party(words[1]), "asks"] = None
        thing.becomes(event.at, "status", status)
        thing.becomes(event.at, "verdict", event.what.get("verdict"))
        return thing

    def _party(self, key: str) -> str:
        return self._thing(f"party/{key}", "party").id

    def _thing(self, name: str, kind: str) -> Thing:
        return self.things.setdefault(name, Thing(name, kind))


def _of_case(event: Happening, name: str) -> object:
    """What an event says about the case itself; a round's opening only names where it opens."""
    return None if event.type == EventType.ROUND_OPENED else event.what.get(name)
