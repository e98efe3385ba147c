"""When time acts on a round by itself: at its end, to tell people, or for a letter that was lost."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update

from workflow.database import Base
from workflow.engine import round_state
from workflow.engine.models import Round
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import reminders, unreached
from workflow.engine.rounds.reminders import Told
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.calendar import next_day
from workflow.lifecycles.definition import RoundSpec
from workflow.transactions.statements import PreparedStatement

# What comes at the very end of a round still counts: time acts in the next instant that is told apart.
INSTANT = timedelta(milliseconds=1)
_ROUNDS = Base.metadata.tables[Round.__tablename__]
_WRITE = PreparedStatement(
    update(_ROUNDS)
    .where(_ROUNDS.c.id == bindparam("of"))
    .values(acts_at=bindparam("next_at", type_=_ROUNDS.c.acts_at.type))
)


def waits_for_next_window(spec: RoundSpec) -> bool:
    """Whether a round is due again as its next yearly window closes, where nobody answered within one."""
    return spec.window is not None and not spec.at_due


def acts_at(
    spec: RoundSpec,
    due_at: datetime | None,
    others: Iterable[datetime | None],
    *,
    acted: datetime | None = None,
) -> datetime | None:
    """The next instant at which time does something to a running round; None where it does nothing.

    `others` are the instants of what it does besides settling. An end before `acted`, up to which
    time has acted already, settles nothing any more: only an answer can.
    """
    ends = (
        (spec.at_due or waits_for_next_window(spec))
        and due_at is not None
        and (acted is None or acted <= due_at)
    )
    after_end = due_at + INSTANT if ends and due_at is not None else None
    return min((at for at in (after_end, *others) if at is not None), default=None)


def asks_again(spec: RoundSpec, due_at: datetime | None, now: datetime) -> datetime | None:
    """When a round that waits for a session to be planned looks again whether one is: as a day begins."""
    return next_day(spec.session, now) if spec.session and due_at is None else None


def look_again(work: UnitOfWork, round_id: int) -> None:
    """Have time act on a round at once."""
    work.write(_WRITE, of=round_id, next_at=work.now)


def keep(work: UnitOfWork, spec: RoundSpec, round_id: int) -> None:
    """Write down when time acts next on a round whose end was moved."""
    keep_as(work, spec, round_state.by_id(work.session, round_id))


def keep_as(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    *,
    acted: datetime | None = None,
    told: Told | None = None,
) -> None:
    """Write down when time acts next on a round that sits so, and up to when it has `acted`.

    `told` is whom it told just now, where it did.
    """
    at = None
    if round_.status == "open" and not round_.paused_for:
        tells = told.next_at if told else reminders.next_at(work, spec, round_.id)
        looks = _looks_at(work, spec, round_)
        again = asks_again(spec, round_.due_at, work.now)
        at = acts_at(spec, round_.due_at, (tells, looks, again), acted=acted)
    work.write(_WRITE, of=round_.id, next_at=at)


def _looks_at(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> datetime | None:
    """When a round is next looked at for its lost mail; no session is made for one that minds none."""
    if unreached.rule(spec) is None:
        return None
    return unreached.looks_at(work.session, spec, round_, work.case.id, work.now)
