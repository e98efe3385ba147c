"""A month as a file that calendar programs read (RFC 5545): one entry for each due time and each day ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from icalendar import TRANSP, Calendar, Event

from web.filters import day, language, word
from web.month.words import month_name, what_else
from web.sentences.catalogue import gettext
from workflow.engine.queue.due import DueSeat
from workflow.month.ahead import Falling
from workflow.month.openings import ComingCase
from workflow.month.page import MonthPage

PRODUCT = "-//Prime Mover//Month//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its name, which stays the same from file to file, and what it says of when."""

    name: str
    on: date | datetime
    title: str
    words: tuple[str, ...]
    path: str


def calendar_file(page: MonthPage, base_url: str, now: datetime) -> bytes:
    """The entries of a month and of what comes after it; what has no due time has no place in a calendar.

    A later file replaces an entry by its name. An entry takes no time of the day from anybody.
    """
    host = urlsplit(base_url).hostname or "localhost"
    entries = [
        Event.new(
            uid=f"{each.name}@{host}",
            stamp=now,
            start=each.on,
            summary=each.title,
            description="\n".join(each.words),
            url=base_url + each.path,
            transparency=TRANSP.TRANSPARENT,
        )
        for each in _entries(page)
    ]
    calendar = Calendar.new(
        prodid=PRODUCT,
        uid=f"month-{page.month}@{host}",
        name=f"Prime Mover, {month_name(page.month)}",
        language=str(language()).replace("_", "-"),
        subcomponents=entries,
    )
    content: bytes = calendar.to_ical()
    return content


def _entries(page: MonthPage) -> Iterator[Entry]:
    yield from (_due(line, page) for line in (*page.late, *page.week, *page.later))
    for month in page.ahead.months:
        yield from (_opens(each) for each in month.cases)
        yield from (_falls(each) for each in month.falling)


def _due(line: DueSeat, page: MonthPage) -> Entry:
    row = line.waiting
    silence = " ".join((gettext("If you do nothing:"), row.if_silent, *what_else(line, page)))
    name = _name(row.ref, row.round_key, row.turn, row.seat)
    return Entry(
        name, row.due or row.since, _title(row.asks, row.title), (row.ref, silence), row.path
    )


def _falls(each: Falling) -> Entry:
    name = _name(each.ref, each.round_key, each.turn, each.seat)
    return Entry(name, each.on, _title(each.asks, each.title), (each.ref,), each.path)


def _opens(each: ComingCase) -> Entry:
    """A whole day, as no hour is said of it."""
    period = f"{day(each.period_from)} – {day(each.period_to)}"
    due = (gettext("It is due on %(day)s.", day=day(each.due_on)),) if each.due_on else ()
    name = _name(each.ref, each.kind, each.period_from, each.period_to)
    title = _title(gettext("%(kind)s opens", kind=word(each.label)), each.title)
    return Entry(name, each.on, title, (each.ref, period, *due), f"/programmes/{each.ref}")


def _title(what: str, of: str) -> str:
    return f"{what}: {of}"


def _name(*parts: object) -> str:
    return "-".join(map(str, parts))
