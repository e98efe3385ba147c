"""One programme from the empty form until it is closed, every step taken by its people in their browsers."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from tests.browser.acts import (
    approving,
    auditing,
    consulting,
    delivering,
    ending,
    proposing,
)
from tests.browser.acts.signing import Life
from tests.browser.acts.standing_in import standing_in
from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from workflow.audit.verification.verify import verify
from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase, SignOff

pytestmark = pytest.mark.proof(apart=True)

TITLE = "Distance learning for nurses, from the first word to the last"


def test_a_programme_lives_its_whole_life(
    walker: Walkers, play: Play, record_property: Callable[[str, object], None]
) -> None:
    ref = propose(walker.as_("joao.lima"))
    life = Life(walker, play, TITLE, ref)
    consulting.screen(life)
    consulting.consult(life)
    consulting.settle_lead(life)
    approving.formulate(life)
    approving.endorse(life)
    approving.appraise(life)
    approving.decide(life)
    approving.sign_blocks(life)
    delivering.begin_delivery(life)
    delivering.report(life)
    delivering.review(life)
    ending.waive(life)
    close(life)
    audit(walker.as_("marie.laurent"), play, ref)

    assert play.state(ref) == "closed"
    people, sign_offs = counted(play, ref)
    record_property("people", people)
    record_property("sign-offs", sign_offs)
    print(f"{people} people gave {sign_offs} sign-offs; {walker.findings.said()}.")
    assert people >= 8
    assert verify(play.engine.database).sound


def propose(joao: Walker) -> str:
    """Write the proposal; until it is complete the last page names what is missing."""
    ref = proposing.begin(joao, TITLE)
    joao.follow("9. Check and submit")
    joao.reads("things are missing", "Period: Planned start", "Budget: Budget lines")
    joao.reads("You can sign as soon as nothing is missing.")
    assert joao.page.get_by_role("button", name="Submit as").count() == 0
    joao.follow("1. Title and countries")
    proposing.write(joao)
    joao.follow("9. Check and submit").reads("1 thing is missing", "Letter of request")
    joao.follow("8. Letters and documents")
    proposing.attach_letter(joao)
    joao.follow("Continue")
    proposing.submit(joao)
    return ref


def close(life: Life) -> None:
    """Two people certify: the one who did so first may not do it for the other office too."""
    tom = life.as_("tom.becker")
    with standing_in(life.play, "tom.becker", "unit_head", "special-unit"):
        ending.file_accounts(tom, life.ref)
        closure = f"/programmes/{life.ref}/rounds/closure/1"
        second = life.walkers.tab(tom).open(closure).follow(f"Director, {approving.UNIT}")
        tom.open(closure).choose("Certify").press(f"Sign as {approving.UNIT}")
        tom.reads("The round is still open.")
        second.choose("Certify").press(f"Sign as {approving.UNIT}", refused=403)
        second.reads("You have already answered in this round for another seat")
        second.page.close()
    elena = life.sign("elena.petrova", "Certify", approving.UNIT)
    elena.reads("Your answer settled the round.", "Closed")


def audit(marie: Walker, play: Play, ref: str) -> None:
    """Every act is told in plain words, the chain verifies, and the file tells the same."""
    auditing.read_history(marie, TITLE)
    rows = auditing.take_away(marie)
    words = auditing.told(marie)

    acts = [row for row in rows if not row["type"].startswith("History ")]
    assert sum(row["type"] == "Answer given" for row in acts) == counted(play, ref)[1]
    assert [row["sentence"] for row in acts if row["sentence"] not in words] == []
    assert [int(row["event"]) for row in rows] == list(range(1, len(rows) + 1))


def counted(play: Play, ref: str) -> tuple[int, int]:
    """How many different people signed, and how often."""
    given = (
        select(func.count(SignOff.person_id.distinct()), func.count())
        .select_from(SignOff)
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref)
    )
    with play.engine.reading() as session:
        people, sign_offs = session.execute(given).one()
    return people, sign_offs
