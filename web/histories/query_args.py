"""What an address of a history asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from flask import url_for

from web.intake.numbers import number_of
from workflow.history import HistoryFilters

LONGEST = 80


def filters_of(args: Mapping[str, str]) -> HistoryFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    return HistoryFilters(
        show=args.get("show", ""),
        person=number_of(args, "person"),
        party=args.get("party", "")[:LONGEST],
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        before=number_of(args, "before"),
    )


def address(
    ref: str, filters: HistoryFilters, endpoint: str = "histories.show", **changed: Any
) -> str:
    """The address of the history under `filters`, some of them changed; back at its newest event."""
    asked = asdict(replace(filters, **{"before": None, **changed}))
    return url_for(endpoint, ref=ref, **{name: value for name, value in asked.items() if value})


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
