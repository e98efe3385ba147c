"""What an address of the blockers asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.blockers.filters import BlockerFilters
from workflow.free_text import searched

LONGEST = 200
NAMES = ("framework", "country", "owner", "category", "programme", "after")


def filters_of(args: Mapping[str, str]) -> BlockerFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    words = {name: searched(args.get(name, "")[:LONGEST]) for name in NAMES}
    return BlockerFilters(**words, ended=args.get("ended") == "1")


def address(filters: BlockerFilters, endpoint: str = "blockers.index", **changed: Any) -> str:
    """The address of the blockers under `filters`, some of them changed; from the oldest on again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    given: dict[str, Any] = {
        name: "1" if value is True else value for name, value in asked.items() if value
    }
    return url_for(endpoint, **given)
