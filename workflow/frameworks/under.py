"""Under which framework or fund an imported programme stands: by its fund, or else by the day on which it began."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.phrase import Phrase, phrase
from workflow.reference import reference

UNIT = "UNDP Special Unit for South-South Cooperation"
# What a year has to be.
YEAR = 4


class Basis(StrEnum):
    """How it is known under which framework or fund a programme stands."""

    FUND = "fund"
    PERIOD = "period"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Under:
    """The key of a framework or fund, empty where it is not known, with how that is known or why it is not."""

    key: str
    basis: Basis
    why: Phrase


def under(cells: Mapping[str, str]) -> Under:
    """Where a row stands: under its fund, or under the framework that was in force in the year in which it began.

    Frameworks guide the Special Unit, so of its own programmes the year says it, and of those of country
    offices it is inferred. A framework that was extended holds until the next begins.
    """
    named, year = cells.get("fund", ""), (cells.get("start") or cells.get("approved") or "")[:YEAR]
    for fund in reference().funds:
        if named in fund["names"].split(";"):
            why = phrase("Its source names the fund %(fund)s.", fund=fund["title"])
            return Under(fund["id"], Basis.FUND, why)
    if not year:
        return Under("", Basis.UNKNOWN, phrase("Its source does not say when it began."))
    found = _in(year)
    if found is None:
        why = phrase(
            "It began in %(year)s, when no framework is known to have been in force.", year=year
        )
        return Under("", Basis.UNKNOWN, why)
    if named == UNIT:
        why = phrase(
            "The Special Unit began it in %(year)s, while this framework was in force.", year=year
        )
        return Under(found, Basis.PERIOD, why)
    why = phrase(
        "Inferred: it began in %(year)s, while this framework was in force; its source names none.",
        year=year,
    )
    return Under(found, Basis.INFERRED, why)


def _in(year: str) -> str | None:
    """The framework in force in a year, up to the year to which it was extended."""
    known = reference()
    for framework in known.frameworks:
        last = known.extensions.get(framework["id"], framework["period_end"])
        if framework["period_start"] <= year <= last:
            return framework["id"]
    return None
