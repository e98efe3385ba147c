"""Who wants to lead in which area of a framework."""

from datetime import date

from web.frameworks.matrix import AreaLine, matrix
from workflow.people.queries import InterestLine, PartyLine, PivotalCountry
from workflow.reference import reference

SINCE = date(2026, 1, 1)
OURS, OTHER = list(reference().areas)[1], next(iter(reference().areas))


def a_country(key: str, *areas: str) -> PivotalCountry:
    interests = tuple(InterestLine(area, SINCE, "") for area in areas)
    return PivotalCountry(PartyLine(1, key, "country", key, key.upper()), SINCE, "", interests)


def test_areas_of_the_framework_stand_before_those_that_somebody_only_wishes_for() -> None:
    lines = matrix([OURS], [a_country("bra", OTHER, OURS), a_country("ind")])

    assert lines == (
        AreaLine(OURS, of_framework=True, since=(SINCE, None)),
        AreaLine(OTHER, of_framework=False, since=(SINCE, None)),
    )


def test_an_area_that_is_known_no_more_is_shown_all_the_same() -> None:
    (only,) = matrix([], [a_country("bra", "telegraphy")])

    assert (only.area, only.of_framework) == ("telegraphy", False)
