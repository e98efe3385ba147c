"""What a decision needs stands within the first screen, on a wide one and on a telephone."""

from sqlalchemy import select

from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase

SCREENS = {1280: 800, 390: 844}
NEEDED = {
    "Objective", "Countries", "Total", "Period", "Areas and goals", "Lead group",
    "Consultation of pivotal countries", "Appraisal committee", "Answers so far", "Changed",
}  # fmt: skip
# Of each term of the facts, and of each source of money, where it ends.
ENDS = """() => Object.fromEntries(
  [...document.querySelectorAll(".brief h2, .brief__facts > div")].map((part) => {
    const told = part.tagName === "H2" ? part.nextElementSibling : part;
    const name = (part.querySelector("dt") ?? part).textContent.trim();
    return [name, told.getBoundingClientRect().bottom];
  }))"""


def test_countries_money_advice_and_votes_stand_within_the_first_screen(
    walker: Walkers, play: Play
) -> None:
    for width, height in SCREENS.items():
        carla = walker.as_("carla.duarte", width=width)
        for ref in before_the_board(play):
            carla.open(f"/programmes/{ref}/rounds/decision/1")

            ends = bottoms(carla)

            assert set(ends) >= NEEDED, ref
            late = {name: end for name, end in ends.items() if name in NEEDED and end > height}
            assert late == {}, (ref, width)


def bottoms(walker: Walker) -> dict[str, float]:
    """Where each fact of the page ends, from the top of the screen."""
    found: dict[str, float] = walker.page.evaluate(ENDS)
    return found


def before_the_board(play: Play) -> list[str]:
    """The two programmes of the demonstration that the Board decides on."""
    asked = select(LifecycleCase.ref).where(
        LifecycleCase.state == "decision", LifecycleCase.footing == "managed"
    )
    with play.engine.reading() as session:
        return sorted(session.scalars(asked))[:2]
