"""Reporting calendars, as the tables say and as the register tells."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import ReportingAsked, ReportingDeclined, ReportingSet
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import reporting_name
from workflow.audit.verification.tables import PARTIES, REPORTING_CALENDARS

_ROWS = select(REPORTING_CALENDARS, PARTIES.c.key.label("party")).outerjoin(
    PARTIES, PARTIES.c.id == REPORTING_CALENDARS.c.party_id
)


def reporting(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every reporting calendar, asked for, set or declined."""
    for row in connection.execute(_ROWS).mappings():
        yield reporting_name(row["id"]), {**row, "since": row["since"].isoformat()}


def _said(what: ReportingAsked | ReportingSet) -> dict[str, Any]:
    return {
        "party": what.party,
        "since": what.since.isoformat(),
        "begins_in": what.begins_in,
        "within": what.within,
    }


def _asked(story: ExpectedRows, told: ToldEvent, what: ReportingAsked) -> None:
    story.things[reporting_name(what.number)] = {
        **_said(what),
        "asked_by": told.person,
        "asked_at": told.at,
        "outcome": "",
        "decided_by": None,
        "decided_at": None,
        "reason": "",
    }


def _set(story: ExpectedRows, told: ToldEvent, what: ReportingSet) -> None:
    """One that took two was asked for before; an only administrator set it alone."""
    name = reporting_name(what.number)
    alone = what.asked_by is None
    asked = {"asked_by": told.person, "asked_at": told.at, "reason": ""} if alone else {}
    story.things[name] = {
        **story.things.get(name, {}),
        **asked,
        **_said(what),
        "outcome": "confirmed",
        "decided_by": None if alone else told.person,
        "decided_at": told.at,
    }
    if not alone:
        story.things[name] |= {"asked_by": what.asked_by}


def _declined(story: ExpectedRows, told: ToldEvent, what: ReportingDeclined) -> None:
    row = story.things[reporting_name(what.number)]
    del row["reason"]
    row |= {"outcome": "declined", "decided_by": told.person, "decided_at": told.at}
    row |= private_columns(told, reason=what.reason)


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    ReportingAsked: _asked,
    ReportingSet: _set,
    ReportingDeclined: _declined,
}
