"""Deadlines that nobody would mind: rounds whose row keeps a sweep from looking at them in time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, or_, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE
from workflow.audit.verification.verify import Difference
from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.models import Deadline, LifecycleCase, Round
from workflow.engine.quorum import quorate
from workflow.engine.rounds.time_acts import INSTANT
from workflow.lifecycles import rules

_RUNS = (Round.status == "open") & Round.paused_at.is_(None)


@dataclass(frozen=True, slots=True)
class Unminded:
    """A round on which time should act and would not."""

    id: int
    ref: str
    key: str

    @property
    def difference(self) -> Difference:
        """As a check tells it."""
        sentence = f"Time would not act on the round {self.key} when it should."
        return Difference(self.ref, None, sentence)


def unminded(engine: Engine) -> list[Unminded]:
    """Every round that a sweep would look at too late, or never; only who writes past us leaves one.

    None where rows cannot be read: the check of every row tells of those.
    """
    try:
        with engine.reading() as session:
            return list(dict.fromkeys([*_ends(engine, session), *_untold(session)]))
    except UNREADABLE:
        return []


def have_looked_at(engine: Engine, rounds: Sequence[Unminded]) -> None:
    """Have the next sweep look at these rounds; it does what is owed, and says when time acts next."""
    if rounds:
        mended = update(Round).where(_RUNS, Round.id.in_([each.id for each in rounds]))
        with engine.transaction() as session:
            session.execute(mended.values(acts_at=engine.now()))


def _ends(engine: Engine, session: Session) -> Iterator[Unminded]:
    """Rounds that their end settles, and that no sweep would look at then."""
    after_end = _later_than(Round.due_at)
    found = (
        select(
            Round.id, LifecycleCase.ref, Round.key,
            Round.due_at, Round.acts_at, LifecycleCase.definition_id,
        )
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(_RUNS, Round.due_at.is_not(None), after_end)
        .order_by(Round.id)
    )  # fmt: skip
    now = engine.now()
    for row in session.execute(found).all():
        spec = engine.definition(row.definition_id or 0, session).rounds.get(row.key)
        if spec is None or not spec.at_due or _looks_in_time(row.due_at, row.acts_at):
            continue
        if row.due_at >= now or _settles(session, engine, row.id, row.definition_id):
            yield Unminded(row.id, row.ref, row.key)


def _looks_in_time(due_at: datetime, acts_at: datetime | None) -> bool:
    return acts_at is not None and acts_at <= due_at + INSTANT


def _settles(session: Session, engine: Engine, round_id: int, definition_id: int | None) -> bool:
    """Whether the rule comes to something now that time is up; where not, time has acted in vain."""
    round_ = round_state.by_id(session, round_id)
    spec = engine.definition(definition_id or 0, session).rounds[round_.key]
    found = rules.read(spec.rule, round_.places(spec.rule), round_.answers(), due_passed=True)
    return quorate(session, spec, round_, found, engine.now().date()).outcome is not None


def _untold(session: Session) -> Iterator[Unminded]:
    """Rounds of which people would be reminded too late."""
    found = (
        select(Round.id, LifecycleCase.ref, Round.key)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .join(Deadline, Deadline.round_id == Round.id)
        .where(_RUNS, Deadline.done_at.is_(None), _later_than(Deadline.at))
        .order_by(Round.id)
    )
    yield from (Unminded(*row) for row in session.execute(found))


def _later_than(at: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    return or_(Round.acts_at.is_(None), Round.acts_at > at)
