"""Months and days of them, and what comes of doing nothing, in the words of the page."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from babel.dates import format_date, format_skeleton

from web.blockers.words import goes_to
from web.filters import language, short_day, word
from web.sentences.catalogue import gettext
from workflow.blockers.ahead import GoesUp
from workflow.engine.queue.due import DueSeat
from workflow.month.months import Month
from workflow.month.page import MonthPage


def month_name(month: Month) -> str:
    """A month in full: November 2026."""
    return format_skeleton("yMMMM", month.first, locale=language())


def short_month(month: Month) -> str:
    """A month without its year: November."""
    return format_date(month.first, "LLLL", locale=language())


def day_of_week(on: date | datetime) -> str:
    """A day of a week: Sunday 29 November."""
    return format_skeleton("MMMMEEEEd", on, locale=language())


def day_before(at: datetime) -> date:
    """The day that ends where another one begins."""
    return (at - timedelta(days=1)).date()


def what_else(line: DueSeat, page: MonthPage) -> tuple[str, ...]:
    """What comes of a silence besides what the round says: who is told, and where time moves the case."""
    return tuple(_what_else(line, page.up.get(line.waiting.ref)))


def _what_else(line: DueSeat, up: GoesUp | None) -> Iterator[str]:
    if line.told:
        role = word(line.told.role_label)
        yield gettext("%(role)s is told on %(day)s.", role=role, day=short_day(line.told.on))
    if up:
        yield gettext("On %(day)s it goes up to %(whom)s.", day=short_day(up.on), whom=goes_to(up))
    elif line.moves:
        state = word(line.moves.state)
        yield gettext(
            "On %(day)s it goes on by itself to: %(state)s.",
            day=short_day(line.moves.on),
            state=state,
        )
