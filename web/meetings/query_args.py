"""What an address of the list of meetings asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.free_text import searched
from workflow.meetings.filters import MeetingFilters

LONGEST = 200
NAMES = ("kind", "region", "country", "area", "framework", "stands", "after")


def filters_of(args: Mapping[str, str]) -> MeetingFilters:
    """The filters that the address carries."""
    return MeetingFilters(**{name: searched(args.get(name, "")[:LONGEST]) for name in NAMES})


def address(filters: MeetingFilters, endpoint: str = "meetings.index", **changed: Any) -> str:
    """The address of the list under `filters`, some of them changed; from the latest on again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for(endpoint, **given)
