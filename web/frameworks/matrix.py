"""Which pivotal country registered its interest to lead in which area, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow.people.queries import PivotalCountry
from workflow.reference import reference


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area with the day on which each country registered, in the order of the countries."""

    area: str
    of_framework: bool
    since: tuple[date | None, ...]


def matrix(areas: Sequence[str], countries: Sequence[PivotalCountry]) -> tuple[AreaLine, ...]:
    """The areas of the framework first, then the others that some country wants to lead in."""
    wanted = [
        {interest.area: interest.registered_on for interest in country.interests}
        for country in countries
    ]
    named = {*areas, *(area for each in wanted for area in each)}
    known = [area for area in reference().areas if area in named]
    listed = sorted([*known, *sorted(named - set(known))], key=lambda area: area not in areas)
    return tuple(
        AreaLine(area, area in areas, tuple(each.get(area) for each in wanted)) for area in listed
    )
