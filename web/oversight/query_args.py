"""What an address asks for among the events of all histories, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from flask import url_for

from web.intake.numbers import number_of, whole
from workflow.clock import read, written
from workflow.free_text import searched
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.reviews.progress import STANDINGS, Cursor

LONGEST = 80
WORDS = ("role", "party", "verdict", "kind", "stage", "framework", "ref")
OLDEST, YOUNGEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def filters_of(args: Mapping[str, str]) -> EventFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    words: dict[str, Any] = {name: text_of(args, name) for name in WORDS}
    return EventFilters(
        person=number_of(args, "person"),
        since=day_of(args.get("since", "")),
        until=day_of(args.get("until", "")),
        through=_instant(args.get("through", "")),
        before=_cursor(args.get("before", "")),
        late=bool(args.get("late")),
        overridden=bool(args.get("overridden")),
        mandated=bool(args.get("mandated")),
        **words,
    )


def query_of(filters: EventFilters, **changed: Any) -> dict[str, Any]:
    """The filters as an address carries them, some of them changed; back on the first page."""
    asked = {each.name: getattr(filters, each.name) for each in fields(filters)}
    del asked["kinds"]
    asked = {**asked, "before": None, **changed}
    return {name: _written(value) for name, value in asked.items() if value}


def address(endpoint: str, filters: EventFilters, **changed: Any) -> str:
    """The address of a page of events under these filters, some of them changed."""
    return url_for(endpoint, **query_of(filters, **changed))


def spoken_query(filters: EventFilters) -> str:
    """The filters as one line, for the record of who looked for what."""
    return "&".join(f"{name}={value}" for name, value in sorted(query_of(filters).items()))


def text_of(args: Mapping[str, str], name: str) -> str:
    """A short text of the address, without what no text may hold."""
    return searched(args.get(name, "")[:LONGEST])


def day_of(text: str) -> date | None:
    """A day as an address carries it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def standing_cursor(args: Mapping[str, str]) -> Cursor | None:
    """Where a page of reviews goes on from, if the address says so."""
    standing, _, place = args.get("after", "").partition("_")
    found = _cursor(place)
    return (standing, *found) if found is not None and standing in STANDINGS else None


def standing_place(older: Cursor | None) -> str:
    """The same as an address carries it; empty where there is no further page."""
    return f"{older[0]}_{written(older[1])}_{older[2]}" if older else ""


def _instant(text: str) -> datetime | None:
    try:
        found = read(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None and OLDEST < found < YOUNGEST else None


def _cursor(text: str) -> tuple[datetime, int] | None:
    at, _, event = text.rpartition("_")
    found = _instant(at)
    number = whole(event)
    return (found, number) if found is not None and number is not None else None


def _written(value: Any) -> str:
    match value:
        case (datetime() as at, int(event)):
            return f"{written(at)}_{event}"
        case datetime():
            return written(value)
        case True:
            return "yes"
    return str(value)
