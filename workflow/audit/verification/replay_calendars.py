"""What the register's events say of the working calendars of parties, and of the words of letters."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.house import CalendarSet, LetterWorded
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import calendar_name, wording_name


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


def _worded(story: ExpectedRows, told: ToldEvent, what: LetterWorded) -> None:
    story.things[wording_name(what.kind, what.language, what.version)] = {
        "kept_at": told.at,
        **private_columns(told, subject=what.subject, body=what.body),
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    CalendarSet: _set,
    LetterWorded: _worded,
}
