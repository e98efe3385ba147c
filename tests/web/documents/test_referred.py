"""Whoever writes, reads or decides on a text has the rows of another one before them to which it refers."""

import pytest

from tests.support.deciding import round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    EVALUATOR,
    REPORT,
    RESPONSE,
    Evaluated,
    ended,
)

FIRST = "1 Keep the tutors. United Nations Development Programme"


@pytest.fixture
def reported(world: World) -> Evaluated:
    """An evaluation whose report is finished and has to be answered."""
    found = ended(world)
    found.terms_set()
    found.taken_on()
    found.reported()
    return found


def main(page: str) -> str:
    return told(page[page.index("<main") :])


def test_the_recommendations_stand_beside_the_form_that_answers_them(
    reported: Evaluated, enter: Enter
) -> None:
    agency = enter(AGENCY)
    form = f"/programmes/{reported.ref}/documents/response/edit/response"

    page = main(agency.page(form))

    assert "Recommendations Evaluation report · version 1" in page
    assert FIRST in page
    assert page.index(FIRST) < page.index("Recommendation no.")
    assert "3 Charge for tests. Mozambique" in page


def test_they_stand_where_the_answers_are_read_and_decided_on(
    reported: Evaluated, enter: Enter
) -> None:
    reported.file(AGENCY, "response", RESPONSE)
    agency = enter(AGENCY)

    read = main(agency.page(f"/programmes/{reported.ref}/documents/response"))
    responding = main(agency.page(round_page(reported.world, reported.ref, "responding", AGENCY)))
    reported.answer(AGENCY, "responding", "respond")
    reported.answer("jane.okello", "responding", "respond")
    accepting = main(
        enter(ASSURER).page(round_page(reported.world, reported.ref, "accepting", ASSURER))
    )

    assert FIRST in read
    assert FIRST in responding
    assert accepting.count("Keep the tutors.") == 1, "the report is under decision itself"


def test_the_version_that_counts_stands_there(reported: Evaluated, enter: Enter) -> None:
    reported.responded()
    reported.answer(ASSURER, "accepting", "return_report", "Say for whom.")
    changed = [{"number": "1", "recommendation": "Let the tutors go.", "party": "undp"}]
    reported.file(EVALUATOR, "report", {**REPORT, "recommendations": changed})
    reported.answer(EVALUATOR, "finishing", "file")

    page = main(enter(AGENCY).page(f"/programmes/{reported.ref}/documents/response/edit/response"))

    assert "Recommendations Evaluation report · version 2" in page
    assert "Let the tutors go." in page
    assert "Keep the tutors." not in page


def test_of_a_table_that_refers_to_nothing_nothing_stands_beside(
    reported: Evaluated, enter: Enter
) -> None:
    page = enter(EVALUATOR).page(f"/programmes/{reported.ref}/documents/report")

    assert 'id="referred-' not in page


def test_the_outputs_of_a_proposal_stand_beside_the_results_that_repeat_them(
    world: World, enter: Enter
) -> None:
    ref = world.programme("formulation")

    page = main(enter(AGENCY).page(f"/programmes/{ref}/documents/project_document/edit/results"))

    assert "Expected outputs Proposal · version 1" in page
