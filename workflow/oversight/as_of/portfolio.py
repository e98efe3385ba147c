"""Every programme as it stood at the end of a day, from what its events are found by."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.engine import Engine
from workflow.engine.models import Document, LifecycleCase
from workflow.engine.permissions.visibility import audits, known_to
from workflow.errors import Refusal
from workflow.frameworks.models import Framework
from workflow.orders.kinds import Said
from workflow.oversight.events.basis import basis, private
from workflow.oversight.events.filters import Rows, end_of
from workflow.oversight.events.indexer import behind
from workflow.oversight.models import EventFacet
from workflow.programmes.models import Programme
from workflow.vocabulary import Stage

PAGE = 50
PORTION = 500
PROPOSAL = "proposal"


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
    """One page of all programmes as they stood; `behind` events are not counted in yet."""

    day: date
    today: date
    lines: tuple[CaseThen, ...]
    stages: Mapping[str, int]
    stage: str
    found: int
    page: int
    pages: int
    behind: int

    @property
    def total(self) -> int:
        """How many programmes there were."""
        return sum(self.stages.values())


def portfolio_as_of(
    session: Session,
    engine: Engine,
    person: int,
    day: date,
    now: datetime,
    *,
    stage: str = "",
    page: int = 1,
) -> PortfolioThen:
    """The programmes that `person` may know of today, as they stood by the end of `day`, in UTC."""
    stage = stage if stage in set(Stage) else ""
    counted = _standing(select(EventFacet.stage, func.count()), person, day, now)
    rows = session.execute(counted.group_by(EventFacet.stage))
    stages: dict[str, int] = dict(tuple(row) for row in rows)
    found = stages.get(stage, 0) if stage else sum(stages.values())
    shown = session.execute(
        _wanted(person, day, now, stage).offset((page - 1) * PAGE).limit(PAGE)
    ).all()
    return PortfolioThen(
        day=day,
        today=now.date(),
        lines=tuple(_lines(session, engine, shown, day)),
        stages={each.value: stages.get(each.value, 0) for each in Stage},
        stage=stage,
        found=found,
        page=page,
        pages=-(-found // PAGE),
        behind=behind(session),
    )


def known_then(session: Session, person: int, now: datetime, most: int | None = None) -> int:
    """How many programmes the person may know of; no more are counted than `most`."""
    some = _programmes(person, now).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def rights_then(session: Session, person: int, now: datetime) -> Said:
    """On what rights the person knows of them: as an auditor, or of which private ones."""
    if audits(session, person, now.date()):
        return basis(audited=True, refs=())
    found = session.execute(_programmes(person, now).where(private()))
    return basis(audited=False, refs=(row.ref for row in found))


def portions_as_of(
    engine: Engine, person: int, day: date, now: datetime, stage: str = ""
) -> Iterator[tuple[int, tuple[CaseThen, ...]]]:
    """Every programme as it stood, a portion after the other, each with how many it was made of."""
    last, stage = "", stage if stage in set(Stage) else ""
    while True:
        with engine.reading() as session:
            after = _programmes(person, now).where(LifecycleCase.ref > last).limit(PORTION)
            found = session.execute(after).all()
            ids = [row.id for row in found]
            wanted = _wanted(person, day, now, stage, of=ids)
            lines = tuple(_lines(session, engine, session.execute(wanted).all(), day))
        yield len(ids), lines
        if len(ids) < PORTION:
            return
        last = found[-1].ref


def _programmes(person: int, now: datetime) -> Rows:
    """The programmes that the person may know of, by their reference."""
    known = select(LifecycleCase.id, LifecycleCase.ref).join(
        Programme, Programme.case_id == LifecycleCase.id
    )
    known = known.where(known_to(person, now.date()), LifecycleCase.definition_id.is_not(None))
    return known.order_by(LifecycleCase.ref)


def _standing(
    statement: Rows, person: int, day: date, now: datetime, of: Collection[int] | None = None
) -> Rows:
    """`statement`, from each programme, or each one `of` these, and its last event by that day."""
    some = () if of is None else (EventFacet.case_id.in_(of),)
    last = (
        select(EventFacet.case_id, func.max(EventFacet.seq).label("seq"))
        .where(EventFacet.at < end_of(day), *some)
        .group_by(EventFacet.case_id)
        .subquery()
    )
    return (
        statement.select_from(last)
        .join(
            EventFacet,
            and_(EventFacet.case_id == last.c.case_id, EventFacet.seq == last.c.seq),
        )
        .join(LifecycleCase, LifecycleCase.id == EventFacet.case_id)
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .outerjoin(Framework, Framework.id == Programme.framework_id)
        .where(known_to(person, now.date()), LifecycleCase.definition_id.is_not(None))
    )


def _wanted(
    person: int, day: date, now: datetime, stage: str, of: Collection[int] | None = None
) -> Rows:
    columns: Rows = select(
        LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
        LifecycleCase.state.label("state_now"), Framework.title.label("framework"),
        EventFacet.stage, EventFacet.state, EventFacet.since, EventFacet.seq, EventFacet.at,
    )  # fmt: skip
    found = _standing(columns, person, day, now, of)
    if stage:
        found = found.where(EventFacet.stage == stage)
    return found.order_by(LifecycleCase.ref)


def _lines(
    session: Session, engine: Engine, rows: Collection[Any], day: date
) -> Iterator[CaseThen]:
    titles = _titles(session, [row.id for row in rows], day)
    for row in rows:
        states = engine.definition(row.definition_id, session).states
        title = titles.get(row.id, row.title)
        yield CaseThen(
            ref=row.ref,
            title=title,
            titled_now=row.title if title != row.title else "",
            framework=row.framework or "",
            stage=row.stage,
            state=states[row.state].label if row.state in states else row.state,
            since=row.since,
            events=row.seq,
            last=row.at,
            state_now=states[row.state_now].label if row.state_now in states else row.state_now,
            moved=row.state_now != row.state,
        )


def _titles(session: Session, ids: Collection[int], day: date) -> dict[int, str]:
    """The titles that the proposals bore by then."""
    newest = (
        select(Document.case_id, func.max(Document.version).label("version"))
        .where(
            Document.case_id.in_(ids), Document.kind == PROPOSAL, Document.filed_at < end_of(day)
        )
        .group_by(Document.case_id)
        .subquery()
    )
    rows = session.execute(
        select(Document.case_id, Document.body).join(
            newest,
            and_(
                Document.case_id == newest.c.case_id,
                Document.version == newest.c.version,
                Document.kind == PROPOSAL,
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
