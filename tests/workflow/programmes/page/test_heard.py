"""What was said of a programme before a decision, as far as whoever reads it may."""

from uuid import uuid4

from tests.support.world import NURSES, World
from tests.workflow.engine.pages.opened import viewer
from workflow.demo import path
from workflow.engine.commands import OpenRound, initiate
from workflow.engine.pages import review
from workflow.programmes.page.heard import Hearing, hearings

BOARD, OFFICER, STRANGER = "carla.duarte", "jane.okello", "ingrid.solberg"


def heard(world: World, ref: str, who: str = BOARD, before: str = "") -> dict[str, Hearing]:
    """The hearings of a programme by their rounds, before a round opened if one is named."""
    with world.engine.reading() as session:
        seen = viewer(world, session, ref, who)
        opened = review.of_round(seen, before, 1).opened_at if before else None
        return {each.key: each for each in hearings(seen, opened)}


def test_positions_advice_and_conclusion_are_told_with_who_said_what(world: World) -> None:
    ref = world.programme("decision")

    found = heard(world, ref)

    assert list(found) == ["consultation", "appraisal", "appraisal_conclusion"]
    positions, advice = found["consultation"], found["appraisal"]
    assert dict(positions.tally) == {
        "Offers to lead": 2, "Supports": 1, "Supports, with comments": 1,
    }  # fmt: skip
    assert [(each.party, each.reason) for each in positions.reasons] == [
        ("Brazil", "Use the open licences of our courses.")
    ]
    assert dict(advice.tally) == {"Advise to approve": 3, "Answer for the text, without advice": 1}
    assert (advice.concludes, found["appraisal_conclusion"].concludes) == (False, True)
    assert found["appraisal_conclusion"].outcome == "Recommend to the Board"
    assert found["appraisal_conclusion"].answers[0].person == "Fatou Ndiaye"


def test_only_what_was_said_before_a_round_bears_on_it(world: World) -> None:
    ref = world.programme("decision")

    assert list(heard(world, ref, before="appraisal")) == ["consultation"]
    assert heard(world, ref, before="consultation") == {}


def test_a_round_that_was_heard_again_speaks_by_its_last_turn(world: World) -> None:
    ref = world.programme("appraisal")
    for who in ("graca.mabunda", "domingos.neto", "kenji.watanabe", "ravi.chand"):
        path.advise(world, ref, NURSES, who)
    before = heard(world, ref, OFFICER)["appraisal"]
    world.answer(ref, "appraisal_conclusion", "fatou.ndiaye", "return", "Price the modules.")

    found = heard(world, ref, OFFICER)

    assert before.turn == found["appraisal"].turn == 1
    assert found["appraisal_conclusion"].outcome == "Return to formulation"
    assert found["appraisal_conclusion"].reasons[0].reason == "Price the modules."


def test_what_is_asked_beside_a_decision_is_heard_with_the_answers_so_far(world: World) -> None:
    ref = world.programme("screening")
    command = OpenRound(ref, "consent", "For two.", world.version(ref), uuid4().hex)
    initiate(world.engine, world.person(OFFICER), command)
    world.answer(ref, "consent", "graca.mabunda", "consent")

    found = heard(world, ref, OFFICER, before="screening")

    assert [found["consent"].asked, found["consent"].outcome] == [2, ""]
    assert dict(found["consent"].tally) == {"Consent": 1}
    assert heard(world, ref, STRANGER) == {}


def test_whoever_may_not_read_the_answers_of_a_round_is_told_nothing_of_it(world: World) -> None:
    ref = world.programme("decision")

    assert heard(world, ref, STRANGER) == {}
