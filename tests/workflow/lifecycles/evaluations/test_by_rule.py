"""Standard and joint programmes are evaluated by rule and at will, in cases of their own that their end waits for."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.world import NURSES, PROPOSAL, TEXTS, World
from tests.workflow.lifecycles.shipped.joint import FINAL, MANAGER, Joint
from tests.workflow.lifecycles.shipped.years import until
from workflow.audit.verification.verify import verify
from workflow.demo import yearly
from workflow.errors import Incomplete, Invalid, NotAuthorised, RoundClosed

ASSURER, DIRECTOR, FINANCE = "oluwaseun.ade", "elena.petrova", "tom.becker"


def costing(total: int) -> dict[str, Any]:
    """The texts of a programme that costs so much, half of it matching money."""
    half = str(total // 2)
    lines = [
        {"source": "UNFSSC", "purpose": "courses", "nature": "activities", "amount": half},
        {"source": "India", "purpose": "tutors", "nature": "matching", "amount": half},
    ]
    years = [{"year": "2027", "source": "India", "amount": str(total)}]
    return {
        **TEXTS,
        "proposal": {**PROPOSAL, "budget": lines, "total_cost": str(total)},
        "project_document": {**TEXTS["project_document"], "budget": years},
    }


def waive(world: World, ref: str) -> None:
    """The Director waives an evaluation that is not mandatory."""
    world.file(ref, "waiver", DIRECTOR, {"reasons": "It is a small one."})
    world.answer(ref, "waiving", DIRECTOR, "waive")


@pytest.mark.parametrize(("total", "number"), [(5_000_000, 1), (4_999_998, 0)])
def test_what_costs_five_million_is_evaluated_half_way(
    world: World, total: int, number: int
) -> None:
    ref = world.programme("active", replace(NURSES, texts=costing(total)))

    until(world, 2027, 9, 1)
    before = yearly.below(world, ref, "evaluation")
    until(world, 2027, 10, 15)

    assert before == []
    assert len(yearly.below(world, ref, "evaluation")) == number


def accounts_filed(world: World, ref: str) -> None:
    """Everything that is certified as a programme is closed."""
    world.file(ref, "final_financial_statement", FINANCE, TEXTS["final_financial_statement"])
    world.attach(ref, "asset_transfer", FINANCE, "asset-transfer.pdf")


def closed(world: World, ref: str) -> bool:
    """Whether two people close it."""
    for who in (FINANCE, DIRECTOR):
        world.answer(ref, "closure", who, "certify")
    return world.state(ref) == "closed" and verify(world.engine.database).sound


def test_the_quality_assurer_has_it_evaluated_and_its_accounts_wait_for_that(world: World) -> None:
    ref = world.programme("operational_closure")
    with pytest.raises(NotAuthorised):
        world.answer(ref, "planning_the_evaluation", MANAGER, "evaluate", "To see how it went.")
    world.answer(ref, "planning_the_evaluation", ASSURER, "evaluate", "The tutors left early.")
    (evaluation,) = yearly.below(world, ref, "evaluation")
    accounts_filed(world, ref)
    with pytest.raises(RoundClosed, match=evaluation):
        world.answer(ref, "closure", FINANCE, "certify")
    waive(world, evaluation)

    assert closed(world, ref)


def test_what_costs_three_million_is_evaluated_at_its_end_and_cannot_be_waived(
    world: World,
) -> None:
    ref = world.programme("operational_closure", replace(NURSES, texts=costing(3_000_000)))
    (evaluation,) = yearly.below(world, ref, "evaluation")
    accounts_filed(world, ref)
    with pytest.raises(RoundClosed, match=evaluation):
        world.answer(ref, "closure", FINANCE, "certify")
    for case in (ref, evaluation):
        with pytest.raises(Invalid) as refused:
            waive(world, case)
        assert "cannot be waived" in str(refused.value.faults["reasons"])

    assert world.state(evaluation) == "terms"
    assert world.state(ref) == "operational_closure"


def test_what_costs_less_says_why_it_is_not_evaluated_before_it_is_closed(world: World) -> None:
    ref = world.programme("operational_closure", replace(NURSES, texts=costing(2_999_998)))
    accounts_filed(world, ref)
    opened = yearly.below(world, ref, "evaluation")
    with pytest.raises(Incomplete) as refused:
        world.answer(ref, "closure", FINANCE, "certify")
    with pytest.raises(NotAuthorised):
        world.file(ref, "waiver", ASSURER, {"reasons": "It is a small one."})
    waive(world, ref)

    assert opened == []
    (lacking,) = map(str, refused.value.missing)
    assert lacking == (
        "What costs less than USD 3 million is evaluated, or says why not: “Waiver of the "
        "evaluation” is not filed"
    )
    assert closed(world, ref)


def ended(world: World, amounts: tuple[str, str]) -> Joint:
    """A joint programme that costs so much, of which the consolidated report was accepted."""
    parts = [
        {"country": country, "partner": "Ministry", "output": "A laboratory", "amount": amount}
        for country, amount in zip(("MOZ", "AGO"), amounts, strict=True)
    ]
    joint = Joint(world, parts=parts, total_cost=str(sum(map(int, amounts))))
    joint.signed()
    for country, ref in zip(("ago", "moz"), joint.below(), strict=False):
        joint.end_part(ref, country)
    joint.wait()
    joint.world.file(joint.ref, "final_report", MANAGER, FINAL)
    joint.consolidate()
    joint.wait()
    return joint


def test_a_joint_programme_of_three_million_is_evaluated_before_it_is_closed(world: World) -> None:
    joint = ended(world, ("1500000", "1500000"))
    evaluated = joint.state
    (evaluation,) = yearly.below(world, joint.ref, "evaluation")
    with pytest.raises(RoundClosed, match=evaluation):
        joint.answer(ASSURER, "closing", "close")

    assert evaluated == "evaluation"


def test_one_that_costs_less_is_closed_by_two_without(world: World) -> None:
    joint = ended(world, ("290000", "195000"))
    joint.close()

    assert joint.state == "closed"
    assert yearly.below(world, joint.ref, "evaluation") == []
