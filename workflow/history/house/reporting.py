"""Reporting calendars in words: asked for, set and declined, and when a party reports by them."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.house import ReportingAsked, ReportingDeclined, ReportingSet
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.administration import WAITS, asked_first
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.people.reporting.months import year_told
from workflow.phrase import phrase


def asked(event: Recorded, what: ReportingAsked, context: HistoryContext) -> Said:
    """A reporting calendar was asked for, and waits for a second administrator."""
    sentence = phrase(
        "%(who)s asked for a reporting calendar of %(party)s, for periods that begin from %(first)s on",
        who=context.who(event), party=context.party(what.party), first=what.since,
    )  # fmt: skip
    return Said(sentence, under=(*year_told(what.begins_in, what.within), WAITS))


def kept(event: Recorded, what: ReportingSet, context: HistoryContext) -> Said:
    """A reporting calendar was set, by one administrator alone or by two."""
    sentence = phrase(
        "The reporting calendar of %(party)s was set, for periods that begin from %(first)s on",
        party=context.party(what.party), first=what.since,
    )  # fmt: skip
    first = () if what.asked_by is None else (asked_first(what.asked_by, context),)
    under = (*year_told(what.begins_in, what.within), *entered_by(event, context), *first)
    return Said(sentence, under=under, tone="done")


def declined(event: Recorded, what: ReportingDeclined, context: HistoryContext) -> Said:
    """A reporting calendar was declined."""
    sentence = phrase(
        "%(who)s declined a reporting calendar of %(party)s",
        who=context.who(event), party=context.party(what.party),
    )  # fmt: skip
    under = (asked_first(what.asked_by, context),)
    return Said(sentence, under=under, tone="objection", reason=what.reason)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    ReportingAsked: asked,
    ReportingSet: kept,
    ReportingDeclined: declined,
}
