"""The list of histories: every case whose trail a person may read, the last one told first.

The index over the newest act of each history gives the order; the few events that cannot be found
yet stand beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from workflow.audit.events.documents import OfKind
from workflow.audit.models import Event
from workflow.engine.documents import sendings
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.disclosure import Standing
from workflow.engine.permissions.event_sight import is_open
from workflow.engine.permissions.visibility import audits, known_to, standing
from workflow.history.context import HistoryContext, earlier
from workflow.history.line import line
from workflow.history.names import Names, names
from workflow.history.reader import spoken_by
from workflow.history.recorded import Recorded, recorded
from workflow.oversight.events.histories_wanted import HistoriesWanted
from workflow.oversight.events.indexer import unfound
from workflow.oversight.models import READINGS, HistoryNews
from workflow.people.groupings.memberships import grouping_choices
from workflow.phrase import Phrase, phrase
from workflow.programmes.lists.counts import MOST_FOUND, by_stage, stages_by_framework
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.lookup import Wanted, wanted
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.orders import Key, Order
from workflow.programmes.lists.sight import ListSight, sight
from workflow.vocabulary import REGISTER

PAGE = 25
CLOSED = phrase("Something was recorded that is not open to you.")
FAR = 40
First, Last = aliased(Event), aliased(Event)
_FOUND = Order((HistoryNews.act_at, HistoryNews.act_id), descending=True)
_HEAD = Order((Last.at, Last.id), descending=True)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A case with how much is told of it, and what happened last in words: no looking at it."""

    ref: str
    title: str
    subject: str
    events: int
    first: datetime
    last: datetime
    says: Phrase


@dataclass(frozen=True, slots=True)
class HistoriesPage:
    """One page of the list; `found` counts all pages, and is none where there are more than are counted.

    `older` and `newer` say where the pages next to this one begin.
    """

    lines: tuple[HistoryLine, ...]
    found: int | None
    page: int
    asked: HistoriesWanted
    groupings: tuple[tuple[str, str], ...]
    older: str
    newer: str

    @property
    def pages(self) -> int | None:
        """How many pages there are, where that is known."""
        return None if self.found is None else -(-self.found // PAGE)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, and what of the cases they see."""

    person: int
    now: datetime
    auditor: bool
    of: ListSight


def histories(
    session: Session, engine: Engine, person: int, asked: HistoriesWanted, now: datetime
) -> HistoriesPage:
    """The histories that `person` may read: every one for an auditor, the register too."""
    auditor = audits(session, person, now.date())
    reader = _Reader(person, now, auditor, sight(session, person, now))
    looked = wanted(session, asked.filters(), now.date())
    keys = _keys(session, reader, looked, asked)
    back = _FOUND.key(asked.before) is not None and not _FOUND.key(asked.after)
    further, shown = len(keys) > PAGE, keys[-PAGE:] if back else keys[:PAGE]
    page = 1 if back and not further else asked.page
    return HistoriesPage(
        lines=_lines(session, engine, reader, _shown(session, reader, shown)),
        found=_count(session, reader, asked, looked),
        page=page,
        asked=asked,
        groupings=grouping_choices(session),
        older=_FOUND.cursor(shown[-1]) if shown and (further or back) else "",
        newer=_FOUND.cursor(shown[0]) if shown and page > 1 else "",
    )


def _keys(session: Session, reader: _Reader, looked: Wanted, asked: HistoriesWanted) -> list[Key]:
    """The last events of the histories on a page, and of one more, as (time, event)."""
    after, before = _FOUND.key(asked.after), _FOUND.key(asked.before)
    backwards = before is not None and after is None
    start = before if backwards else after
    skipped = 0 if start else (min(asked.page, FAR) - 1) * PAGE
    parts = []
    for statement, order in _heads(session, reader, asked, looked):
        part = statement
        if start is not None:
            part = part.where(order.beyond(start, backwards=backwards))
        falling = order.by(order.columns, backwards=backwards)
        parts.append(part.order_by(*falling).limit(skipped + PAGE + 1).subquery())
    every = union_all(*(select(part.c[0].label("at"), part.c[1].label("id")) for part in parts))
    heads = every.subquery("heads")
    page = select(heads).order_by(*_HEAD.by((heads.c.at, heads.c.id), backwards=backwards))
    rows = session.execute(page.offset(skipped).limit(PAGE + 1)).all()
    found = [tuple(row) for row in rows]
    return found[::-1] if backwards else found


def _heads(
    session: Session, reader: _Reader, asked: HistoriesWanted, looked: Wanted
) -> list[tuple[Rows, Order]]:
    """Where last events of histories are found: of a few cases, or in the order of all events."""
    if asked.narrowed and looked.few:
        of_few: Rows = (
            select(Last.at, Last.id)
            .join(
                LifecycleCase,
                and_(LifecycleCase.id == Last.case_id, _is_head(LifecycleCase.id, Last.seq)),
            )
            .where(_seen(reader, LifecycleCase.id, asked, looked))
        )
        cases = select(ListedProgramme.case_id).where(*looked.conditions)
        named = _register(reader, asked)
        return [
            (of_few.where(LifecycleCase.id.in_(cases)), _HEAD),
            (of_few.where(LifecycleCase.ref == REGISTER, named), _HEAD),
        ]
    found: Rows = select(HistoryNews.act_at, HistoryNews.act_id).where(
        HistoryNews.act_at.is_not(None),
        _is_head(HistoryNews.case_id, HistoryNews.seq),
        _seen(reader, HistoryNews.case_id, asked, looked),
    )
    late = unfound(session).subquery("late")
    waiting: Rows = select(Last.at, Last.id).where(
        Last.id.in_(select(late.c.id)),
        Last.type.not_in(READINGS),
        _is_head(Last.case_id, Last.seq),
        _seen(reader, Last.case_id, asked, looked),
    )
    return [(found, _FOUND), (waiting, _HEAD)]


def _is_head(case_id: Any, seq: Any) -> ColumnElement[bool]:
    """The condition that an event is the last one that happened in its case: who looked at it is none."""
    act = aliased(Event)
    acts = select(act.seq).where(act.case_id == case_id, act.type.not_in(READINGS))
    happened: ColumnElement[bool] = seq == acts.order_by(act.seq.desc()).limit(1).scalar_subquery()
    return happened


def _seen(
    reader: _Reader, case_id: Any, asked: HistoriesWanted, looked: Wanted
) -> ColumnElement[bool]:
    """The condition that the person may read the history of a case, and that it is looked for."""
    # As a value and not as a question of existence: else PostgreSQL gathers every line to answer it.
    line = select(ListedProgramme.case_id).where(
        ListedProgramme.case_id == case_id,
        or_(*reader.of.both),
        *looked.conditions if asked.narrowed else (),
    )
    listed = line.correlate_except(ListedProgramme).limit(1).scalar_subquery().is_not(None)
    register = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
    return or_(listed, and_(case_id == register, _register(reader, asked)))


def _register(reader: _Reader, asked: HistoriesWanted) -> ColumnElement[bool]:
    """The condition that the person may read the register, and that it is looked for."""
    return literal(_reads_register(reader, asked))


def _reads_register(reader: _Reader, asked: HistoriesWanted) -> bool:
    """It is called so, and lies in no region."""
    named = asked.text.strip().casefold() in REGISTER.casefold()
    return reader.auditor and named and not asked.placed


def _count(session: Session, reader: _Reader, asked: HistoriesWanted, looked: Wanted) -> int | None:
    """How many histories there are; none where they are more than are counted."""
    register = int(_reads_register(reader, asked))
    if not asked.narrowed:
        by_framework = stages_by_framework(session, reader.person, reader.now)
        return sum(sum(each.values()) for each in by_framework.values()) + register
    most = None if looked.few else MOST_FOUND + 1
    found = sum(by_stage(session, reader.of, looked.conditions, most).values())
    return None if most and found >= most else found + register


def _shown(session: Session, reader: _Reader, keys: list[Key]) -> list[Any]:
    """The cases with their first and last events; the rule on cases is asked of each again."""
    today = reader.now.date()
    rows = session.execute(
        select(LifecycleCase, First.at.label("first"), Last, *standing(reader.person, today))
        .join(First, and_(First.case_id == LifecycleCase.id, First.seq == 1))
        .join(Last, Last.case_id == LifecycleCase.id)
        .where(
            Last.id.in_([number for _, number in keys]),
            known_to(reader.person, today),
            or_(LifecycleCase.ref != REGISTER, literal(reader.auditor)),
        )
        .order_by(Last.at.desc(), Last.id.desc())
    )
    return list(rows)


def _lines(session: Session, engine: Engine, reader: _Reader, rows: Any) -> tuple[HistoryLine, ...]:
    last = recorded(row[2] for row in rows)
    known = names(session, last)
    return tuple(
        HistoryLine(
            ref=row[0].ref,
            title=row[0].title,
            subject=row[0].subject,
            events=row[0].head_seq,
            first=row[1],
            last=event.at,
            says=_says(session, engine, row, event, (known, reader)),
        )
        for row, event in zip(rows, last, strict=True)
    )


def _says(
    session: Session,
    engine: Engine,
    row: Any,
    event: Recorded,
    to: tuple[Names, _Reader],
) -> Phrase:
    """The last event in words, where it is open to the reader."""
    known, reader = to
    case: LifecycleCase = row[0]
    definition = spoken_by(session, engine, case.definition_id)
    stands = Standing(row.audits, row.takes_part, row.decided, row.parts)
    sight = CaseSight(session, definition, case.id, case.ref, reader.person, reader.now, stands)
    if not _is_open(sight, case.state, event):
        return CLOSED
    before = earlier(session, engine, (event,)).get(case.id, ())
    return line(event, HistoryContext(definition, known, earlier=before)).says


def _is_open(sight: CaseSight, state: str, last: Recorded) -> bool:
    """Whether the last event of a case is open; nothing came after it, so the state says what is a draft."""
    if not isinstance(last.what, OfKind) or sight.definition is None or sight.standing.audits:
        return is_open(sight, last)
    kind = sight.definition.documents.get(last.what.kind)
    if kind is None or not sendings.drafted_in(sight.definition, state, kind.key):
        return sight.text(last.what.kind)
    # Of a private case only those know who may read its drafts.
    return sight.definition.states[state].private or sight.writes(kind)
