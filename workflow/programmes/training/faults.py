"""What a proposal of training, or the report of a course, cannot say: pure."""

from collections.abc import Mapping

from workflow.phrase import Phrase, phrase
from workflow.programmes.training.figures import (
    COURSES,
    INSTITUTIONS,
    PARTICIPANTS,
    PLACES,
    CameFrom,
    Content,
    number_in,
    rows_of,
    sums_of,
    text_in,
    together,
)


def report_faults(facts: Content, report: Content) -> Mapping[str, Phrase]:
    """What a report of a course cannot say, by field, and what would be right."""
    found: dict[str, Phrase] = {}
    known = [text_in(row, "course") for row in rows_of(facts, COURSES)]
    number = text_in(report, "course")
    if number not in known:
        found["course"] = phrase(
            "The proposal has the courses %(numbers)s.", numbers=", ".join(known) or "–"
        )
        return found
    places = sums_of(facts, PLACES, "places", number)
    came = together(
        CameFrom(text_in(row, "country"), 0, number_in(row.get("women")), number_in(row.get("men")))
        for row in rows_of(report, PARTICIPANTS)
    ).came
    if any(
        number_in(row.get(sex)) < 0
        for row in rows_of(report, PARTICIPANTS)
        for sex in ("women", "men")
    ):
        found[PARTICIPANTS] = phrase("A number of people is not below zero.")
    elif came > sum(places.values()):
        found[PARTICIPANTS] = phrase(
            "%(came)s people came, and the course has %(places)s places: have the places amended, or correct the numbers.",
            came=came, places=sum(places.values()),
        )  # fmt: skip
    if number_in(report.get("certified")) > came:
        found["certified"] = phrase(
            "No more than the %(came)s who came have a certificate.", came=came
        )
    return found


def facts_faults(facts: Content) -> Mapping[str, Phrase]:
    """What a proposal cannot say of its courses, by field: a place in none, or at an institution that is not named."""
    courses = {text_in(row, "course") for row in rows_of(facts, COURSES)}
    houses = {text_in(row, "institution") for row in rows_of(facts, INSTITUTIONS)}
    for row in rows_of(facts, PLACES):
        if text_in(row, "course") not in courses:
            said = phrase("There is no course %(number)s.", number=text_in(row, "course"))
            return {PLACES: said}
        if number_in(row.get("places")) < 1:
            return {PLACES: phrase("A line has one place at least.")}
    for row in rows_of(facts, COURSES):
        if houses and text_in(row, "institution") not in houses:
            said = phrase(
                "Course %(number)s is held at one of the institutions above: %(names)s.",
                number=text_in(row, "course"), names=", ".join(sorted(houses)),
            )  # fmt: skip
            return {COURSES: said}
    return {}
