"""The third framework from the first draft until it is in force, every step taken by its people in their browsers."""

import pytest
from sqlalchemy import func, select

from tests.browser.acts.approving import BOARD, UNIT
from tests.browser.acts.signing import Life, find_in_queue
from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from workflow.audit.verification.verify import verify
from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase, SignOff

pytestmark = pytest.mark.proof(apart=True)

TITLE = "Third cooperation framework, carried by its people"
HEARD = (("priya.menon", "India"), ("somchai.chaiyasit", "Thailand"), ("aisyah.rahman", "Malaysia"))


def test_it_is_carried_from_draft_to_in_force_by_its_people(walker: Walkers, play: Play) -> None:
    ref = formulate(walker.as_("jane.okello"))
    life = Life(walker, play, TITLE, ref)
    life.sign_all(HEARD, "Supports", as_key=("consulting", "support"))
    draft(life)
    life.sign_all(BOARD, "Adopt", as_key=("deciding", "adopt"))
    record(life)

    anybody = walker.as_("li.wei").open(f"/frameworks/{ref}")
    anybody.reads("Executive Board, second regular session 2004", "2004-09-24", "DP/CF/SSC/3")
    anybody.reads("Regular resources", "10,500,000", "Small and medium enterprises")
    assert play.state(ref) == "in_force"
    assert signed(play, ref) >= 6
    assert verify(play.engine.database).sound


def formulate(jane: Walker) -> str:
    """The officer begins it, says what it is for, and has the countries consulted."""
    jane.open("/frameworks").follow("Begin: Cooperation framework")
    jane.fill("Title", TITLE).press("Begin")
    ref = jane.address.split("/programmes/")[1].split("/")[0]
    jane.fill("Symbol", "DP/CF/SSC/3").fill("In force from", "2005-01-01")
    jane.fill("In force until", "2007-12-31").choose("Small and medium enterprises")
    jane.press("Save and continue")
    jane.fill("Objective", "The Millennium Development Goals, by what the South has tried.")
    jane.fill("Strategy", "Groups of pivotal countries lead joint programmes.")
    jane.fill("Outcome, line 1", "Solutions in use").fill("Indicator, line 1", "countries")
    jane.fill("Envelope (USD)", "10500000")
    jane.pick("Source, line 1", "Regular resources")
    jane.pick("Area, line 1", "Small and medium enterprises").fill(
        "Amount (USD), line 1", "10500000"
    )
    jane.press("Save and continue").follow("4. Check and sign")
    jane.press(f"Consult the countries as Officer of the Special Unit of {UNIT}")
    return ref


def draft(life: Life) -> None:
    """The officer writes who was heard, and the Director puts it before the Board."""
    jane = life.as_("jane.okello")
    jane.open(f"/programmes/{life.ref}/documents/consultation_record/edit")
    jane.fill("Who was consulted", "India, Malaysia and Thailand, in the summer of 2004.")
    jane.fill("Whose, line 1", "Thailand").fill("View, line 1", "Say who owns the next step.")
    jane.fill("How it was dealt with, line 1", "Each round names whose move it is.")
    jane.press("Save")
    elena = find_in_queue(life.as_("elena.petrova"), TITLE).follow("4. Check and sign")
    elena.press(f"Put before the Board as Director of the Special Unit of {UNIT}")


def record(life: Life) -> None:
    """The officer records at which session and under which symbol the Board decided."""
    jane = life.as_("jane.okello").open("/queue").follow(TITLE).choose("Record the decision")
    jane.fill("Session of the Board", "Executive Board, second regular session 2004, New York")
    jane.fill("Symbol of the decision", "DP/CF/SSC/3").fill("Decided on", "2004-09-24")
    jane.fill("Text of the decision", "The Board took its decision on DP/CF/SSC/3.")
    jane.press(f"Sign as {UNIT}").reads("In force")


def signed(play: Play, ref: str) -> int:
    """How many different people signed."""
    given = (
        select(func.count(SignOff.person_id.distinct()))
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref)
    )
    with play.engine.reading() as session:
        return session.scalar(given) or 0
