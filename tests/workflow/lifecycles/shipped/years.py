"""Years of a programme: the clock stops wherever time acts, and what came of it is told line by line."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from tests.support.world import World
from workflow.engine.children.models import ChildCase
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase, Round
from workflow.notices.models import Notice
from workflow.people.models import Person


def until(world: World, *day: int) -> None:
    """Come to noon of a day; time acts at each instant at which it should."""
    goal = datetime(*day, 12, tzinfo=UTC)
    while (at := _next(world)) is not None and at <= goal:
        world.clock.at = max(at, world.clock.at)
        sweep(world.engine)
    world.clock.at = goal


def _next(world: World) -> datetime | None:
    with world.engine.reading() as session:
        acts = session.scalar(select(func.min(Round.acts_at)))
        opens = session.scalar(select(func.min(ChildSchedule.opens_at)))
    return min((at for at in (acts, opens) if at is not None), default=None)


def cases(world: World, ref: str) -> list[str]:
    """Every case that opened below: on which day, for which period, and how and when it ended."""
    asked = (
        select(
            LifecycleCase.ref, LifecycleCase.opened_at, ChildCase.period_from, ChildCase.period_to,
            LifecycleCase.state, LifecycleCase.entered_at,
        )
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .order_by(LifecycleCase.opened_at, LifecycleCase.ref)
    )  # fmt: skip
    with world.engine.reading() as session:
        return [
            f"{opened:%Y-%m-%d} {_short(ref, each)} {_period(first, last)} {state} {ended:%Y-%m-%d}"
            for each, opened, first, last, state, ended in session.execute(asked)
        ]


def owed(world: World, ref: str, *rounds: str) -> list[str]:
    """What was asked with an end in these rounds, when it was asked and until when."""
    asked = (
        select(Round.opened_at, LifecycleCase.ref, Round.key, Round.due_at)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(Round.key.in_(rounds))
        .order_by(Round.opened_at, LifecycleCase.ref)
    )
    with world.engine.reading() as session:
        return [
            f"{opened:%Y-%m-%d} {_short(ref, each)} {key} {due:%Y-%m-%d}"
            for opened, each, key, due in session.execute(asked)
        ]


def told(world: World, ref: str) -> list[str]:
    """Who was reminded of what stands below, and who was told that it is late."""
    asked = (
        select(Notice.created_at, LifecycleCase.ref, Notice.kind, Person.email)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.kind.in_(("reminder", "escalation")), LifecycleCase.ref != ref)
        .order_by(Notice.created_at, LifecycleCase.ref, Person.email)
    )
    with world.engine.reading() as session:
        return [
            f"{at:%Y-%m-%d} {_short(ref, each)} {kind} {email.partition('@')[0]}"
            for at, each, kind, email in session.execute(asked)
        ]


def _short(above: str, ref: str) -> str:
    return ref.removeprefix(above) or "programme"


def _period(first: date | None, last: date | None) -> str:
    return f"{first}/{last}" if first else "-"


def followed(world: World, ref: str) -> list[str]:
    """Every case that a schedule opened below: when, for which period, due when, by which calendar."""
    asked = (
        select(
            LifecycleCase.opened_at, LifecycleCase.ref, ChildCase.period_from, ChildCase.period_to,
            ChildCase.due_on, ChildCase.calendar_id,
        )
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(ChildCase.period_from.is_not(None))
        .order_by(LifecycleCase.opened_at, LifecycleCase.ref)
    )  # fmt: skip
    with world.engine.reading() as session:
        return [
            f"{opened:%Y-%m-%d} {_short(ref, each)} {_period(first, last)} due {due} by {number}"
            for opened, each, first, last, due, number in session.execute(asked)
        ]
