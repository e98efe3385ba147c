"""What the patterns look at: queues, seats and the trail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tests.support.world import World
from workflow.engine import round_state
from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import LifecycleCase
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.engine.round_state import RoundState


def queued(world: World, who: str, filters: QueueFilters = QueueFilters()) -> list[tuple[str, str]]:  # noqa: B008
    """The reference and round of each line of a person's queue, in its order."""
    with world.engine.reading() as session:
        page = queue_page.page(
            session, world.engine, world.person(who), filters, world.engine.now()
        )
    return [(row.ref, row.round_key) for row in page.rows]


def round_(world: World, ref: str, key: str) -> RoundState:
    """The newest round `key` of a case."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        found = round_state.latest(session, case, key)
    assert found is not None
    return found


def held_since(world: World, ref: str) -> datetime:
    """Since when whoever has a seat of the case has had it."""
    with world.engine.reading() as session:
        return session.scalars(
            select(SeatClaim.at)
            .join(LifecycleCase, LifecycleCase.id == SeatClaim.case_id)
            .where(LifecycleCase.ref == ref, SeatClaim.ended_at.is_(None))
        ).one()


def parties(world: World, ref: str, key: str) -> set[str]:
    """The parties whose seats a round asks."""
    return {seat.party_key for seat in round_(world, ref, key).seats}


def after(events: Sequence[str], first: str) -> list[str]:
    """The events that follow the last `first`."""
    last = max(number for number, event in enumerate(events) if event == first)
    return list(events[last + 1 :])
