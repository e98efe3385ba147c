"""What the closed cases of a lifecycle showed, read from their rounds, seats and answers.

The whole of it is read: it is for workers and commands, never for a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from workflow.engine.models import END, DefinitionVersion, LifecycleCase, Round, Seat, SignOff
from workflow.forecast.simulation.observations import (
    AskedAs,
    InitiativeWait,
    Observations,
    Pace,
    SeatWait,
    pace_of,
    waited,
)
from workflow.forecast.simulation.working_time import instant
from workflow.history.stays import passage
from workflow.lifecycles.definition import Definition, Opens
from workflow.lifecycles.seat import PARTS
from workflow.vocabulary import Footing

# The newest closed cases that are learnt from; older ones tell of another house.
MOST_CASES = 1000


def closed_cases(session: Session, key: str) -> tuple[int, ...]:
    """The cases of any version of a lifecycle that have ended here, the newest first."""
    found = (
        select(LifecycleCase.id)
        .join(DefinitionVersion, DefinitionVersion.id == LifecycleCase.definition_id)
        .where(
            DefinitionVersion.key == key,
            LifecycleCase.stage == END,
            LifecycleCase.footing == Footing.MANAGED.value,
        )
        .order_by(LifecycleCase.id.desc())
        .limit(MOST_CASES)
    )
    return tuple(session.scalars(found))


def observed(session: Session, definition: Definition) -> Observations:
    """What the closed cases of this lifecycle showed, as far as its rounds are still called the same."""
    cases = closed_cases(session, definition.key)
    if not cases:
        return Observations()
    rounds = _rounds(session, definition, cases)
    return Observations(
        waits=tuple(wait for each in rounds.values() for wait in each.waits(definition, rounds)),
        stays=tuple(_stays(session, definition, cases, rounds)),
        sizes=_sizes(rounds),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One seat of a round that is over, with its first answer, if somebody gave one."""

    role: str
    part: str
    answered: datetime | None
    verdict: str


@dataclass(frozen=True, slots=True)
class _Over:
    """A round of a closed case, from its opening to its end."""

    case: int
    key: str
    state: str
    opened: datetime
    due: datetime | None
    ended: datetime
    seats: list[_Asked]

    def waits(self, definition: Definition, rounds: Mapping[int, "_Over"]) -> Iterator[SeatWait]:
        """How long each of its seats waited; until the end of the round where nobody answered."""
        spec = definition.rounds[self.key]
        pace, begun = pace_of(spec), instant(self._begun(spec.after_round, rounds))
        for seat in self.seats:
            until = instant(seat.answered or self.ended)
            asked = AskedAs(self.key, seat.role, PARTS[seat.part])
            yield SeatWait(self.case, asked, max(0.0, waited(pace, begun, until)), seat.verdict)

    def _begun(self, after: str, rounds: Mapping[int, "_Over"]) -> datetime:
        """When its seats could be answered: once the round was heard that it waits for."""
        first = [
            each
            for each in (rounds.values() if after else ())
            if (each.case, each.key) == (self.case, after) and each.opened <= self.opened
        ]
        return max([self.opened, *(each.heard for each in first if each.heard <= self.ended)])

    @property
    def heard(self) -> datetime:
        """When nobody waited for it any more."""
        answers = [seat.answered or self.ended for seat in self.seats]
        return min(max(answers, default=self.ended), self.due or self.ended, self.ended)


def _rounds(session: Session, definition: Definition, cases: Sequence[int]) -> dict[int, _Over]:
    found: dict[int, _Over] = {}
    for row in session.execute(_seats(cases)):
        if row.key not in definition.rounds or row.part not in PARTS:
            continue
        over = found.setdefault(
            row.id,
            _Over(
                row.case_id, row.key, row.state, row.opened_at, row.due_at,
                row.effective_at or row.settled_at or row.opened_at, [],
            ),
        )  # fmt: skip
        offered = definition.rounds[row.key].rule.verdicts
        said = row.person_id is not None and row.verdict in offered
        over.seats.append(
            _Asked(row.role, row.part, row.at if said else None, row.verdict if said else "")
        )
    return found


def _seats(cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Round.id, Round.case_id, Round.key, Round.state, Round.opened_at, Round.due_at),
            *(Round.effective_at, Round.settled_at, Seat.role, Seat.part),
            *(SignOff.at, SignOff.verdict, SignOff.person_id),
        )
        .join(Seat, Seat.round_id == Round.id)
        .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.turn == 1))
        .where(Round.case_id.in_(cases))
        .order_by(Round.id, Seat.id)
    )


def _sizes(rounds: Mapping[int, _Over]) -> Mapping[AskedAs, tuple[int, ...]]:
    found: dict[AskedAs, tuple[int, ...]] = {}
    for over in rounds.values():
        for asked in {AskedAs(over.key, seat.role, PARTS[seat.part]) for seat in over.seats}:
            count = sum((seat.role, seat.part) == (asked.role, asked.part) for seat in over.seats)
            found[asked] = (*found.get(asked, ()), count)
    return found


def _stays(
    session: Session, definition: Definition, cases: Sequence[int], rounds: Mapping[int, _Over]
) -> Iterator[InitiativeWait]:
    """Of each stay in a state: when each initiative that is possible there came, if it did."""
    opened: dict[tuple[int, str], list[datetime]] = {}
    for over in rounds.values():
        opened.setdefault((over.case, over.key), []).append(over.opened)
    for case in cases:
        for stay in passage(session, case):
            if stay.until is None or stay.state not in definition.states:
                continue
            for spec in definition.rounds_in(stay.state):
                if spec.opens is Opens.ON_INITIATIVE:
                    came = [
                        at
                        for at in opened.get((case, spec.key), ())
                        if stay.since <= at <= stay.until
                    ]
                    until = min(came, default=stay.until)
                    days = waited(Pace.WORKING_DAYS, instant(stay.since), instant(until))
                    yield InitiativeWait(case, stay.state, spec.key, max(0.0, days), bool(came))
