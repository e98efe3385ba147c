"""Every programme as it stood at the end of a day, from what its events are found by.

A page looks at a stretch of programmes, by their references, so that it costs the same in a
portfolio of any size; what is said of all of them is in the file.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from workflow.audit import canonical
from workflow.engine.declared_models import FactsDocument
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import audited
from workflow.errors import Refusal
from workflow.frameworks.models import Framework
from workflow.history.context import earlier, moves
from workflow.lifecycles.definition import Definition
from workflow.oversight.as_of.known import Listed, stretch
from workflow.oversight.events.filters import Rows, end_of
from workflow.oversight.events.indexer import behind
from workflow.oversight.models import EventFacet
from workflow.programmes.models import Programme
from workflow.vocabulary import Stage

PAGE = 50
PORTION = 500
LOOKED_AT = 1000
Then = aliased(EventFacet)


@dataclass(frozen=True, slots=True)
class CaseThen:
    """A programme with the state it stood in; `moved` says that it stands elsewhere today."""

    ref: str
    title: str
    titled_now: str
    framework: str
    stage: str
    state: str
    since: datetime
    events: int
    last: datetime
    state_now: str
    moved: bool


@dataclass(frozen=True, slots=True)
class PortfolioThen:
    """One page of all programmes as they stood; `behind` events are not counted in yet.

    `stages` says how many stood in each stage; none where there are more programmes than are looked
    at for one page, `most`. `further` is the reference after which the next page begins, `after` the
    one after which this one does.
    """

    day: date
    today: date
    lines: tuple[CaseThen, ...]
    stages: Mapping[str, int] | None
    stage: str
    most: int
    after: str
    further: str
    behind: int

    @property
    def total(self) -> int | None:
        """How many programmes there were, where that is known."""
        return None if self.stages is None else sum(self.stages.values())

    @property
    def choices(self) -> tuple[str, ...]:
        """The stages that a page is narrowed to."""
        return tuple(Stage)


def portfolio_as_of(
    session: Session,
    engine: Engine,
    person: int,
    day: date,
    now: datetime,
    *,
    stage: str = "",
    after: str = "",
) -> PortfolioThen:
    """The programmes that `person` may know of today, as they stood by the end of `day`, in UTC."""
    stage = stage if stage in set(Stage) else ""
    looked = stretch(session, person, now, LOOKED_AT + 1, after)
    more, looked = len(looked) > LOOKED_AT, looked[:LOOKED_AT]
    stages = _stages(session, looked, day)
    wanted = {stage} if stage else set(Stage)
    listed = [place for place in looked if stages.get(place.id) in wanted]
    shown = [place.id for place in listed[:PAGE]]
    ends = listed[PAGE - 1 : PAGE] if len(listed) > PAGE else looked[-1:] if more else ()
    whole = not after and not more
    return PortfolioThen(
        day=day,
        today=now.date(),
        lines=tuple(
            _lines(session, engine, session.execute(_wanted(shown, day)).all(), day, (person, now))
        ),
        stages=_counted(stages.values()) if whole else None,
        stage=stage,
        most=LOOKED_AT,
        after=after,
        further=next((place.ref for place in ends), ""),
        behind=behind(session),
    )


def portions_as_of(
    engine: Engine, person: int, day: date, now: datetime, stage: str = ""
) -> Iterator[tuple[int, tuple[CaseThen, ...]]]:
    """Every programme as it stood, a portion after the other, each with how many it was made of."""
    last, stage = "", stage if stage in set(Stage) else ""
    while True:
        with engine.reading() as session:
            found = stretch(session, person, now, PORTION, last)
            wanted = _wanted([place.id for place in found], day, stage)
            lines = tuple(
                _lines(session, engine, session.execute(wanted).all(), day, (person, now))
            )
        yield len(found), lines
        if len(found) < PORTION:
            return
        last = found[-1].ref


def _counted(stages: Collection[str]) -> Mapping[str, int]:
    found = Counter(stages)
    return {each.value: found[each.value] for each in Stage}


def _stages(session: Session, places: Collection[Listed], day: date) -> Mapping[int, str]:
    """In which stage each of these stood by then; those that had not begun are left out."""
    # Asked of each case alone: a join lets the planner read every event there is.
    stage = _last(Then.stage, day).label("stage")
    of = LifecycleCase.id.in_([place.id for place in places])
    rows = session.execute(select(LifecycleCase.id, stage).where(of))
    return {row.id: row.stage for row in rows if row.stage is not None}


def _last(column: InstrumentedAttribute[Any], day: date) -> ScalarSelect[Any]:
    """What the last event of a case by that day says of it."""
    return (
        select(column)
        .where(Then.case_id == LifecycleCase.id, Then.at < end_of(day))
        .order_by(Then.seq.desc())
        .limit(1)
        .correlate(LifecycleCase)
        .scalar_subquery()
    )


def _standing(statement: Rows, of: Collection[int], day: date) -> Rows:
    """`statement`, from each of these cases and its last event by that day."""
    last = _last(Then.seq, day)
    return (
        statement.select_from(LifecycleCase)
        .join(EventFacet, and_(EventFacet.case_id == LifecycleCase.id, EventFacet.seq == last))
        .where(LifecycleCase.id.in_(of))
    )


def _wanted(of: Collection[int], day: date, stage: str = "") -> Rows:
    columns: Rows = select(
        LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
        LifecycleCase.state.label("state_now"), Framework.title.label("framework"),
        EventFacet.stage, EventFacet.state, EventFacet.since, EventFacet.seq, EventFacet.at,
    )  # fmt: skip
    found = (
        _standing(columns, of, day)
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .outerjoin(Framework, Framework.id == Programme.framework_id)
    )
    if stage:
        found = found.where(EventFacet.stage == stage)
    return found.order_by(LifecycleCase.ref)


def _lines(
    session: Session,
    engine: Engine,
    rows: Collection[Any],
    day: date,
    to: tuple[int, datetime],
) -> Iterator[CaseThen]:
    listed = [row.id for row in rows]
    titles = _titles(session, listed, day, to)
    before = earlier(session, engine, moves(session, listed))
    for row in rows:
        now = engine.definition(row.definition_id, session)
        then = next((e.definition for e in before.get(row.id, ()) if row.seq < e.until), now)
        title = titles.get(row.id, row.title)
        yield CaseThen(
            ref=row.ref,
            title=title,
            titled_now=row.title if title != row.title else "",
            framework=row.framework or "",
            stage=row.stage,
            state=_called(then, row.state),
            since=row.since,
            events=row.seq,
            last=row.at,
            state_now=_called(now, row.state_now),
            moved=row.state_now != row.state,
        )


def _called(definition: Definition, state: str) -> str:
    known = definition.states.get(state)
    return known.label if known else state


def _titles(
    session: Session, ids: Collection[int], day: date, to: tuple[int, datetime]
) -> dict[int, str]:
    """The titles that the proposals bore by then, for auditors and for who takes part: one may be a draft's."""
    person, now = to
    inside = select(LifecycleCase.id).where(
        LifecycleCase.id.in_(ids),
        or_(audited(person, now.date()), takes_part(person, now.date())),
    )
    newest = (
        select(Document.case_id, Document.kind, func.max(Document.version).label("version"))
        .join(LifecycleCase, LifecycleCase.id == Document.case_id)
        .join(FactsDocument, FactsDocument.definition_id == LifecycleCase.definition_id)
        .where(
            Document.case_id.in_(inside),
            Document.kind == FactsDocument.kind,
            Document.filed_at < end_of(day),
        )
        .group_by(Document.case_id, Document.kind)
        .subquery()
    )
    rows = session.execute(
        select(Document.case_id, Document.body).join(
            newest,
            and_(
                Document.case_id == newest.c.case_id,
                Document.version == newest.c.version,
                Document.kind == newest.c.kind,
            ),
        )
    )
    told = ((case_id, _title(body)) for case_id, body in rows)
    return {case_id: title for case_id, title in told if title}


def _title(body: bytes) -> str:
    try:
        return str(canonical.parse(body).get("title") or "")
    except (Refusal, AttributeError):
        return ""
