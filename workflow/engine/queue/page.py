"""The queue: every open seat that one person holds, with what is asked, by when, and if not."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat, SignOff
from workflow.engine.permissions.candidates import first_free
from workflow.engine.permissions.context import Acting, RoundContext, RoundOfCase, round_contexts
from workflow.engine.permissions.mandates import received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.prior_acts import pasts
from workflow.engine.queue import batch
from workflow.engine.queue.query import OPEN, WEEK, QueueFilters, Rows, cursor, mine, narrowed
from workflow.lifecycles.seat import SeatRef
from workflow.people.models import Party
from workflow.phrase import Phrase
from workflow.vocabulary import STAGES

PAGE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """One seat that waits for the person; `barred` says why somebody else has to answer it.

    `in_folder` says that it can be signed together with others; `held` is who has taken it;
    `principal` is for whom it would be answered, under a mandate.
    """

    seat: int
    ref: str
    title: str
    stage: str
    countries: tuple[str, ...]
    round_key: str
    turn: int
    asks: str
    role: str
    party: str
    since: datetime
    due: datetime | None
    if_silent: str
    barred: tuple[Phrase, ...]
    in_folder: bool
    principal: str = ""
    held: str = ""


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """One office of the person and how many seats wait for it."""

    role: str
    party_key: str
    party: str
    count: int

    @property
    def key(self) -> str:
        """The office as an address carries it."""
        return f"{self.role}:{self.party_key}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much waits, before any filter."""

    total: int
    late: int
    this_week: int
    offices: tuple[OfficeCount, ...]
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastWaited:
    """The last seat that waited for the person, and until when."""

    ref: str
    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a person's queue; `after` leads to the next one, if there is one."""

    rows: tuple[Waiting, ...]
    tally: Tally
    countries: tuple[str, ...]
    filters: QueueFilters
    after: str
    last: LastWaited | None


def page(
    session: Session, engine: Engine, person: int, filters: QueueFilters, now: datetime
) -> QueuePage:
    """The seats that wait for `person`, due first; those without a due time come last."""
    tally, located_by = _tally(session, person, now), engine.domain.located_by
    found = session.execute(
        narrowed(_columns(person, now), filters, located_by, now).limit(PAGE + 1)
    ).all()
    shown = found[:PAGE]
    return QueuePage(
        rows=_rows(session, engine, person, shown, now),
        tally=tally,
        countries=_all_countries(session, person, located_by, now) if tally.total else (),
        filters=filters,
        after=cursor(shown[-1]) if len(found) > PAGE else "",
        last=None if tally.total else _last_waited(session, person, now),
    )


def first(session: Session, engine: Engine, person: int, now: datetime) -> Waiting | None:
    """The next seat that this person can answer."""
    found = session.execute(_columns(person, now).limit(PAGE)).all()
    return next((row for row in _rows(session, engine, person, found, now) if not row.barred), None)


def _tally(session: Session, person: int, now: datetime) -> Tally:
    late = func.sum(case((Seat.due_at < now, 1), else_=0))
    week = func.sum(case((Seat.due_at.between(now, now + WEEK), 1), else_=0))
    what = (Seat.role, Party.key, Party.name, LifecycleCase.stage)
    statement = (
        mine(select(*what, func.count(), late, week), person, now)
        .join(Party, Party.id == Seat.party_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .where(OPEN)
        .group_by(*what)
    )
    rows = session.execute(statement).all()
    counts: Counter[tuple[str, str, str]] = Counter()
    for role, key, name, _, number, *_ in rows:
        counts[role, key, name] += number
    stages = {row.stage for row in rows}
    return Tally(
        total=counts.total(),
        late=sum(row[5] for row in rows),
        this_week=sum(row[6] for row in rows),
        offices=tuple(OfficeCount(*office, number) for office, number in sorted(counts.items())),
        stages=tuple(stage for stage in STAGES if stage in stages),
    )


_TOLD = (
    Seat.id, Seat.round_id, Seat.case_id, Seat.role, Seat.party_id, Seat.status,
    Seat.opened_at, Seat.due_at, Party.name.label("party"), Round.key, Round.turn,
    LifecycleCase.ref, LifecycleCase.title, LifecycleCase.stage, LifecycleCase.state,
    LifecycleCase.definition_id,
)  # fmt: skip


def _columns(person: int, now: datetime) -> Rows:
    return _told(mine(select(*_TOLD), person, now))


def _told(seats: Rows) -> Rows:
    return (
        seats.join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .join(Party, Party.id == Seat.party_id)
        .where(OPEN)
        .order_by(Seat.due_at.is_(None), Seat.due_at, Seat.id)
    )


def _rows(
    session: Session,
    engine: Engine,
    person: int,
    found: Sequence[Any],
    now: datetime,
) -> tuple[Waiting, ...]:
    """The rows with their countries and with what bars the person, read for all of them at once."""
    if not found:
        return ()
    cases = {row.case_id for row in found}
    countries = _countries(session, cases, engine.domain.located_by)
    ways = _ways(session, person, found, now)
    past = pasts(
        session, cases, set().union(*(a.everybody for each in ways.values() for a in each))
    )
    contexts = _contexts(session, engine, found, now)
    waiting = []
    for row in found:
        at = contexts[row.round_id]
        spec, status = at.spec, at.seat_status
        place = SeatRef(row.role, row.party_id, row.party, row.status)
        acting, barred = first_free(at, row.id, place, ways[row.id], past)
        waiting.append(
            Waiting(
                seat=row.id,
                ref=row.ref,
                title=row.title,
                stage=row.stage,
                countries=tuple(countries.get(row.case_id, ())),
                round_key=row.key,
                turn=row.turn,
                asks=spec.asks,
                role=row.role,
                party=row.party,
                since=row.opened_at,
                due=row.due_at,
                if_silent=spec.if_silent,
                barred=barred,
                in_folder=not barred and batch.fits(spec, row.role),
                principal=acting.mandate.name if acting.mandate else "",
                held=status.held[row.id].name if row.id in status.held else "",
            )
        )
    return tuple(waiting)


def _contexts(
    session: Session, engine: Engine, found: Sequence[Any], now: datetime
) -> dict[int, RoundContext]:
    """What the permission check has to know of the rounds of these seats, by round."""
    rounds = round_state.by_ids(session, {row.round_id for row in found})
    asked = {}
    for row in found:
        definition = engine.definition(row.definition_id, session)
        asked[row.round_id] = RoundOfCase(
            definition, definition.rounds[row.key], row.case_id, row.ref, row.state,
            rounds[row.round_id],
        )  # fmt: skip
    return dict(zip(asked, round_contexts(session, list(asked.values()), now), strict=True))


def _ways(
    session: Session, person: int, found: Sequence[Any], now: datetime
) -> dict[int, list[Acting]]:
    """Of each seat: the person in an office of their own, or under each mandate that reaches it."""
    own = Acting(person, offices(session, person, now.date()))
    others = [row for row in found if (row.role, row.party_id) not in own.offices]
    usable = received(session, person, now.date()) if others else ()
    ways = {
        row.id: [
            Acting.under(mandate)
            for mandate in usable
            if mandate.office == (row.role, row.party_id) and mandate.covers(row.ref, row.key)
        ]
        for row in others
    }
    return {row.id: ways.get(row.id) or [own] for row in found}


def _countries(session: Session, cases: set[int], located_by: str) -> dict[int, list[str]]:
    rows = session.execute(
        select(CaseParty.case_id, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(
            CaseParty.case_id.in_(cases),
            CaseParty.capacity == located_by,
            Party.iso3.is_not(None),
        )
        .order_by(Party.name)
    )
    found: dict[int, list[str]] = {}
    for case_id, iso3 in rows:
        found.setdefault(case_id, []).append(str(iso3))
    return found


def _all_countries(
    session: Session, person: int, located_by: str, now: datetime
) -> tuple[str, ...]:
    statement = (
        mine(select(Party.iso3, Party.name), person, now)
        .join(CaseParty, CaseParty.case_id == Seat.case_id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(OPEN, CaseParty.capacity == located_by, Party.iso3.is_not(None))
        .distinct()
        .order_by(Party.name)
    )
    return tuple(iso3 for iso3, _ in session.execute(statement))


def _last_waited(session: Session, person: int, now: datetime) -> LastWaited | None:
    until = func.coalesce(SignOff.at, Round.settled_at)
    row = session.execute(
        mine(select(LifecycleCase.ref, LifecycleCase.title, until), person, now)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
        .where(until.is_not(None))
        .order_by(until.desc())
        .limit(1)
    ).first()
    return LastWaited(row[0], row[1], row[2]) if row else None
