"""What countries share, in real browsers: on a telephone and a screen, by hand from entering to withdrawing."""

import pytest

from tests.browser.test_narrow import NARROW, of_each_state, sideways
from tests.browser.walkers import Walkers
from workflow.demo.play import Play

NAME = "Dr Lakshmi Raman"


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_an_expert_is_entered_confirmed_found_and_withdrawn(walker: Walkers, width: int) -> None:
    priya, jane = walker.as_("priya.menon", width=width), walker.as_("jane.okello", width=width)
    wrong: list[list[str]] = []

    priya.open("/solutions").follow("Enter: expert")
    wrong.append(sideways(priya))
    priya.fill("Name", NAME).fill("What they know", "Twenty years of distance learning.")
    priya.choose("Portuguese").fill("Availability", "From June on").press(
        "Send it to be confirmed", refused=422
    )
    priya.choose("Education").fill("Consent given on", "2026-01-05")
    priya.fill("Consent lasts to", "2028-01-04").fill("What the expert agreed to", "Listed so.")
    priya.press("Send it to be confirmed").reads("It is entered.", "You worded this.")
    wrong.append(sideways(priya))
    jane.open("/solutions").follow(NAME)
    jane.press("Confirm").reads("It is listed for a year, to")
    priya.open("/solutions?text=distance+learning").reads(NAME)
    wrong.append(sideways(priya))
    priya.follow(NAME).choose("I know that this cannot be undone").press("Withdraw and erase")

    priya.reads("It is withdrawn.").misses(NAME)
    assert wrong == [[], [], []]


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_whom_to_invite_is_read_on_every_screen(walker: Walkers, play: Play, width: int) -> None:
    ref = of_each_state(play)["screening"]

    jane = walker.as_("jane.okello", width=width).open(f"/programmes/{ref}/rounds/screening/1")

    jane.reads("Whom to invite: suggestions", "Nobody is invited by this list.")
    assert sideways(jane) == []
