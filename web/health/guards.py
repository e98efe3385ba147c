"""Guards before every request: that the tables are ours, and what the clock is worth."""

from flask import Flask, request
from sqlalchemy.exc import DBAPIError

from web.access import lasting_engine
from workflow.errors import OtherSchema

# What answers without a database, or says itself what it is like.
WITHOUT = frozenset({"assets.serve", "health.live", "health.ready", "security.report"})


def register(app: Flask) -> None:
    """Look at both before anybody is known by their session; asked of the database every few seconds."""
    app.before_request(look)


def other_schema(fault: DBAPIError) -> OtherSchema | None:
    """Whether the database fails because its tables have become those of another release."""
    tables = lasting_engine().tables
    if tables is None or fault.connection_invalidated:
        return None
    try:
        tables.ask_anew()
    except OtherSchema as other:
        return other
    except DBAPIError:
        return None
    return None


def look() -> None:
    """Refuse tables of another release; note a doubt about the clock, which refuses what decides."""
    if request.endpoint is None or request.endpoint in WITHOUT:
        return
    at_work = lasting_engine()
    if at_work.tables is not None:
        at_work.tables.refuse_other()
    if at_work.timekeeper is not None:
        at_work.timekeeper.doubt()
