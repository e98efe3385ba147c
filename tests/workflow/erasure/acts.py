"""What the tests of erasing do and look for."""

from sqlalchemy import func, inspect, select, text

from tests.support.world import World
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.erasure.erase import ErasureRequest, erase, sweep

SECRET = "Because Graca Mabunda of Maputo has told me so in confidence."
BASIS = "Request of 3 March 2026 under the data protection principles"


def director(world: World) -> int:
    return world.person("elena.petrova")


def told(world: World, ref: str, kind: str) -> int:
    """The number of the newest event of a kind."""
    with world.engine.reading() as session:
        return session.scalars(
            select(func.max(Event.seq))
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.type == kind)
        ).one()


def erased(world: World, ref: str, kind: str = "signoff.given", *fields: str) -> int:
    seq = told(world, ref, kind)
    erase(world.engine, director(world), ErasureRequest(ref, seq, fields or ("reason",), BASIS))
    sweep(world.engine.database)
    return seq


def holding(world: World, wanted: str) -> set[str]:
    """The tables with the text in any column of any row."""
    database = world.engine.database
    found = set()
    with database.connect() as connection:
        for table in inspect(database).get_table_names():
            for row in connection.execute(text(f'select * from "{table}"')):
                cells = (bytes(c).decode(errors="replace") if isinstance(c, (bytes, memoryview))
                         else str(c) for c in row)  # fmt: skip
                if any(wanted in cell for cell in cells):
                    found.add(table)
    return found
