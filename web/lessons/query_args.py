"""What an address of the lessons asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from workflow.free_text import searched
from workflow.lessons.filters import FACETS, LessonFilters

LONGEST = 200
NAMES = ("text", *FACETS, "after")


def filters_of(args: Mapping[str, str]) -> LessonFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    return LessonFilters(**{name: searched(args.get(name, "")[:LONGEST]) for name in NAMES})


def address(filters: LessonFilters, endpoint: str = "lessons.index", **changed: Any) -> str:
    """The address of the lessons under `filters`, some of them changed; from the newest on again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    return url_for(endpoint, **{name: value for name, value in asked.items() if value})
