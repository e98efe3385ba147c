"""While somebody types, each field says what does not fit; nothing of it is kept."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.visitors import Enter, Visitor
from tests.support.world import World
from tests.web.documents.test_edit import form, stored
from workflow.audit.models import Event
from workflow.engine.document_models import Document


def hints(
    visitor: Visitor, ref: str, section: str, typed: dict[str, Any], *, kind: str = "proposal"
) -> dict[str, list[str]]:
    """What is said at each field of a section that is typed so."""
    page = form(ref, section, kind)
    answer = visitor.post(f"{page}/hints", typed, page=page)
    assert answer.status_code == 200
    told: dict[str, list[str]] = answer.json
    return {field: said for field, said in told.items() if said}


def written(world: World) -> tuple[int | None, int | None]:
    with world.engine.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(kept)) for kept in (Event, Document)
        )


@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        (
            "period",
            {"field-planned_start": "2027-01-01", "field-planned_end": "2026-01-01"},
            {"field-planned_end": ["The end does not come after the start"]},
        ),
        ("period", {"field-planned_start": "2027-01-01", "field-planned_end": "2028-01-01"}, {}),
        (
            "budget",
            {
                "field-budget-0-source": "India",
                "field-budget-0-nature": "matching",
                "field-budget-0-amount": "5",
                "field-total_cost": "1",
            },
            {"field-total_cost": ["The budget lines differ from the total by USD 4"]},
        ),
        (
            "budget",
            {
                "field-budget-0-source": "India",
                "field-budget-0-nature": "matching",
                "field-budget-0-amount": "-5",
            },
            {"field-budget": ["Line 1, Amount (USD): An amount below zero is not expected here."]},
        ),
        ("problem", {"field-situation": ""}, {}),
    ],
    ids=["an end before its start", "a period", "other lines than the total", "less than nothing", "an empty page"],
)  # fmt: skip
def test_each_field_says_what_does_not_fit_as_it_is_typed(
    world: World, draft: str, submitter: Visitor, section: str, typed: dict[str, Any],
    said: dict[str, list[str]],
) -> None:  # fmt: skip
    before = written(world), stored(world, draft)

    told = hints(submitter, draft, section, typed)

    assert {field: words for field, words in told.items() if field in said or not said} == said
    assert (written(world), stored(world, draft)) == before


def test_what_is_typed_is_held_against_what_the_other_pages_and_earlier_documents_say(
    world: World, enter: Enter
) -> None:
    ref = world.programme("formulation")

    told = hints(
        enter("kenji.watanabe"), ref, "design",
        {"field-planned_start": "2027-01-01", "field-planned_end": "2029-06-30",
         "field-participating_countries": ["MOZ"], "field-executing_agency": "undp"},
        kind="project_document",
    )  # fmt: skip

    assert told == {
        "field-planned_end": ["The end is not the one of the proposal: 30 Jun 2028"],
        "field-participating_countries": [
            "The countries are not those of the proposal: Mozambique and Angola"
        ],
    }


def test_who_may_not_write_is_told_nothing(draft: str, enter: Enter) -> None:
    jane = enter("jane.okello")

    answer = jane.post(f"{form(draft, 'period')}/hints", {"field-planned_end": "x"}, page="/")

    assert answer.status_code in {403, 404}


def test_a_section_that_is_none_has_no_hints(draft: str, submitter: Visitor) -> None:
    answer = submitter.post(f"{form(draft, 'weather')}/hints", {}, page=form(draft, "period"))

    assert answer.status_code == 404


def test_the_form_says_where_it_asks(draft: str, submitter: Visitor) -> None:
    page = submitter.page(form(draft, "period"))

    assert f'data-hints="{form(draft, "period")}/hints"' in page
    assert "<template data-hint>" in page
