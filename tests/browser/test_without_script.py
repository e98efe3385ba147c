"""Everything that counts works in a browser that runs no script."""

from tests.browser.acts import proposing
from tests.browser.acts.approving import UNIT
from tests.browser.acts.signing import find_in_queue
from tests.browser.conftest import Begin
from tests.browser.walkers import Walkers
from workflow.demo.play import Play


def test_a_proposal_is_begun_written_and_sent_without_a_script(walker: Walkers, play: Play) -> None:
    joao = walker.as_("joao.lima", script=False)
    ref = proposing.begin(joao, "Nurses written about without a script")
    proposing.name(joao)
    joao.unfold("Africa").choose("Mozambique", "Angola")
    proposing.agreed(joao, 1, "Angola")
    joao.press("Save and continue")
    proposing.write_rest(joao)
    proposing.attach_letter(joao)
    joao.follow("Continue")

    proposing.submit(joao)

    assert play.state(ref) == "screening"


def test_a_round_is_answered_without_a_script(walker: Walkers, begin: Begin, play: Play) -> None:
    ref = begin(title := "Nurses screened without a script", "screening")
    jane = find_in_queue(walker.as_("jane.okello", script=False), title)

    jane.choose("Return for completion").press(f"Sign as {UNIT}", refused=422)
    jane.fill("Reason", "Name the province.").press(f"Sign as {UNIT}")

    jane.reads("What was recorded", "Name the province.")
    assert play.state(ref) == "returned"
