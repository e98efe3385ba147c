"""Whose move it is: for each of many cases, the open rounds and the seats that owe an answer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Date, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.benches import at_bench
from workflow.engine.children.waits import awaited
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat
from workflow.engine.moves.followers import Following, following
from workflow.engine.round_state import PAUSED_BY_STATE
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition, Opens
from workflow.lifecycles.seat import Part
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import SYSTEM

_TODAY = bindparam("today", type_=Date)
_HOLDER = aliased(Person)

_OPEN = (
    select(
        Round.id, Round.case_id, Round.key, Round.turn, Round.opened_at, Round.due_at,
        LifecycleCase.definition_id, LifecycleCase.state, Seat.id.label("seat"), Seat.role, Seat.part,
        Seat.status, Party.name, Party.kind, _HOLDER.name.label("holder"),
    )
    .join(LifecycleCase, LifecycleCase.id == Round.case_id)
    .join(Seat, Seat.round_id == Round.id)
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(
        Appointment,
        and_(
            Seat.status == OPEN,
            Appointment.role == Seat.role,
            Appointment.party_id == Seat.party_id,
            at_bench(),
            in_force(_TODAY),
        ),
    )
    .outerjoin(_HOLDER, and_(_HOLDER.id == Appointment.person_id, _HOLDER.disabled_at.is_(None)))
    .where(Round.status == OPEN, Round.paused_for != PAUSED_BY_STATE, Seat.role != SYSTEM)
    .where(Round.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(Round.id, Party.name, Seat.id, _HOLDER.name)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PendingSeat:
    """A seat without an answer; `office` says that its party is an office of the house.

    `people` are those who hold what it asks; where nobody does, it waits for an appointment. `able`
    are those whom nothing bars from answering, where that was asked.
    """

    role: str
    role_label: str
    party: str
    office: bool
    people: tuple[str, ...] = ()
    able: tuple[str, ...] | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Whose move it is, by name; nobody where the office is empty or everybody in it is barred."""
        return self.people if self.able is None else self.able


@dataclass(frozen=True, slots=True)
class PendingRound:
    """An open round: what it asks, of whom still, and what happens if they keep silent.

    Where everybody has answered and nothing is settled, `follows` says who can move it on. `waits` says
    which cases under this one have to end before anybody can answer.
    """

    round_key: str
    turn: int
    label: str
    asks: str
    since: datetime
    due: datetime | None
    if_silent: str
    owing: tuple[PendingSeat, ...]
    answered: int
    asked: int
    silence: bool = False
    follows: tuple[Following, ...] = ()
    waits: Phrase | None = None

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that still owe an answer, each once."""
        return tuple(dict.fromkeys(each.party for each in self.owing))


def pending_rounds(
    session: Session, engine: Engine, cases: Collection[int]
) -> Mapping[int, tuple[PendingRound, ...]]:
    """The open rounds of each case, those asked in its course before those somebody started."""
    found: dict[int, list[tuple[bool, PendingRound]]] = {}
    if cases:
        today = engine.now().date()
        rows = session.connection().execute(_OPEN, {"cases": [*cases], "today": today}).all()
        grouped = [list(group) for _, group in groupby(rows, key=lambda row: row.id)]
        followed = [engine.definition(group[0].definition_id, session) for group in grouped]
        asked = [
            (group[0].case_id, definition, definition.rounds[group[0].key])
            for group, definition in zip(grouped, followed, strict=True)
        ]
        below = awaited(session, asked)
        for group, (case_id, definition, spec) in zip(grouped, asked, strict=True):
            move = _move(session, definition, group, today)
            move = replace(move, waits=below.get((case_id, spec.key)))
            found.setdefault(case_id, []).append((spec.opens is Opens.ON_INITIATIVE, move))
    return {
        case_id: tuple(move for _, move in sorted(listed, key=lambda each: each[0]))
        for case_id, listed in found.items()
    }


def whose_move(session: Session, engine: Engine, ref: str) -> tuple[PendingRound, ...]:
    """The open rounds of the case that is called so; refuses a reference that is none."""
    found = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
    if found is None:
        raise NotFound(phrase("There is no case %(ref)s.", ref=ref))
    return pending_rounds(session, engine, [found]).get(found, ())


def _move(
    session: Session, definition: Definition, rows: Sequence[Any], today: date
) -> PendingRound:
    """One open round, whose seats come with a row for each of those who hold what they ask."""
    by_seat = {key: list(group) for key, group in groupby(rows, key=lambda row: row.seat)}
    spec, first = definition.rounds[rows[0].key], rows[0]
    seats = [group[0] for group in by_seat.values()]
    owing = tuple(_owing(definition, by_seat.values()))
    return PendingRound(
        round_key=spec.key,
        turn=first.turn,
        label=spec.label,
        asks=spec.asks,
        since=first.opened_at,
        due=first.due_at,
        if_silent=spec.if_silent,
        owing=owing,
        answered=sum(seat.status in ("answered", "recused") for seat in seats),
        asked=len(seats),
        silence=spec.rule.silence is not None,
        follows=() if owing else following(session, definition, first, today),
    )


def _owing(definition: Definition, seats: Iterable[Sequence[Any]]) -> Iterable[PendingSeat]:
    """The seats without an answer; whoever decides after hearing others comes last."""
    silent = [rows for rows in seats if rows[0].status == "open"]
    for rows in sorted(silent, key=lambda each: each[0].part == Part.DECIDES):
        seat, label = rows[0], definition.roles[rows[0].role].label
        people = tuple(dict.fromkeys(row.holder for row in rows if row.holder is not None))
        yield PendingSeat(seat.role, label, seat.name, seat.kind == "office", people)
