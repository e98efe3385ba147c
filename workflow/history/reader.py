"""One history as a person asks for it: filtered, the newest first, a page at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import literal, or_, select, union_all
from sqlalchemy.orm import Session

from workflow.audit.events.documents import DocumentFiled
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.event_sight import open_events
from workflow.engine.permissions.visibility import audits, known_to
from workflow.errors import NotFound
from workflow.history.context import HistoryContext, dues, earlier, history_context
from workflow.history.filters import LATE, SHOWN, HistoryFilters
from workflow.history.house.links import links_before
from workflow.history.line import Line, as_read
from workflow.history.names import Names, names, names_beside
from workflow.history.recorded import Recorded, trail
from workflow.history.replied import replied
from workflow.lifecycles.definition import Definition
from workflow.people.models import Party, Person
from workflow.phrase import phrase
from workflow.reading import asked_once
from workflow.vocabulary import REGISTER, EventType

PAGE = 50


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A part of one history; `counts` are over all of it, `older` is where the next part begins.

    `whole` says that the person takes part or audits; `filed` are the versions told in it, `followed` is
    the version that the case follows now.
    """

    case_id: int
    ref: str
    title: str
    subject: str
    lifecycle: str
    version: str
    total: int
    first: datetime | None
    last: datetime | None
    counts: Mapping[str, int]
    people: tuple[tuple[int, str], ...]
    parties: tuple[tuple[str, str], ...]
    found: int
    lines: tuple[Line, ...]
    older: int | None
    filters: HistoryFilters
    whole: bool
    filed: frozenset[tuple[str, int]]
    followed: Definition | None


@dataclass(frozen=True, slots=True)
class _Selected:
    """What of a case was chosen among the `events` that the person may read; `every` is all of it."""

    case: LifecycleCase
    events: tuple[Recorded, ...]
    chosen: tuple[Recorded, ...]
    counts: Counter[str]
    sight: CaseSight
    definition: Definition | None
    every: tuple[Recorded, ...]


def history_page(
    session: Session,
    engine: Engine,
    ref: str,
    *,
    person: int,
    now: datetime,
    filters: HistoryFilters,
) -> HistoryPage:
    """The history of the case called `ref`; somebody who may not know of it is told it is not there."""
    all_of_it = _selected(session, engine, ref, person, now, filters)
    case, events = all_of_it.case, all_of_it.events
    start = filters.before
    behind = [each for each in all_of_it.chosen if start is None or each.seq < start]
    followed = all_of_it.definition if case.definition_id else None
    people, parties = _named(session, events)
    actors = {event.person for event in events}
    told = _telling(all_of_it, tuple(behind[:PAGE]))
    known = names_beside(session, told, people, parties, with_answers=True)
    return HistoryPage(
        case_id=case.id,
        ref=case.ref,
        title=case.title,
        subject=case.subject,
        lifecycle=followed.title if followed else "",
        version=followed.version if followed else "",
        total=len(events),
        first=events[0].at if events else None,
        last=events[-1].at if events else None,
        counts=all_of_it.counts,
        people=tuple(each for each in people.items() if each[0] in actors),
        parties=tuple(parties.items()),
        found=len(all_of_it.chosen),
        lines=_lines((session, engine), all_of_it, tuple(behind[:PAGE]), known),
        older=behind[PAGE - 1].seq if len(behind) > PAGE else None,
        filters=filters,
        whole=all_of_it.sight.whole,
        filed=_filed(events),
        followed=followed,
    )


def _filed(events: tuple[Recorded, ...]) -> frozenset[tuple[str, int]]:
    """The versions of documents that these events tell, each by kind and number."""
    said = (event.what for event in events)
    return frozenset((each.kind, each.version) for each in said if isinstance(each, DocumentFiled))


def selection(
    session: Session,
    engine: Engine,
    ref: str,
    *,
    person: int,
    now: datetime,
    filters: HistoryFilters,
) -> tuple[Line, ...]:
    """Every line that the filters leave, the oldest first, to be taken away."""
    all_of_it = _selected(session, engine, ref, person, now, filters)
    known = names(session, _telling(all_of_it, all_of_it.chosen), with_answers=True)
    return tuple(reversed(_lines((session, engine), all_of_it, all_of_it.chosen, known)))


def known_case(session: Session, ref: str, person: int, now: datetime) -> LifecycleCase:
    """The case called `ref`, the register too where an auditor asks; refuses one not to be known."""
    case = _known(session, ref, person, now.date())
    if case is None:
        raise NotFound(phrase("There is no history called %(ref)s.", ref=ref))
    return case


@asked_once
def _known(session: Session, ref: str, person: int, today: date) -> LifecycleCase | None:
    auditor = audits(session, person, today)
    mine = known_to(person, today)
    return session.scalars(
        select(LifecycleCase).where(
            LifecycleCase.ref == ref,
            mine,
            or_(LifecycleCase.ref != REGISTER, literal(auditor)),
        )
    ).one_or_none()


def spoken_by(session: Session, engine: Engine, definition_id: int | None) -> Definition | None:
    """The lifecycle whose words tell a case; the register runs on none and borrows the newest."""
    if definition_id is None:
        borrowed = engine.general(session)
        return borrowed[1] if borrowed else None
    return engine.definition(definition_id, session)


def _selected(
    session: Session,
    engine: Engine,
    ref: str,
    person: int,
    now: datetime,
    filters: HistoryFilters,
) -> _Selected:
    case = known_case(session, ref, person, now)
    definition = spoken_by(session, engine, case.definition_id)
    sight = CaseSight.of_case(session, definition, (case.id, case.ref), person, now)
    every = trail(session, case.id)
    events = open_events(sight, every)
    bare = HistoryContext(None, Names({}, {}, {}, {}), dues=dues(every))
    late = {event.seq for event in events if bare.late(event)}
    counts: Counter[str] = Counter({LATE: len(late)})
    for name, types in SHOWN.items():
        counts[name] += sum(event.type in types for event in events)
    chosen = [each for each in events if filters.take(each, late=each.seq in late)]
    return _Selected(case, events, tuple(reversed(chosen)), counts, sight, definition, every)


def _telling(all_of_it: _Selected, shown: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """The events that it takes to tell those shown: themselves, and what was erased in them."""
    erasing = (each for each in all_of_it.every if each.type == EventType.TEXT_ERASED)
    return (*shown, *erasing)


def _lines(
    inside: tuple[Session, Engine],
    all_of_it: _Selected,
    shown: tuple[Recorded, ...],
    known: Names,
) -> tuple[Line, ...]:
    session, engine = inside
    before = earlier(session, engine, all_of_it.every).get(all_of_it.case.id, ())
    surrounding = history_context(session, all_of_it.definition, all_of_it.every, known, before)
    lines = tuple(as_read(all_of_it.sight, event, surrounding) for event in shown)
    links = links_before(session, shown) if all_of_it.sight.standing.audits else {}
    more = dict(replied(session, surrounding, shown, all_of_it.events))
    more |= {seq: (*more.get(seq, ()), link) for seq, link in links.items()}
    return tuple(
        replace(each, under=(*each.under, *more[each.seq])) if each.seq in more else each
        for each in lines
    )


def _named(session: Session, events: tuple[Recorded, ...]) -> tuple[dict[int, str], dict[str, str]]:
    """Everybody whom these events name, and every party of which they speak, each by name."""
    ids = {person for event in events for person in event.people}
    keys = {key for event in events for key in event.parties}
    people = select(
        Person.id.label("number"), literal("").label("key"), Person.name.label("name")
    ).where(Person.id.in_(ids))
    parties = select(literal(0), Party.key, Party.name).where(Party.key.in_(keys))
    rows = session.execute(union_all(people, parties).order_by("name", "number")).all()
    return (
        {row.number: row.name for row in rows if not row.key},
        {row.key: row.name for row in rows if row.key},
    )
