"""A small grant is carried to each of its ends, with an agency and without one."""

from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.errors import Incomplete, Refusal

GRANT: dict[str, Any] = {
    "title": "Seed banks of three islands",
    "framework": "F7",
    "requesting_institution": "Institute of Agriculture, Maputo",
    "participating_countries": ["MOZ", "AGO", "CPV"],
    "areas": ["agriculture"],
    "beneficiaries": "Six hundred farms.",
    "planned_start": "2027-01-01",
    "planned_end": "2028-12-31",
    "situation": "Each keeps seeds of its own and knows nothing of the others'.",
    "strategy": "One register, three banks, two exchanges of people a year.",
    "objective": "By 2028 the three banks hold each other's seeds.",
    "requested": "35000",
    "matching": "45000",
    "total_cost": "80000",
}


def written(world: World, **changed: Any) -> Carried:
    """A grant as it is asked for."""
    return Carried(world, "small-grant", {**GRANT, **changed})


def endorsed(carried: Carried) -> None:
    """The institution sends it, and its Permanent Mission endorses it with the letters."""
    carried.answer("joao.lima", "sending", "send")
    carried.world.attach(carried.ref, "matching_letters", "graca.mabunda", "letters.pdf")
    carried.answer("graca.mabunda", "endorsing", "endorse")


def approved(carried: Carried) -> None:
    """It is found eligible, recommended and approved."""
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "recommend")
    carried.board("deciding", "approve")


@pytest.mark.parametrize("agency", ["", "undp"])
def test_it_is_signed_by_an_agency_only_where_one_carries_it_out(world: World, agency: str) -> None:
    carried = written(world, executing_agency=agency)
    approved(carried)
    carried.answer("elena.petrova", "signing", "sign")
    carried.answer("graca.mabunda", "signing", "sign")
    signed = carried.state
    if agency:
        carried.answer("kenji.watanabe", "signing", "sign")
    carried.world.file(
        carried.ref, "final_report", "joao.lima", {"results": "Three banks.", "spent": "35000"}
    )
    carried.answer("joao.lima", "reporting", "report")
    carried.answer("tom.becker", "accounting", "accept")

    assert (signed, carried.state) == ("signature" if agency else "running", "closed")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"requested": "40001", "total_cost": "85001"}, "more than the ceiling of USD 40,000 by"),
        ({"participating_countries": ["MOZ", "AGO"]}, "Fewer than three developing countries"),
        ({"participating_countries": ["MOZ", "AGO", "NOR"]}, "Fewer than three developing"),
        ({"matching": "34999", "total_cost": "69999"}, "less than what is asked of the fund by"),
        ({"total_cost": "90000"}, "differ from the total by"),
        ({"planned_end": "2026-01-01"}, "ends before it starts"),
    ],
)
def test_what_is_not_eligible_cannot_be_sent_and_is_named(
    world: World, changed: dict[str, Any], said: str
) -> None:
    carried = written(world, **changed)

    with pytest.raises(Incomplete) as refused:
        carried.answer("joao.lima", "sending", "send")

    assert any(said in str(each) for each in refused.value.missing)
    assert carried.state == "draft"


def test_at_the_ceiling_it_can_be_sent(world: World) -> None:
    carried = written(world, requested="40000", matching="40000", total_cost="80000")

    carried.answer("joao.lima", "sending", "send")

    assert carried.state == "endorsement"


def test_nobody_endorses_it_without_the_letters_of_matching_money(world: World) -> None:
    carried = written(world)
    carried.answer("joao.lima", "sending", "send")

    with pytest.raises(Refusal, match="not possible yet"):
        carried.answer("graca.mabunda", "endorsing", "endorse")


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (("jane.okello", "screening", "refuse"), "rejected"),
        (("jane.okello", "screening", "return"), "returned"),
        (("joao.lima", "withdrawing", "withdraw"), "withdrawn"),
    ],
)
def test_it_can_end_or_come_back_at_the_screening(
    world: World, last: tuple[str, str, str], end: str
) -> None:
    carried = written(world)
    endorsed(carried)

    carried.answer(*last, "Two of the countries only send visitors.")

    assert carried.state == end


def test_what_the_experts_do_not_recommend_ends(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "against", "The banks are there already.")

    assert carried.state == "rejected"


def test_what_the_ministers_do_not_approve_ends(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "recommend")
    carried.board("deciding", "reject", "The year's means are given.")

    assert carried.state == "rejected"
