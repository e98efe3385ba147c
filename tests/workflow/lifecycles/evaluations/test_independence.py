"""Whoever evaluates a programme took no part in it: neither as they are named nor as they answer."""

import pytest

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import decided, recorded
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    EVALUATOR,
    INCEPTION,
    OFFICER,
    OTHER,
    Evaluated,
    ended,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid, Refusal
from workflow.ledger.accounts import MoneyAct


@pytest.fixture
def evaluation(world: World) -> Evaluated:
    """The final evaluation of a programme that has ended."""
    return ended(world)


@pytest.mark.parametrize(
    ("office", "party", "act"),
    [
        (AGENCY, "undp", "You answered “Appraisal” of"),
        ("joao.lima", "moz", "You wrote “Proposal” of"),
        ("beatriz.costa", "undp", "holds or held an office of"),
    ],
)
def test_whoever_took_part_in_the_programme_is_refused_at_the_field_with_the_act_that_bars(
    evaluation: Evaluated, office: str, party: str, act: str
) -> None:
    evaluation.programme.appoint(office, "evaluator", "evaluation-office")
    evaluation.terms_set()

    with pytest.raises(Invalid) as refused:
        evaluation.named(office)

    assert list(refused.value.faults) == ["evaluator"]
    assert act in str(refused.value.faults["evaluator"])
    assert evaluation.state == "naming"


def test_somebody_who_took_part_in_a_case_under_the_programme_is_refused_as_well(
    evaluation: Evaluated,
) -> None:
    world, programme = evaluation.world, evaluation.programme
    programme.answer(ASSURER, "planning_the_evaluation", "evaluate", "The coast asks.")
    second = Evaluated(programme, 2)
    programme.appoint(OTHER, "evaluator", "evaluation-office")
    second.terms_set()
    second.named(OTHER)
    world.answer(second.ref, "taking_on", OTHER, "take_on")
    evaluation.terms_set()

    with pytest.raises(Invalid) as refused:
        evaluation.named(OTHER)

    assert f"of {second.ref}" in str(refused.value.faults["evaluator"])


def test_whoever_kept_the_money_of_the_programme_is_refused_as_well(
    evaluation: Evaluated,
) -> None:
    world, programme = evaluation.world, evaluation.programme
    programme.appoint(OTHER, "evaluator", "evaluation-office")
    recorded(world, programme.ref, MoneyAct.PLEDGE, "100", source="moz", who=OFFICER)
    decided(world, programme.ref, 1, who=OTHER)
    evaluation.terms_set()

    with pytest.raises(Invalid) as refused:
        evaluation.named(OTHER)

    said = str(refused.value.faults["evaluator"])
    assert f"The history of {programme.ref} tells of you" in said
    assert "“Money certified”" in said


def test_whoever_holds_no_office_of_an_evaluator_is_not_named(evaluation: Evaluated) -> None:
    evaluation.terms_set()

    with pytest.raises(Invalid) as refused:
        evaluation.named(OTHER)

    assert list(refused.value.faults) == ["evaluator"]


def test_nobody_answers_for_the_evaluator_but_whoever_was_named(evaluation: Evaluated) -> None:
    evaluation.programme.appoint(OTHER, "evaluator", "evaluation-office")
    evaluation.terms_set()
    evaluation.named()

    with pytest.raises(Refusal, match="Nadia Haddad was named to answer this in person"):
        evaluation.answer(OTHER, "taking_on", "take_on")

    assert evaluation.state == "naming"


def test_another_one_is_named_where_the_first_declines_or_is_replaced(
    evaluation: Evaluated,
) -> None:
    evaluation.programme.appoint(OTHER, "evaluator", "evaluation-office")
    evaluation.terms_set()
    evaluation.named()
    evaluation.answer(EVALUATOR, "taking_on", "decline", "I am away.")
    evaluation.named(OTHER)
    evaluation.answer(OTHER, "taking_on", "take_on")
    evaluation.answer(ASSURER, "replacing", "replace", "Tom has fallen ill.")
    evaluation.named()
    evaluation.answer(EVALUATOR, "taking_on", "take_on")
    with pytest.raises(Refusal, match="Nadia Haddad was named"):
        evaluation.answer(OTHER, "beginning", "file")
    evaluation.file(EVALUATOR, "inception_report", INCEPTION)
    evaluation.answer(EVALUATOR, "beginning", "file")

    assert evaluation.state == "inception"
    assert verify(evaluation.world.engine.database).sound


def test_whoever_was_named_and_has_come_to_take_part_since_is_barred_as_they_answer(
    evaluation: Evaluated,
) -> None:
    evaluation.terms_set()
    evaluation.named()
    evaluation.programme.appoint(EVALUATOR, "programme_manager", "undp")

    with pytest.raises(Refusal, match="not independent"):
        evaluation.answer(EVALUATOR, "taking_on", "take_on")
