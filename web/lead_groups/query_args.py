"""What an address of the list of lead groups asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.database import LARGEST
from workflow.free_text import searched
from workflow.lead_groups.lines import GroupFilters

LONGEST = 60


def filters_of(args: Mapping[str, str]) -> GroupFilters:
    """The filters that the address carries; what is no number begins at the newest."""
    after = args.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else 0
    asked = {
        name: searched(args.get(name, "")[:LONGEST]) for name in ("area", "country", "framework")
    }
    return GroupFilters(
        **asked, ended=args.get("ended") == "1", after=number if number <= LARGEST else 0
    )


def address(filters: GroupFilters, endpoint: str = "lead_groups.index", **changed: Any) -> str:
    """The address of the list under `filters`, some of them changed; from the newest on again."""
    asked = asdict(replace(filters, **{"after": 0, **changed}))
    given: dict[str, Any] = {
        name: "1" if value is True else value for name, value in asked.items() if value
    }
    return url_for(endpoint, **given)
