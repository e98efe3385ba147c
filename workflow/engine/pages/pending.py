"""Whose move it is: for each of many cases, the open rounds and the seats that owe an answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat
from workflow.engine.round_state import PAUSED_BY_STATE
from workflow.lifecycles.definition import Definition, Opens
from workflow.lifecycles.seat import Part
from workflow.people.models import Party
from workflow.vocabulary import SYSTEM

_OPEN = (
    select(
        Round.id, Round.case_id, Round.key, Round.turn, Round.opened_at, Round.due_at,
        LifecycleCase.definition_id, Seat.role, Seat.part, Seat.status, Party.name, Party.kind,
    )
    .join(LifecycleCase, LifecycleCase.id == Round.case_id)
    .join(Seat, Seat.round_id == Round.id)
    .join(Party, Party.id == Seat.party_id)
    .where(Round.status == OPEN, Round.paused_for != PAUSED_BY_STATE, Seat.role != SYSTEM)
    .where(Round.case_id.in_(bindparam("cases", expanding=True)))
    .order_by(Round.id, Party.name, Seat.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PendingSeat:
    """A seat without an answer; `office` says that its party is an office of the house."""

    role: str
    role_label: str
    party: str
    office: bool


@dataclass(frozen=True, slots=True)
class PendingRound:
    """An open round: what it asks, of whom still, and what happens if they keep silent."""

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
        rows = session.connection().execute(_OPEN, {"cases": [*cases]}).all()
        for _, group in groupby(rows, key=lambda row: row.id):
            seats = list(group)
            definition = engine.definition(seats[0].definition_id, session)
            started = definition.rounds[seats[0].key].opens is Opens.ON_INITIATIVE
            found.setdefault(seats[0].case_id, []).append((started, _move(definition, seats)))
    return {
        case_id: tuple(move for _, move in sorted(listed, key=lambda each: each[0]))
        for case_id, listed in found.items()
    }


def _move(definition: Definition, seats: list[Any]) -> PendingRound:
    spec, first = definition.rounds[seats[0].key], seats[0]
    return PendingRound(
        round_key=spec.key,
        turn=first.turn,
        label=spec.label,
        asks=spec.asks,
        since=first.opened_at,
        due=first.due_at,
        if_silent=spec.if_silent,
        owing=tuple(_owing(definition, seats)),
        answered=sum(seat.status in ("answered", "recused") for seat in seats),
        asked=len(seats),
        silence=spec.rule.silence is not None,
    )


def _owing(definition: Definition, seats: Iterable[Any]) -> Iterable[PendingSeat]:
    """The seats without an answer; whoever decides after hearing others comes last."""
    silent = [seat for seat in seats if seat.status == "open"]
    for seat in sorted(silent, key=lambda each: each.part == Part.DECIDES):
        label = definition.roles[seat.role].label
        yield PendingSeat(seat.role, label, seat.name, office=seat.kind == "office")
