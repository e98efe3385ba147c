"""One case as it stood at the end of a day: its events until then folded, as `verify` folds them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import CASE, PARTIES
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.engine.pages.papers import readable
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.visibility import visible_case
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.next_steps import said
from workflow.oversight.as_of.labels import Labels
from workflow.oversight.as_of.replay import ReplayedCase, told_until
from workflow.oversight.events.filters import end_of

DOCUMENT, FILE = "The document ", "The file attached "


@dataclass(frozen=True, slots=True)
class FiledThen:
    """A version of a document that was the newest then; `later` is how many followed."""

    kind: str
    label: str
    version: int
    digest: str
    who: str
    at: datetime
    later: int


@dataclass(frozen=True, slots=True)
class AttachedThen:
    """A file that was on record then, with the day it bears if it was brought in from elsewhere."""

    kind: str
    label: str
    filename: str
    digest: str
    at: datetime
    dated: date | None


@dataclass(frozen=True, slots=True)
class SeatThen:
    """A seat with the answer that stood on it then, if there was one."""

    role: str
    party: str
    status: str
    verdict: str
    who: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundThen:
    """A round as it was then."""

    label: str
    turn: int
    status: str
    opened_at: datetime
    due_at: datetime | None
    outcome: str
    settled_at: datetime | None
    places: tuple[SeatThen, ...]
    closed: bool = False

    @property
    def answered(self) -> int:
        """How many seats had an answer."""
        return sum(bool(place.verdict) for place in self.places)


@dataclass(frozen=True, slots=True)
class AsOfPage:
    """A case as it stood, and the version `followed` then; `behind` are later events that took effect by then."""

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
    texts: tuple[FiledThen, ...]
    files: tuple[AttachedThen, ...]
    parties: tuple[tuple[str, tuple[str, ...]], ...]
    open: tuple[RoundThen, ...]
    ended: tuple[RoundThen, ...]
    behind: tuple[int, ...]
    broken: str
    followed: Definition


def as_of_page(
    session: Session, engine: Engine, person: int, ref: str, day: date, now: datetime
) -> AsOfPage:
    """The case called `ref` as its events told it by the end of `day`, in UTC."""
    case = visible_case(session, ref, person, now)
    past = told_until(session.connection(), case.id, case.ref, end_of(day))
    definition = _followed(session, engine, past, case.definition_id)
    words = Labels(session, definition, past.story)
    state = past.faceting.state
    known = definition.states.get(state)
    viewer = CaseViewer.of(session, engine, case, person, now)
    # Equal papers of two kinds are two: what the one says of itself opens with the other no more.
    papers = {(kind, digest) for kind, group in readable(viewer).items() for digest in group}
    texts = tuple(each for each in _texts(past, words) if (each.kind, each.digest) in papers)
    rounds_ = _rounds(past.story, words, viewer.sight)
    return AsOfPage(
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
        files=tuple(
            each for each in _files(past.story, words) if (each.kind, each.digest) in papers
        ),
        parties=_parties(past.story, words),
        open=tuple(each for each in rounds_ if each.status == "open"),
        ended=tuple(each for each in reversed(rounds_) if each.status != "open"),
        behind=tuple(past.behind),
        broken=past.broken,
        followed=definition,
    )


def _followed(session: Session, engine: Engine, past: ReplayedCase, number: int) -> Definition:
    """The version that the case followed then."""
    digest = past.story.things[CASE].get("definition")
    then = select(DefinitionVersion.id).where(DefinitionVersion.digest == digest)
    return engine.definition(session.scalar(then) or number, session)


def _texts(past: ReplayedCase, words: Labels) -> tuple[FiledThen, ...]:
    """The newest version of each document, in the order of their first filing."""
    newest: dict[str, Mapping[str, Any]] = {}
    for name, thing in past.story.things.items():
        if name.startswith(DOCUMENT):
            newest[thing["kind"]] = thing
    return tuple(
        FiledThen(
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


def _files(story: ExpectedRows, words: Labels) -> tuple[AttachedThen, ...]:
    """The files that had not been taken off; of equal ones nobody can say which was."""
    return tuple(
        AttachedThen(
            thing["kind"], words.kind(thing["kind"]), thing.get("filename", ""), thing["digest"],
            thing["filed_at"], date.fromisoformat(thing["dated"]) if thing["dated"] else None,
        )
        for name, thing in story.things.items()
        if name.startswith(FILE) and thing.get("removed_at") is None
    )  # fmt: skip


def _parties(story: ExpectedRows, words: Labels) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (
            name.removeprefix(PARTIES).strip(),
            tuple(sorted(words.parties.get(key, key) for key in thing["parties"])),
        )
        for name, thing in story.things.items()
        if name.startswith(PARTIES) and thing["parties"]
    )


def _rounds(story: ExpectedRows, words: Labels, sight: CaseSight) -> list[RoundThen]:
    """Every round until then, in the order in which they opened; a closed one without its seats."""
    return [
        each if sight.answers(story.things[name]["key"]) else replace(each, places=(), closed=True)
        for name in story.seats
        for each in (_round(story, name, words),)
    ]


def _round(story: ExpectedRows, name: str, words: Labels) -> RoundThen:
    thing = story.things[name]
    key = thing["key"]
    spec = words.definition.rounds.get(key)
    return RoundThen(
        label=words.round(key),
        turn=thing["turn"],
        status=thing["status"],
        opened_at=thing["opened_at"],
        due_at=thing["due_at"],
        outcome=said(spec, thing["outcome"]) if spec and thing["outcome"] else "",
        settled_at=thing["settled_at"],
        places=tuple(_place(story, seat, key, words) for seat in story.seats[name]),
    )


def _place(story: ExpectedRows, seat: str, round_key: str, words: Labels) -> SeatThen:
    thing = story.things[seat]
    given = story.things.get(story.standing.get(seat, ""))
    return SeatThen(
        role=words.role(thing["role"]),
        party=words.parties.get(thing["party"], thing["party"]),
        status=thing["status"],
        verdict=words.verdict(round_key, given["verdict"]) if given else "",
        who=words.who(given) if given else "",
        at=given["at"] if given else None,
    )
