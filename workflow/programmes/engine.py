"""The engine as programmes run on it: made here alone, so that nobody forgets what it has to be told."""

from types import MappingProxyType

from sqlalchemy import Engine as Database

from workflow.clock import Clock, utc_now
from workflow.database import connect
from workflow.engine.domain import Domain
from workflow.engine.engine import Engine
from workflow.programmes.participants import board, interested

PROGRAMMES = Domain(
    finders=MappingProxyType({"board": board, "interested": interested}),
    located_by="beneficiary",
    subject="programme",
)


def open_engine(url: str, clock: Clock = utc_now) -> Engine:
    """The engine of programmes on the database at `url`."""
    return engine_on(connect(url), clock)


def engine_on(database: Database, clock: Clock = utc_now) -> Engine:
    """The engine of programmes on a database that is connected already."""
    return Engine(database, PROGRAMMES, clock)
