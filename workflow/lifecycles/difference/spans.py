"""Spans of time, parts of the year and sessions as a sentence names them."""

from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import AtSession, Within, YearlyWindow
from workflow.phrase import Phrase, Term, phrase, together


def within(value: Within) -> Phrase:
    """A span of time, and how it is counted."""
    told = phrase("%(amount)s %(unit)s", amount=value.amount, unit=Term(value.unit))
    calendar = value.calendar
    counted = (
        _calendar(calendar) if calendar else None,
        phrase("in the time of %(zone)s", zone=value.zone) if value.zone else None,
        phrase("until %(hour)s", hour=value.cut_off) if value.cut_off else None,
        phrase("or the next day of work") if value.rolls else None,
    )
    return together((told, *counted), between=", ")


def window(value: YearlyWindow) -> Phrase:
    """A part of every year."""
    return phrase(
        "every year from %(first)s to %(last)s (%(zone)s)",
        first=str(value.first),
        last=str(value.last),
        zone=value.zone or "UTC",
    )


def session(value: AtSession) -> Phrase:
    """The session at which a round ends."""
    return (
        phrase(
            "%(days)s days before the next session of %(body)s (%(zone)s)",
            days=value.papers,
            body=value.of,
            zone=value.zone or "UTC",
        )
        if value.papers_due
        else phrase(
            "at the next session of %(body)s, papers %(days)s days before (%(zone)s)",
            days=value.papers,
            body=value.of,
            zone=value.zone or "UTC",
        )
    )


def _calendar(calendar: WorkingCalendar) -> Phrase:
    return phrase(
        "by the calendar of %(label)s (%(key)s, %(zone)s: %(rest)s days of the week and %(days)s days closed)",
        label=Term(calendar.label),
        key=calendar.key,
        zone=calendar.zone,
        rest=len(calendar.weekend),
        days=len(calendar.closed),
    )
