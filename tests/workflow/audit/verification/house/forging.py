"""Rows of the house altered behind the engine, one at a time, and what verification says of each."""

from collections.abc import Iterable

from sqlalchemy import select, text

from tests.support.world import World
from workflow.audit.verification.verify import examine_one
from workflow.engine.models import LifecycleCase
from workflow.vocabulary import REGISTER


def said_of(world: World) -> str:
    """The first thing that is wrong with the register; nothing where it is sound."""
    with world.engine.reading() as session:
        number = session.scalars(
            select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER)
        ).one()
    difference = examine_one(world.engine.database, number).difference
    return difference.sentence if difference else ""


def unseen(world: World, forged: Iterable[tuple[str, str]]) -> list[str]:
    """The statements of these after which verification still says nothing; each is taken back.

    A pair is what is altered, and how it is put back.
    """
    found = []
    for forging, mending in forged:
        _run(world, forging)
        if not said_of(world):
            found.append(forging)
        _run(world, mending)
    assert said_of(world) == ""
    return found


def _run(world: World, statement: str) -> None:
    with world.engine.database.begin() as connection:
        connection.execute(text(statement))
