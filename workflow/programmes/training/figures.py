"""Training in figures: places by course and country, and who came, by sex and country; never by name: pure.

What a course came to is what its last report says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.lifecycles.checks.known import is_day

# The tables by whose names a lifecycle tells of training, in its facts and in reports of courses.
COURSES, PLACES, PARTICIPANTS, INSTITUTIONS = "courses", "places", "participants", "institutions"
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CameFrom:
    """Of one country: places it has in a course or in all, and how many women and men came."""

    country: str
    places: int
    women: int
    men: int

    @property
    def came(self) -> int:
        """How many came."""
        return self.women + self.men


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """One course: where and when it is, who has places and who came; `held` says that it was reported."""

    number: str
    title: str
    institution: str
    begins: date | None
    held: bool
    certified: int
    countries: tuple[CameFrom, ...]

    @property
    def total(self) -> CameFrom:
        """All of its countries together."""
        return together(self.countries)


def together(listed: Iterable[CameFrom], country: str = "") -> CameFrom:
    """Several as one."""
    every = list(listed)
    return CameFrom(
        country,
        sum(each.places for each in every),
        sum(each.women for each in every),
        sum(each.men for each in every),
    )


def course_figures(facts: Content, reports: Iterable[Content]) -> Iterator[CourseFigures]:
    """Each course of a proposal, with what the last of its reports says; `reports` come the oldest first."""
    told = {text_in(each, "course"): each for each in reports}
    for row in rows_of(facts, COURSES):
        number = text_in(row, "course")
        report = told.get(number, {})
        places = sums_of(facts, PLACES, "places", number)
        women, men = (sums_of(report, PARTICIPANTS, sex) for sex in ("women", "men"))
        yield CourseFigures(
            number=number,
            title=text_in(row, "title"),
            institution=text_in(row, "institution"),
            begins=_day(report, "held_from") or _day(row, "begins"),
            held=bool(report),
            certified=number_in(report.get("certified")),
            countries=tuple(
                CameFrom(
                    country, places.get(country, 0), women.get(country, 0), men.get(country, 0)
                )
                for country in sorted({**places, **women, **men})
            ),
        )


def _day(row: Content, key: str) -> date | None:
    written = text_in(row, key)
    return date.fromisoformat(written) if is_day(written) else None


def rows_of(content: Content, table: str) -> list[Content]:
    """The rows of a table in a text."""
    rows = content.get(table)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def sums_of(content: Content, table: str, column: str, course: str = "") -> dict[str, int]:
    """The sums of a column by country, of one course where it is named."""
    found: dict[str, int] = {}
    for row in rows_of(content, table):
        if not course or text_in(row, "course") == course:
            country = text_in(row, "country")
            found[country] = found.get(country, 0) + number_in(row.get(column))
    return found


def number_in(value: Any) -> int:
    """A whole number as a form has it; 0 where none is written."""
    written = str(value or "")
    return int(written) if written.removeprefix("-").isdecimal() else 0


def text_in(row: Content, key: str) -> str:
    """What stands in a column or a field; nothing where nobody wrote anything."""
    return str(row.get(key) or "")
