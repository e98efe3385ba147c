"""Why a lesson is offered to a plan, as a table: what is in common, how much that counts, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest

from workflow.lessons.plan import Candidate, PlannedProgramme, likeness, likest, plan_of

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TONGA = PlannedProgramme(
    areas=("health",), goals=("sdg-3",), countries=("TON",), modality="triangular"
)


def a_lesson(*facets: str, number: int = 1, days: int = 0) -> Candidate:
    return Candidate(number, NOW + timedelta(days=days), frozenset(facets))


@pytest.mark.parametrize(
    ("facets", "weight", "reasons"),
    [
        (("area:health", "country:WSM"), 9, ["same area: Health", "tried in Samoa, an island state like Tonga"]),
        (("area:health", "country:TON"), 11, ["same area: Health", "tried in Tonga, which takes part"]),
        (("area:health", "country:BRA"), 6, ["same area: Health"]),
        (("goal:sdg-3",), 4, ["same goal: SDG 3"]),
        (("country:TON",), None, []),
        (("area:health", "modality:triangular"), 7, ["same area: Health", "the same modality"]),
        (("country:WSM", "modality:triangular"), None, []),
        (("modality:triangular",), None, []),
        (("area:energy", "goal:sdg-7"), None, []),
        ((), None, []),
    ],
)  # fmt: skip
def test_what_is_in_common_is_said(
    facets: tuple[str, ...], weight: int | None, reasons: list[str]
) -> None:
    like = likeness(TONGA, a_lesson(*facets))

    said = [str(each) for each in like.reasons] if like else []
    assert (like.weight if like else None, said) == (weight, reasons)


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ("BOL", "PRY", "tried in Paraguay, landlocked like Bolivia (Plurinational State of)"),
        ("MOZ", "SEN", "tried in Senegal, least developed like Mozambique"),
        ("BRA", "ARG", "tried in Argentina, of the region of Brazil"),
        ("BRA", "IND", ""),
        ("BRA", "XXX", ""),
    ],
)
def test_the_nearest_likeness_of_a_country_is_said(here: str, there: str, said: str) -> None:
    like = likeness(
        PlannedProgramme(areas=("health",), countries=(here,)),
        a_lesson("area:health", f"country:{there}"),
    )

    assert like is not None
    assert [str(each) for each in like.reasons[1:]] == ([said] if said else [])


def test_several_things_in_common_count_more_and_are_said_together() -> None:
    plan = PlannedProgramme(areas=("health", "energy"), goals=("sdg-3", "sdg-7"))

    like = likeness(plan, a_lesson("area:energy", "area:health", "goal:sdg-3", "goal:sdg-7"))

    assert like is not None
    assert like.weight == 20
    assert str(like.reasons[1]) == "same goal: SDG 3 and SDG 7"


def test_the_likest_come_first_and_of_those_that_are_alike_the_newest_and_no_more_than_five() -> (
    None
):
    lessons = [
        a_lesson("area:health", number=1),
        a_lesson("area:health", number=2, days=1),
        a_lesson("area:health", "country:WSM", number=3, days=-9),
        a_lesson("area:energy", number=4, days=5),
        *(a_lesson("area:health", number=each, days=-each) for each in range(5, 12)),
    ]

    found = [each.case_id for each in likest(TONGA, lessons)]

    assert found == [3, 2, 1, 5, 6]
    assert found == [each.case_id for each in likest(TONGA, lessons[::-1])]


def test_a_plan_is_what_its_form_says() -> None:
    content = {
        "areas": ["health"], "sdg_goals": ["3"], "mdg_goals": ["6"],
        "participating_countries": ["TON"], "modality": "triangular",
    }  # fmt: skip

    assert plan_of(content) == PlannedProgramme(
        ("health",), ("sdg-3", "mdg-6"), ("TON",), "triangular"
    )
    assert plan_of({}) == PlannedProgramme()
    assert plan_of({"areas": "health"}) == PlannedProgramme()
