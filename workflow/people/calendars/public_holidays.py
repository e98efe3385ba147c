"""The public holidays of a country, as the library of holidays lists them; only here is it known."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from workflow.deferred import Library

_LIBRARY: Any = Library("holidays")
# Between a country and a region of it.
DASH = "-"


def edition() -> str:
    """The release of the list, as a calendar that was read from it names it."""
    return f"holidays {_LIBRARY.__version__}"


@cache
def countries() -> frozenset[str]:
    """The countries whose holidays are listed, by three letters."""
    return frozenset(key for key in _LIBRARY.list_supported_countries() if len(key) == len("MOZ"))


@cache
def regions(country: str) -> Mapping[str, str]:
    """The regions of a country that have holidays of their own: the letters of each, by its names too."""
    if country not in countries():
        return {}
    listed = _LIBRARY.list_supported_countries()[country]
    named = _LIBRARY.country_holidays(country).subdivisions_aliases
    return {
        name.casefold(): code for name, code in {**named, **{each: each for each in listed}}.items()
    }


def regional(country: str, region: str) -> str:
    """A country with a region of it, which is called by its name or by its letters."""
    if not region or not country:
        return country
    return f"{country}{DASH}{regions(country).get(region.casefold(), region.upper())}"


def is_listed(source: str) -> bool:
    """Whether there is a list of the holidays of a country, or of a region of it: IND, IND-KA."""
    country, dash, region = source.partition(DASH)
    return country in countries() and (not dash or region in regions(country).values())


def listed_until(source: str) -> date:
    """The last day up to which these holidays are on their list."""
    country, _, region = source.partition(DASH)
    last: int = _LIBRARY.country_holidays(country, subdiv=region or None).end_year
    return date(last, 12, 31)


@cache
def holidays_of(source: str, years: tuple[int, ...]) -> Mapping[date, str]:
    """The holidays of a country or a region in these years, with what each is called there."""
    country, _, region = source.partition(DASH)
    return dict(_LIBRARY.country_holidays(country, subdiv=region or None, years=years))


def named(source: str, days: Iterable[date]) -> Mapping[date, str]:
    """What these days are called in a country or a region, where its list has them."""
    years = tuple(sorted({day.year for day in days}))
    return holidays_of(source, years) if is_listed(source) else {}
