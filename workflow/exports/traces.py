"""Traces: the events of each case as exports tell them, a few cases in memory at a time."""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE, event_of
from workflow.audit.events.payload import Payload, Unknown, opaque
from workflow.audit.models import Event, Opening
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.people.models import Party
from workflow.phrase import phrase

PORTION = 20


@dataclass(frozen=True, slots=True)
class Happening:
    """One event by its bytes; it says nothing where these are damaged.

    People are the ids under which the trail knows them. `texts` holds what opens its commitments
    where texts were asked for.
    """

    case: str
    seq: int
    type: str
    at: datetime
    effective: datetime
    person: str | None
    role: str
    party: str
    hash: bytes
    what: Payload = field(default_factory=Unknown)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def late(self) -> bool:
        """Whether it was recorded after it took effect."""
        return self.effective < self.at


@dataclass(frozen=True, slots=True)
class Trace:
    """A case with its events in the order of its chain, however equal their times are.

    `on` is the lifecycle that it runs on, and `parties` are names by keys: what its keys are called.
    """

    ref: str
    subject: str
    title: str
    lifecycle: str
    definition: str
    events: tuple[Happening, ...]
    on: Definition | None = None
    parties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """The days, both included, of which events are taken; without an end where None."""

    since: date | None = None
    until: date | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the instant falls into it, by the day in UTC."""
        day = at.astimezone(UTC).date()
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


ALWAYS = Period()


def chosen(session: Session, refs: Sequence[str] = ()) -> Sequence[int]:
    """The cases called `refs`, or every case that runs on a lifecycle; refuses an unknown name."""
    if not refs:
        every = select(LifecycleCase.id).where(LifecycleCase.definition_id.is_not(None))
        found_ids = session.scalars(
            every.order_by(LifecycleCase.id).execution_options(yield_per=500)
        )
        return array("q", found_ids)
    known = select(LifecycleCase.ref, LifecycleCase.id).where(LifecycleCase.ref.in_(refs))
    found: dict[str, int] = {row.ref: row.id for row in session.execute(known)}
    for ref in refs:
        if ref not in found:
            raise NotFound(phrase("There is no case called %(ref)s.", ref=ref))
    return [found[ref] for ref in dict.fromkeys(refs)]


def traces(
    engine: Engine, ids: Sequence[int], period: Period = ALWAYS, *, texts: bool = False
) -> Iterator[Trace]:
    """The trace of each case in turn; of a portion of them, one reading keeps nobody waiting."""
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        with engine.reading() as session:
            found = _portion(session, engine, portion, period, texts=texts)
        yield from (found[number] for number in portion)


def _portion(
    session: Session, engine: Engine, ids: Sequence[int], period: Period, *, texts: bool
) -> dict[int, Trace]:
    parties = {row.key: row.name for row in session.execute(select(Party.key, Party.name))}
    events = _events(session, ids, _texts(session, ids) if texts else {})
    cases = (
        select(LifecycleCase, DefinitionVersion.key, DefinitionVersion.digest)
        .outerjoin(DefinitionVersion, DefinitionVersion.id == LifecycleCase.definition_id)
        .where(LifecycleCase.id.in_(ids))
    )
    return {
        case.id: Trace(
            ref=case.ref,
            subject=case.subject,
            title=case.title if texts else "",
            lifecycle=key or "",
            definition=digest or "",
            events=tuple(
                _happening(case.ref, row, kept)
                for row, kept in events.get(case.id, ())
                if period.holds(row.at)
            ),
            on=engine.definition(case.definition_id, session) if case.definition_id else None,
            parties=parties,
        )
        for case, key, digest in session.execute(cases)
    }


_Rows = dict[int, list[tuple[Any, Mapping[str, str]]]]


def _events(session: Session, ids: Iterable[int], texts: Mapping[int, Mapping[str, str]]) -> _Rows:
    rows = session.execute(
        select(Event.id, Event.case_id, Event.seq, Event.type, Event.at, Event.body, Event.hash)
        .where(Event.case_id.in_(ids))
        .order_by(Event.case_id, Event.seq)
    )
    return {
        case: [(row, texts.get(row.id, {})) for row in group]
        for case, group in groupby(rows, key=lambda row: row.case_id)
    }


def _texts(session: Session, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    kept = (
        select(Opening.event_id, Opening.field, Opening.value)
        .join(Event, Event.id == Opening.event_id)
        .where(Event.case_id.in_(ids))
    )
    found: dict[int, dict[str, str]] = {}
    for event, name, value in session.execute(kept):
        found.setdefault(event, {})[name] = value
    return found


def _happening(ref: str, row: Any, texts: Mapping[str, str]) -> Happening:
    try:
        event = event_of(json.loads(row.body))
        return Happening(
            case=ref, seq=row.seq, type=row.type, at=row.at, effective=event.effective,
            person=opaque(event.person), role=event.role, party=event.party,
            hash=row.hash, what=event.what, texts=texts,
        )  # fmt: skip
    except UNREADABLE:
        return Happening(ref, row.seq, row.type, row.at, row.at, None, "", "", row.hash)
