"""What an address of the portfolio asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import url_for

from web.intake.numbers import number_of
from workflow.free_text import searched
from workflow.programmes.lists.filters import DEFAULT, ProgrammeFilters

LONGEST = 200
LONGEST_CURSOR = 800
LAST_PAGE = 1_000_000
NAMES = ("text", "framework", "stage", "country", "region", "subregion", "grouping", "area", "sort")
CURSORS = ("after", "before")
USUAL = {"sort": DEFAULT, "page": 1}


def filters_of(args: Mapping[str, str]) -> ProgrammeFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    words = {name: searched(args.get(name, "")[:LONGEST]) for name in NAMES}
    beside = {name: args.get(name, "")[:LONGEST_CURSOR] for name in CURSORS}
    given = {name: value for name, value in (words | beside).items() if value}
    return ProgrammeFilters(**given, page=page_of(args))


def page_of(args: Mapping[str, str]) -> int:
    """The number of the page asked for: the first one unless it says another."""
    return min(max(number_of(args, "page") or 1, 1), LAST_PAGE)


def beside(filters: ProgrammeFilters) -> str:
    """The address of the page that these filters ask for, wherever it begins."""
    return address(filters, page=filters.page, after=filters.after, before=filters.before)


def address(filters: ProgrammeFilters, endpoint: str = "programmes.index", **changed: Any) -> str:
    """The address of the portfolio under `filters`, some of them changed; back on the first page."""
    asked = asdict(replace(filters, **{"page": 1, "after": "", "before": "", **changed}))
    usual = {name: value for name, value in asked.items() if value and value != USUAL.get(name)}
    return url_for(endpoint, **usual)
