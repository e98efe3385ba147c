"""Which document a seat is answered in."""

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.engine.moves.papers import own_form
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


@pytest.mark.parametrize(
    ("round_key", "role", "state", "form"),
    [
        ("submission", "submitter", "draft", "proposal"),
        ("resubmission", "submitter", "returned", "proposal"),
        ("presentation", "executing_agency", "formulation", "project_document"),
        ("begin_delivery", "programme_manager", "inception", "annual_work_plan"),
        ("closure", "finance_officer", "operational_closure", "final_financial_statement"),
        ("closure", "unit_head", "operational_closure", ""),
        ("screening", "unit_officer", "screening", ""),
        ("withdrawal", "submitter", "screening", ""),
        ("endorsement", "national_authority", "formulation", ""),
    ],
)
def test_a_seat_is_answered_at_the_end_of_the_form_that_its_holder_writes(
    standard: Definition, round_key: str, role: str, state: str, form: str
) -> None:
    assert own_form(standard, standard.rounds[round_key], role, state) == form
