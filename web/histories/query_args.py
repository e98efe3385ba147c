"""What an address of a history asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import url_for

from workflow.history import HistoryFilters

LONGEST = 80


def filters_of(args: Mapping[str, str]) -> HistoryFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    return HistoryFilters(
        show=args.get("show", ""),
        person=_number(args.get("person", "")),
        party=args.get("party", "")[:LONGEST],
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        before=_number(args.get("before", "")),
    )


def address(
    ref: str, filters: HistoryFilters, endpoint: str = "histories.show", **changed: Any
) -> str:
    """The address of the history under `filters`, some of them changed; back at its newest event."""
    asked = asdict(replace(filters, **{"before": None, **changed}))
    return url_for(endpoint, ref=ref, **{name: value for name, value in asked.items() if value})


def _number(written: str) -> int | None:
    fits = written.isascii() and written.isdigit() and len(written) < 16
    return int(written) if fits else None


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
