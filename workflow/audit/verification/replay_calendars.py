"""What the register's events say of the working calendars of parties."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import CalendarSet
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import calendar_name


def _set(story: ExpectedRows, _told: ToldEvent, what: CalendarSet) -> None:
    story.things[calendar_name(what.calendar)] = {
        "party": what.party,
        "since": what.since.isoformat(),
        "weekend": " ".join(what.weekend),
        "zone": what.zone,
        "source": what.source,
        "edition": what.edition,
        "through": what.through and what.through.isoformat(),
        "closed": " ".join(each.isoformat() for each in what.closed),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    CalendarSet: _set
}
