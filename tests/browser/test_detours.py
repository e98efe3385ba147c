"""The ways that do not lead straight on: returns, objections, deferral and stepping back."""

import pytest

from tests.browser.acts.approving import BOARD, UNIT
from tests.browser.acts.consulting import CHECKED
from tests.browser.acts.signing import change, find_in_queue, sign
from tests.browser.conftest import AS_WELL, Begin
from tests.browser.walkers import Walkers
from workflow.demo.play import Play

REMARK = "Say how many nurses, by when."
WORRY = "The examination is not recognised in our country."


def test_a_returned_proposal_shows_each_remark_beside_its_section(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses who come back with remarks", "screening")
    jane, joao = walker.as_("jane.okello"), walker.as_("joao.lima")
    find_in_queue(jane, title).choose("Return for completion", "Matching money is named")
    jane.pick("Section, line 1", "Objectives and outputs")
    jane.fill("What must change, line 1", REMARK).fill("Reason", "The target is not clear.")
    jane.press(f"Sign as {UNIT}").reads("Returned to the submitter")

    joao.open("/proposals").follow(title).reads("The target is not clear.", REMARK)
    joao.follow("5. Partners").misses(REMARK).follow("4. Objectives and outputs").reads(REMARK)
    joao.fill("Objective", "By June 2028, 240 nurses of ten provinces hold a certificate.")
    joao.press("Save").follow("9. Check and submit").choose("This is answered")
    joao.press("Submit as Submitter of Mozambique").reads("stands in “Screening” now.")

    find_in_queue(jane, title).reads("what changed since you last signed", "ten provinces")
    jane.choose("Eligible: consult the pivotal countries").press(f"Sign as {UNIT}", refused=422)
    jane.reads("Answer this.").choose(*CHECKED).press(f"Sign as {UNIT}")
    assert play.state(ref) == "consultation"


@pytest.mark.proof(apart=True)
def test_an_objection_holds_the_consultation_until_it_is_withdrawn(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses over whom a country worries", "consultation")
    aisyah = sign(walker.as_("aisyah.rahman"), title, "Objects", "Malaysia", reason=WORRY)
    for who in ("priya.menon", "somchai.chaiyasit", "paulo.sa", *AS_WELL):
        play.answer(ref, "consultation", who, "lead")

    aisyah.follow("To the round").reads("You have answered, as", WORRY)
    assert play.state(ref) == "consultation"
    change(aisyah, aisyah.page.url, "Supports", "Malaysia")

    aisyah.reads("Your answer settled the round.", "The programme stands in “Lead group” now.")
    assert play.state(ref) == "lead_group"


@pytest.mark.proof(apart=True)
def test_the_director_closes_a_consultation_that_an_objection_holds(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses for whom no agreement is found", "consultation")
    play.answer(ref, "consultation", "aisyah.rahman", "objection", WORRY)
    elena = walker.as_("elena.petrova").open(f"/programmes/{ref}")
    elena.unfold("Why can I not close the consultation?").reads("has been answered by everyone")
    for who in ("priya.menon", "somchai.chaiyasit", "paulo.sa", *AS_WELL):
        play.answer(ref, "consultation", who, "support")

    elena.open(f"/programmes/{ref}").follow("Close the consultation")
    elena.choose("Close as not passed").fill("Reason", "Settle the examination first.")
    elena.press(f"Sign as {UNIT}").reads("Returned to the submitter")

    joao = walker.as_("joao.lima").open("/proposals").follow(title)
    joao.reads("Settle the examination first.")
    assert play.state(ref) == "returned"


@pytest.mark.proof(apart=True)
def test_the_board_defers_and_decides_when_it_is_brought_back(
    walker: Walkers, begin: Begin, play: Play
) -> None:
    ref = begin(title := "Nurses whom the Board considers twice", "decision")
    for who, country in BOARD:
        sign(walker.as_(who), title, "Defer", country, reason="After the elections.")
    assert play.state(ref) == "deferred"

    sign(walker.as_("elena.petrova"), title, "Bring back to the Board", UNIT)
    arjun = find_in_queue(walker.as_("arjun.mehta"), title).reads("turn 2")
    arjun.choose("Approve").press("Sign as India").reads("The round is still open.")

    assert play.state(ref) == "decision"


def test_a_recused_seat_no_longer_counts(walker: Walkers, begin: Begin, play: Play) -> None:
    ref = begin(title := "Nurses whose teacher sits at the table", "consultation")
    for who in ("priya.menon", "somchai.chaiyasit", "aisyah.rahman", *AS_WELL):
        play.answer(ref, "consultation", who, "support")

    paulo = find_in_queue(walker.as_("paulo.sa"), title).unfold("Step back (recuse)")
    paulo.fill("Why you step back", "I taught the author.").press("Step back for Brazil")
    paulo.reads("Stepped back from the seat", "I taught the author.")

    paulo.follow("To the round").reads("Stepped back", "does not count")
    assert play.state(ref) == "lead_group"
