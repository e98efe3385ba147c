"""The queue: every open seat that one person holds, with what is asked, by when, and if not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.duty_models import SeatClaim
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat, SignOff
from workflow.engine.permissions import candidates, context
from workflow.engine.permissions.candidates import RoundContext
from workflow.engine.permissions.claims import SeatStatus, held, interests, lifted
from workflow.engine.permissions.mandates import ActiveMandate, received
from workflow.engine.queue import batch
from workflow.engine.queue.query import OPEN, WEEK, QueueFilters, Rows, cursor, mine, narrowed
from workflow.lifecycles.definition import RoundSpec, RuleKind
from workflow.lifecycles.seat import SeatRef
from workflow.people.models import Appointment, Party
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
    tally = _tally(session, person, now)
    found = session.execute(narrowed(_columns(person, now), filters, now).limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return QueuePage(
        rows=_rows(session, engine, person, shown, now),
        tally=tally,
        countries=_all_countries(session, person, now) if tally.total else (),
        filters=filters,
        after=cursor(shown[-1]) if len(found) > PAGE else "",
        last=None if tally.total else _last_waited(session, person, now),
    )


def first(session: Session, engine: Engine, person: int, now: datetime) -> Waiting | None:
    """The next seat that this person can answer."""
    found = session.execute(narrowed(_columns(person, now), QueueFilters(), now).limit(PAGE)).all()
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
    LifecycleCase.definition_id, SeatClaim.person_id.label("claimant"),
)  # fmt: skip


def _columns(person: int, now: datetime) -> Rows:
    return _told(mine(select(*_TOLD), person, now))


def _told(seats: Rows) -> Rows:
    return (
        seats.join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .join(Party, Party.id == Seat.party_id)
        .outerjoin(SeatClaim, and_(SeatClaim.seat_id == Seat.id, SeatClaim.ended_at.is_(None)))
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
    countries = _countries(session, cases)
    own = context.offices(session, person, now.date())
    mandates = _mandates(session, person, own, found, now)
    people = {person, *(each.principal for each in mandates.values())}
    done = candidates.pasts(session, cases, people)
    rounds = {row.round_id for row in found}
    answered = {each: _answered(session, rounds, each) for each in people}
    at_seats = _at_seats(session, engine, found, now)
    waiting = []
    for row in found:
        definition = engine.definition(row.definition_id)
        spec = definition.rounds[row.key]
        round_context = RoundContext(
            definition, spec, round_open=True, in_state=row.state in spec.states,
            answered={
                seat: (each,) for each in people for seat in answered[each].get(row.round_id, ())
            },
            turns=_turns(session, spec, row.round_id),
            heard=context.heard(session, spec, row.case_id),
            seat_status=at_seats,
        )  # fmt: skip
        place = SeatRef(row.role, row.party_id, row.party, row.status)
        past = done.get((row.case_id, person), candidates.NOTHING)
        mandate = mandates.get(row.id)
        barred = candidates.barred(
            round_context, row.id, place, person,
            {mandate.office: mandate.appointment}
            if mandate
            else own,
            past,
            candidates.principal(round_context, row.id, mandate, done.get((row.case_id, mandate.principal)))
            if mandate
            else None,
        )  # fmt: skip
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
                principal=mandate.name if mandate else "",
                held=at_seats.held[row.id].name if row.id in at_seats.held else "",
            )
        )
    return tuple(waiting)


def _mandates(
    session: Session,
    person: int,
    own: Mapping[tuple[str, int], int],
    found: Sequence[Any],
    now: datetime,
) -> dict[int, ActiveMandate]:
    """Of each seat that is of no office of the person: the oldest mandate that reaches it."""
    others = [row for row in found if (row.role, row.party_id) not in own]
    usable = received(session, person, now.date()) if others else ()
    return {
        row.id: mandate
        for row in others
        for mandate in reversed(usable)
        if mandate.office == (row.role, row.party_id) and mandate.covers(row.ref, row.key)
    }


def _at_seats(session: Session, engine: Engine, found: Sequence[Any], now: datetime) -> SeatStatus:
    """Who has taken the seats, and what was declared and lifted where that can be."""
    seats = {row.id: engine.definition(row.definition_id).rounds[row.key] for row in found}
    declared = [seat for seat, spec in seats.items() if spec.declares]
    taken = [row.id for row in found if row.claimant is not None]
    freed = [seat for seat, spec in seats.items() if spec.rule.override]
    return SeatStatus(
        held=held(session, taken, now.date()) if taken else {},
        interests=interests(session, declared) if declared else {},
        lifted=lifted(session, freed) if freed else {},
    )


def _turns(session: Session, spec: RoundSpec, round_id: int) -> dict[int, str]:
    """Of each seat that is asked after others: who comes first; most rules ask all at once."""
    if spec.rule.kind is not RuleKind.SEQUENTIAL:
        return {}
    return context.turns(spec, round_state.by_id(session, round_id))


def _countries(session: Session, cases: set[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(CaseParty.case_id, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(
            CaseParty.case_id.in_(cases),
            CaseParty.capacity == "beneficiary",
            Party.iso3.is_not(None),
        )
        .order_by(Party.name)
    )
    found: dict[int, list[str]] = {}
    for case_id, iso3 in rows:
        found.setdefault(case_id, []).append(str(iso3))
    return found


def _answered(session: Session, rounds: set[int], person: int) -> dict[int, list[int]]:
    rows = session.execute(
        select(SignOff.round_id, SignOff.seat_id)
        .outerjoin(Appointment, Appointment.id == SignOff.appointment_id)
        .where(
            SignOff.round_id.in_(rounds),
            or_(SignOff.person_id == person, Appointment.person_id == person),
            SignOff.standing,
        )
    )
    found: dict[int, list[int]] = {}
    for round_id, seat in rows:
        found.setdefault(round_id, []).append(seat)
    return found


def _all_countries(session: Session, person: int, now: datetime) -> tuple[str, ...]:
    statement = (
        mine(select(Party.iso3, Party.name), person, now)
        .join(CaseParty, CaseParty.case_id == Seat.case_id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(OPEN, CaseParty.capacity == "beneficiary", Party.iso3.is_not(None))
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
