"""One case as it stood at the end of a day: its events until then folded, as `verify` folds them."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from workflow.audit.chain import Broken, Told, follow, start
from workflow.audit.facets import Faceting
from workflow.audit.story import Story
from workflow.audit.tellers import hear
from workflow.audit.things import CASE, PARTIES
from workflow.audit.verify import UNREADABLE, stored_events
from workflow.engine.definition import Definition
from workflow.engine.engine import Engine
from workflow.engine.visibility import visible_case
from workflow.engine.ways import said
from workflow.oversight.sought import end_of
from workflow.people.records import Party, Person

DOCUMENT, FILE = "The document ", "The file attached "


@dataclass(frozen=True, slots=True)
class Filed:
    """A version of a document that was the newest then; `later` is how many followed."""

    kind: str
    label: str
    version: int
    digest: str
    who: str
    at: datetime
    later: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was on record then."""

    label: str
    filename: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A seat with the answer that stood on it then, if there was one."""

    role: str
    party: str
    status: str
    verdict: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A round as it was then."""

    label: str
    turn: int
    status: str
    opened_at: datetime
    due_at: datetime | None
    outcome: str
    settled_at: datetime | None
    places: tuple[Place, ...]

    @property
    def answered(self) -> int:
        """How many seats had an answer."""
        return sum(bool(place.verdict) for place in self.places)


@dataclass(slots=True)
class Past:
    """What the events of a case said until one instant, and what they say in all."""

    story: Story = field(default_factory=Story)
    faceting: Faceting = field(default_factory=Faceting)
    events: int = 0
    all_events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    behind: list[int] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    broken: str = ""


@dataclass(frozen=True, slots=True)
class StoodPage:
    """A case as it stood; `behind` are later events that took effect by then."""

    ref: str
    title: str
    day: date
    today: date
    events: int
    all_events: int
    first: datetime | None
    last: datetime | None
    state: str
    stage: str
    since: datetime | None
    version: int
    texts: tuple[Filed, ...]
    files: tuple[Attached, ...]
    parties: tuple[tuple[str, tuple[str, ...]], ...]
    open: tuple[Sitting, ...]
    ended: tuple[Sitting, ...]
    behind: tuple[int, ...]
    broken: str


def stood_page(
    session: Session, engine: Engine, person: int, ref: str, day: date, now: datetime
) -> StoodPage:
    """The case called `ref` as its events told it by the end of `day`, in UTC."""
    case = visible_case(session, ref, person, now)
    definition = engine.definition(case.definition_id, session)
    past = told_until(session.connection(), case.id, case.ref, end_of(day))
    words = _Words(session, definition, past.story)
    state = past.faceting.state
    known = definition.states.get(state)
    texts, sittings = _texts(past, words), _sittings(past.story, words)
    return StoodPage(
        ref=case.ref,
        title=case.title,
        day=day,
        today=now.date(),
        events=past.events,
        all_events=past.all_events,
        first=past.first,
        last=past.last,
        state=known.label if known else state,
        stage=past.faceting.stage,
        since=past.faceting.since,
        version=past.story.things[CASE]["version"],
        texts=texts,
        files=_files(past.story, words),
        parties=_parties(past.story, words),
        open=tuple(each for each in sittings if each.status == "open"),
        ended=tuple(each for each in reversed(sittings) if each.status != "open"),
        behind=tuple(past.behind),
        broken=past.broken,
    )


def told_until(connection: Connection, case_id: int, ref: str, end: datetime) -> Past:
    """Everything that was recorded before `end`, event by event, each one checked on the way."""
    past = Past()
    try:
        with closing(stored_events(connection, case_id)) as events:
            for told in follow(ref, events, start(ref)):
                _take(past, told, end)
    except Broken as broken:
        past.broken = broken.sentence
    except UNREADABLE as fault:
        past.broken = f"Event {past.all_events} does not say what it has to say: {fault!r}."
    return past


def _take(past: Past, told: Told, end: datetime) -> None:
    past.all_events += 1
    past.first, past.last = past.first or told.at, told.at
    if told.type == "document.filed":
        past.versions[told.what["kind"]] = told.what["version"]
    if told.at < end:
        past.events += 1
        past.faceting.hear(told)
        hear(past.story, told)
    elif told.effective < end:
        past.behind.append(told.seq)


class _Words:
    """The names behind the keys that a story speaks in."""

    def __init__(self, session: Session, definition: Definition, story: Story) -> None:
        self.definition = definition
        things = story.things.values()
        people = {thing["person_id"] for thing in things if "person_id" in thing} - {None}
        keys = {thing["party"] for thing in things if "party" in thing}
        keys |= {key for thing in things for key in thing.get("parties", ())}
        named = select(Person.id, Person.name).where(Person.id.in_(people))
        self.people: Mapping[int, str] = {row.id: row.name for row in session.execute(named)}
        called = select(Party.key, Party.name).where(Party.key.in_(keys))
        self.parties: Mapping[str, str] = {row.key: row.name for row in session.execute(called)}

    def who(self, thing: Mapping[str, Any]) -> str:
        """The name of the person of a row; empty for the engine itself."""
        return self.people.get(thing.get("person_id") or 0, "")

    def kind(self, key: str) -> str:
        """What a kind of document is called."""
        known = self.definition.documents.get(key)
        return known.label if known else key

    def round(self, key: str) -> str:
        """What a round is called."""
        known = self.definition.rounds.get(key)
        return known.label if known else key

    def role(self, key: str) -> str:
        """What a role is called."""
        known = self.definition.roles.get(key)
        return known.label if known else key

    def verdict(self, round_key: str, key: str) -> str:
        """What an answer in a round is called."""
        spec = self.definition.rounds.get(round_key)
        known = spec.rule.verdicts.get(key) if spec else None
        return known.label if known else key


def _texts(past: Past, words: _Words) -> tuple[Filed, ...]:
    """The newest version of each document, in the order of their first filing."""
    newest: dict[str, Mapping[str, Any]] = {}
    for name, thing in past.story.things.items():
        if name.startswith(DOCUMENT):
            newest[thing["kind"]] = thing
    return tuple(
        Filed(
            kind=kind,
            label=words.kind(kind),
            version=thing["version"],
            digest=thing["digest"],
            who=words.who(thing),
            at=thing["filed_at"],
            later=past.versions[kind] - thing["version"],
        )
        for kind, thing in newest.items()
    )


def _files(story: Story, words: _Words) -> tuple[Attached, ...]:
    """The files that had not been taken off; of equal ones nobody can say which was."""
    return tuple(
        Attached(
            words.kind(thing["kind"]), thing.get("filename", ""), thing["digest"],
            thing["filed_at"],
        )
        for name, thing in story.things.items()
        if name.startswith(FILE) and thing.get("removed_at") is None
    )  # fmt: skip


def _parties(story: Story, words: _Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (
            name.removeprefix(PARTIES).strip(),
            tuple(sorted(words.parties.get(key, key) for key in thing["parties"])),
        )
        for name, thing in story.things.items()
        if name.startswith(PARTIES) and thing["parties"]
    )


def _sittings(story: Story, words: _Words) -> list[Sitting]:
    """Every round until then, in the order in which they opened."""
    return [_sitting(story, name, words) for name in story.seats]


def _sitting(story: Story, name: str, words: _Words) -> Sitting:
    thing = story.things[name]
    key = thing["key"]
    spec = words.definition.rounds.get(key)
    return Sitting(
        label=words.round(key),
        turn=thing["turn"],
        status=thing["status"],
        opened_at=thing["opened_at"],
        due_at=thing["due_at"],
        outcome=said(spec, thing["outcome"]) if spec and thing["outcome"] else "",
        settled_at=thing["settled_at"],
        places=tuple(_place(story, seat, key, words) for seat in story.seats[name]),
    )


def _place(story: Story, seat: str, round_key: str, words: _Words) -> Place:
    thing = story.things[seat]
    given = story.things.get(story.standing.get(seat, ""))
    return Place(
        role=words.role(thing["role"]),
        party=words.parties.get(thing["party"], thing["party"]),
        status=thing["status"],
        verdict=words.verdict(round_key, given["verdict"]) if given else "",
        who=words.who(given) if given else "",
        at=given["at"] if given else None,
    )
