"""The public holidays of a country, as the library of holidays lists them; only here is it known."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from workflow.deferred import Library

_LIBRARY: Any = Library("holidays")


def edition() -> str:
    """The release of the list, as a calendar that was read from it names it."""
    return f"holidays {_LIBRARY.__version__}"


@cache
def countries() -> frozenset[str]:
    """The countries whose holidays are listed, by three letters."""
    return frozenset(key for key in _LIBRARY.list_supported_countries() if len(key) == len("MOZ"))


@cache
def holidays_of(country: str, years: tuple[int, ...]) -> Mapping[date, str]:
    """The holidays of a country in these years, with what each is called there."""
    return dict(_LIBRARY.country_holidays(country, years=years))


def named(country: str, days: Iterable[date]) -> Mapping[date, str]:
    """What these days are called in a country, where its list has them."""
    years = tuple(sorted({day.year for day in days}))
    return holidays_of(country, years) if country in countries() else {}
