"""The queue: every open seat that one person holds, with what is asked, by when, and if not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import appointment_at
from workflow.engine.engine import Engine
from workflow.engine.moves.papers import others_papers, own_form
from workflow.engine.moves.waits import Mover, Stopped, movers
from workflow.engine.permissions.candidates import first_free
from workflow.engine.permissions.context import Acting, RoundContext, RoundOfCase, round_contexts
from workflow.engine.permissions.mandates import received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.prior_acts import pasts
from workflow.engine.queue import batch
from workflow.engine.queue.query import QueueFilters, found
from workflow.engine.queue.seats import CASE_PARTY, PARTY
from workflow.engine.queue.tally import Choices, LastWaited, Tally, choices, last_waited, tallied
from workflow.engine.queue.ways import ways
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Phrase
from workflow.vocabulary import Footing

PAGE = 25


@dataclass(frozen=True, slots=True)
class Waiting:
    """One seat that waits for the person; `barred` says why somebody else has to answer it.

    `in_folder` says that it can be signed together with others; `held` is who has taken it;
    `principal` is for whom it would be answered, under a mandate. `form` is the document that is
    written and signed there, and `waits` are those whose move comes first.
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
    role_label: str
    party: str
    since: datetime
    due: datetime | None
    if_silent: str
    barred: tuple[Phrase, ...]
    in_folder: bool
    principal: str = ""
    held: str = ""
    form: str = ""
    waits: tuple[Mover, ...] = ()
    lacking: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the person can answer it now, if need be by writing first what it is about."""
        return not self.barred and not self.lacking

    @property
    def path(self) -> str:
        """Where it is answered: on the page of its round, or at the end of the form that is written there."""
        if self.ready and self.form:
            return f"/programmes/{self.ref}/documents/{self.form}/edit"
        return f"/programmes/{self.ref}/rounds/{self.round_key}/{self.turn}?seat={self.seat}"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a person's queue; `after` leads to the next one, if there is one."""

    rows: tuple[Waiting, ...]
    tally: Tally
    choices: Choices
    filters: QueueFilters
    after: str
    last: LastWaited | None

    @property
    def ready(self) -> tuple[Waiting, ...]:
        """What the person can answer now."""
        return tuple(row for row in self.rows if row.ready)

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits for others first."""
        return tuple(row for row in self.rows if not row.ready)


def page(
    session: Session, engine: Engine, person: int, filters: QueueFilters, now: datetime
) -> QueuePage:
    """The seats that wait for `person`, due first; those without a due time come last."""
    on, located_by = ways(session, person, now.date()), engine.domain.located_by
    tally, offices = tallied(session, on, now)
    chosen = [way for way in on if filters.office in {"", offices[way.office]}]
    listed = found(session, chosen, filters, located_by, now, PAGE)
    return QueuePage(
        rows=waiting_rows(session, engine, person, listed.rows, now),
        tally=tally,
        choices=choices(session, on, tally, located_by),
        filters=filters,
        after=listed.after,
        last=None if tally.total else last_waited(session, person, on),
    )


def head(
    session: Session,
    engine: Engine,
    person: int,
    now: datetime,
    most: int,
    near: tuple[datetime, datetime] | None = None,
) -> tuple[Tally, tuple[Waiting, ...]]:
    """How much waits for the person, also within a time that is `near`, and the first `most` of it."""
    on = ways(session, person, now.date())
    tally, _ = tallied(session, on, now, near)
    listed = found(session, on, QueueFilters(), engine.domain.located_by, now, most)
    return tally, waiting_rows(session, engine, person, listed.rows, now)


def first(session: Session, engine: Engine, person: int, now: datetime) -> Waiting | None:
    """The next seat that this person can answer."""
    on = ways(session, person, now.date())
    listed = found(session, on, QueueFilters(), engine.domain.located_by, now, PAGE)
    return next(
        (row for row in waiting_rows(session, engine, person, listed.rows, now) if row.ready), None
    )


def waiting_rows(
    session: Session,
    engine: Engine,
    person: int,
    listed: Sequence[Any],
    now: datetime,
) -> tuple[Waiting, ...]:
    """The rows as a page shows them, with their countries and with what bars the person, read for all at once."""
    if not listed:
        return ()
    cases = {row.case_id for row in listed}
    countries = _countries(session, cases, engine.domain.located_by)
    ways = _ways(session, person, listed, now)
    past = pasts(
        session, cases, set().union(*(a.everybody for each in ways.values() for a in each))
    )
    contexts = _contexts(session, engine, listed, now)
    waiting = []
    for row in listed:
        at = contexts[row.round_id]
        place = _place(row)
        acting, barred = first_free(at, row.id, place, ways[row.id], past)
        principal = acting.mandate.name if acting.mandate else ""
        declares = at.seat_status.owes(at.spec, row.role, row.id, person)
        settled = barred or declares
        lacking = () if settled else others_papers(session, at, row.part, row.role)
        known = KnownRow(tuple(countries.get(row.case_id, ())), barred, principal, lacking)
        waiting.append(_waiting(row, at, known))
    return _with_movers(session, waiting, listed, contexts, now)


def _with_movers(
    session: Session,
    waiting: Sequence[Waiting],
    listed: Sequence[Any],
    contexts: Mapping[int, RoundContext],
    now: datetime,
) -> tuple[Waiting, ...]:
    """The rows, with whose move it is first where the person cannot answer."""
    stopped = [
        Stopped(row.id, _place(row), contexts[row.round_id], row.opened_at, each.lacking)
        for each, row in zip(waiting, listed, strict=True)
        if not each.ready
    ]
    found = movers(session, stopped, now)
    return tuple(replace(each, waits=found.get(each.seat, ())) for each in waiting)


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What was read of one row besides its seat and its round."""

    countries: tuple[str, ...]
    barred: tuple[Phrase, ...]
    principal: str
    lacking: tuple[str, ...]


def _waiting(row: Any, at: RoundContext, known: KnownRow) -> Waiting:
    """One seat as the queue shows it."""
    spec, held = at.spec, at.seat_status.held
    return Waiting(
        seat=row.id,
        ref=row.ref,
        title=row.title,
        stage=row.stage,
        countries=known.countries,
        round_key=row.key,
        turn=row.turn,
        asks=spec.asks,
        role=row.role,
        role_label=at.definition.roles[row.role].label,
        party=row.party,
        since=row.opened_at,
        due=row.due_at,
        if_silent=spec.if_silent,
        barred=known.barred,
        in_folder=not (known.barred or known.lacking) and batch.fits(spec, row.role),
        principal=known.principal,
        held=held[row.id].name if row.id in held else "",
        form="" if known.principal else own_form(at.definition, spec, row.role, row.state),
        lacking=known.lacking,
    )


def _contexts(
    session: Session, engine: Engine, listed: Sequence[Any], now: datetime
) -> dict[int, RoundContext]:
    """What the permission check has to know of the rounds of these seats, by round."""
    rounds = round_state.by_ids(session, {row.round_id for row in listed})
    asked = {}
    for row in listed:
        definition = engine.definition(row.definition_id, session)
        asked[row.round_id] = RoundOfCase(
            definition, definition.rounds[row.key], row.case_id, row.ref, row.state,
            rounds[row.round_id], Footing(row.footing),
        )  # fmt: skip
    return dict(zip(asked, round_contexts(session, list(asked.values()), now), strict=True))


def _ways(
    session: Session, person: int, listed: Sequence[Any], now: datetime
) -> dict[int, list[Acting]]:
    """Of each seat: the person in an office of their own, or under each mandate that reaches it."""
    own = Acting(person, offices(session, person, now.date()))
    others = [row for row in listed if appointment_at(own.offices, _place(row)) is None]
    usable = received(session, person, now.date()) if others else ()
    ways = {
        row.id: [
            Acting.under(mandate)
            for mandate in usable
            if mandate.office.fits(_place(row)) and mandate.covers(row.ref, row.key)
        ]
        for row in others
    }
    return {row.id: ways.get(row.id) or [own] for row in listed}


def _place(row: Any) -> SeatRef:
    """The seat of a row as the check of permission sees it."""
    return SeatRef(row.role, row.party_id, row.party, row.status, row.bench_id)


_LYING = (
    select(CASE_PARTY.c.case_id, PARTY.c.iso3)
    .join(PARTY, PARTY.c.id == CASE_PARTY.c.party_id)
    .where(
        CASE_PARTY.c.case_id.in_(bindparam("cases", expanding=True)),
        CASE_PARTY.c.capacity == bindparam("capacity"),
        PARTY.c.iso3.is_not(None),
    )
    .order_by(PARTY.c.name)
)


def _countries(session: Session, cases: set[int], located_by: str) -> dict[int, list[str]]:
    lying: dict[int, list[str]] = {}
    values = {"cases": [*cases], "capacity": located_by}
    for case_id, iso3 in session.connection().execute(_LYING, values):
        lying.setdefault(case_id, []).append(str(iso3))
    return lying
