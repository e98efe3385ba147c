"""What an answer on the page of a round is tried with: ticks, words, and what it left behind."""

from sqlalchemy import func, select

from tests.support.world import World
from workflow.audit.models import Event
from workflow.engine.models import SignOff

CHECKED = {
    "question-countries": "yes",
    "question-cooperation": "yes",
    "question-mandate": "yes",
    "question-money": "yes",
}
WHY = "The list of partners lacks a letter of Angola."


def recorded(world: World) -> tuple[int, int]:
    """How many sign-offs and events there are."""
    with world.engine.reading() as session:
        signs = session.scalar(select(func.count()).select_from(SignOff)) or 0
        events = session.scalar(select(func.count()).select_from(Event)) or 0
    return signs, events


def newest(world: World) -> SignOff:
    with world.engine.reading() as session:
        return session.scalars(select(SignOff).order_by(SignOff.id.desc()).limit(1)).one()
