"""What an address of the register of approaches asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.approaches.filters import ApproachFilters
from workflow.free_text import searched

LONGEST = 200
NAMES = ("area", "country", "answer", "framework", "stands", "after")


def filters_of(args: Mapping[str, str]) -> ApproachFilters:
    """The filters that the address carries."""
    return ApproachFilters(**{name: searched(args.get(name, "")[:LONGEST]) for name in NAMES})


def address(filters: ApproachFilters, endpoint: str = "approaches.index", **changed: Any) -> str:
    """The address of the register under `filters`, some of them changed; from the newest on again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for(endpoint, **given)
