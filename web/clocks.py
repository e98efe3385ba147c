"""Instants by other clocks than UTC: those of the reader, and those that a round is counted by."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask

from web.access import visitor
from web.filters import short_day
from workflow.lifecycles.terms import Within

COUNTED_BY = "UTC"


def register(app: Flask) -> None:
    """Teach the templates these filters."""
    app.jinja_env.filters.update(own_clock=own_clock, counted_clock=counted_clock)
    app.jinja_env.globals.update(own_zone=own_zone)


def own_clock(moment: datetime | None) -> str:
    """An instant by the clocks of whoever reads; nothing where these are those of the page."""
    zone = own_zone()
    return _by(moment, zone) if moment and zone else ""


def counted_clock(moment: datetime | None, within: Within | None) -> str:
    """An instant by the clocks that a round is counted by; nothing where these are those of the page."""
    zone = _counting(within)
    return _by(moment, zone) if moment and zone != COUNTED_BY else ""


def own_zone() -> str:
    """The time zone of whoever reads; nothing where it is that of the page."""
    reader = visitor()
    return reader.zone if reader and reader.zone != COUNTED_BY else ""


def _counting(within: Within | None) -> str:
    if within is None:
        return COUNTED_BY
    return within.zone or (within.calendar.zone if within.calendar else "") or COUNTED_BY


def _by(moment: datetime, zone: str) -> str:
    """12 Mar 2006, 06:00 (Pacific/Apia): the day as well, as it is often another one."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{short_day(there.date())}, {there:%H:%M} ({zone})"
