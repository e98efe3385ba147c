"""The open round of a world, many times over."""

from sqlalchemy import func, insert, select

from tests.support.world import World
from workflow.engine.models import LifecycleCase, Round, Seat


def more_turns(world: World, number: int) -> None:
    """The one open round is there so many times more, each with its seat."""
    world.honest = False
    with world.engine.transaction() as session:
        kept = session.scalars(
            select(Round)
            .join(LifecycleCase)
            .where(Round.status == "open", Round.key == "screening")
        ).one()
        seat = session.scalars(select(Seat).where(Seat.round_id == kept.id)).one()
        first = session.scalar(select(func.max(Round.id))) or 0
        rounds = {
            each.name: getattr(kept, each.key)
            for each in Round.__mapper__.column_attrs
            for each in each.columns
        }
        seats = {
            each.name: getattr(seat, each.key)
            for each in Seat.__mapper__.column_attrs
            for each in each.columns
        }
        seats.pop("id")
        more = range(first + 1, first + number + 1)
        session.execute(insert(Round), [{**rounds, "id": each, "turn": each + 1} for each in more])
        session.execute(insert(Seat), [{**seats, "round_id": each} for each in more])
