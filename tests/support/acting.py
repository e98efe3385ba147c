"""When time should act on each round, told anew from the round, its definition and what was delivered."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.models import Deadline, LifecycleCase, Round
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import unreached
from workflow.lifecycles import rules
from workflow.lifecycles.calendar import next_day
from workflow.lifecycles.definition import RoundSpec

INSTANT = timedelta(milliseconds=1)


def astray(engine: Engine) -> list[str]:
    """The rounds that say something else of when time acts on them than it should be."""
    with engine.reading() as session:
        return list(_astray(engine, session))


def _astray(engine: Engine, session: Session) -> Iterator[str]:
    running = (Round.status == "open") & Round.paused_at.is_(None)
    for key in session.scalars(select(Round.key).where(~running, Round.acts_at.is_not(None))):
        yield f"{key}: time acts on it, though it does not run"
    every = (
        select(Round.id, Round.case_id, LifecycleCase.definition_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(running)
    )
    now = engine.now()
    for round_id, case_id, definition_id in session.execute(every).all():
        if definition_id is None:
            continue
        round_ = round_state.by_id(session, round_id)
        spec = engine.definition(definition_id, session).rounds[round_.key]
        instants = _instants(session, spec, round_, case_id, now) | _looked(spec, round_, now)
        if round_.acts_at not in instants:
            yield f"{round_.key}, {round_.turn}: {round_.acts_at}, and not one of {instants}"


def _instants(
    session: Session, spec: RoundSpec, round_: RoundState, case_id: int, now: datetime
) -> set[datetime | None]:
    """When time may act: where an end has passed that settles nothing, with it or without."""
    others = {*_told(session, round_), *_lost(session, spec, round_, case_id, now)}
    if not spec.at_due or round_.due_at is None:
        return {min(others, default=None)}
    whole = min(others | {round_.due_at + INSTANT})
    late = round_.time_is_up(now) and not _settles(spec, round_)
    return {whole, min(others, default=None)} if late else {whole}


def _looked(spec: RoundSpec, round_: RoundState, now: datetime) -> set[datetime | None]:
    """As the next day begins, where a round waits for a session; or earlier, where time has not acted yet."""
    at = round_.acts_at
    waits = spec.session is not None and round_.due_at is None and at is not None
    return {at} if waits and spec.session and at and at <= next_day(spec.session, now) else set()


def _told(session: Session, round_: RoundState) -> Iterator[datetime]:
    coming = (Deadline.round_id == round_.id) & Deadline.done_at.is_(None)
    yield from session.scalars(select(Deadline.at).where(coming))


def _lost(
    session: Session, spec: RoundSpec, round_: RoundState, case_id: int, now: datetime
) -> Iterator[datetime]:
    """A lost letter is looked at in its round at once, or again each day."""
    looks = unreached.looks_at(session, spec, round_, case_id, now)
    if looks is not None:
        yield round_.acts_at if round_.acts_at and round_.acts_at <= max(now, looks) else looks


def _settles(spec: RoundSpec, round_: RoundState) -> bool:
    found = rules.read(spec.rule, round_.places(spec.rule), round_.answers(), due_passed=True)
    return found.outcome is not None
