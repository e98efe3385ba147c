"""What an answer over a checklist says: bound to what its page showed, and told by its event."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import HEAD, OFFICER, REF, below, events
from tests.workflow.engine.checklists.listed import MONEY, PARTS, running
from tests.workflow.engine.checklists.test_computed import HELD
from tests.workflow.engine.pages.opened import page
from tests.workflow.history.test_reader import page as history
from tests.workflow.ledger.bookkeeping import counts
from workflow.audit.events.codec import written
from workflow.audit.events.seats import SignoffGiven, ToldLine
from workflow.audit.verification.verify import verify
from workflow.engine.commands import sign
from workflow.engine.rounds.decision import Decision
from workflow.errors import Stale
from workflow.ledger.accounts import MoneyAct


def given_over(world: World, who: str, shown: str, reason: str = "") -> None:
    """Somebody closes it on a page that showed this checklist."""
    seat = next(each for each in page(world, REF, "closing", who).own if each.seat)
    wish = Decision(REF, "closing", "close", world.version(REF), uuid4().hex, seat.seat, reason)
    sign(world.engine, world.person(who), replace(wish, checklist=shown))


def told(world: World) -> list[tuple[ToldLine, ...]]:
    """The checklists that the answers of the closing round tell, in their order."""
    given = (each.what for each in events(world, REF) if each.type == "signoff.given")
    return [
        each.checklist
        for each in given
        if isinstance(each, SignoffGiven) and each.round == "closing"
    ]


def test_a_page_that_showed_another_checklist_is_stale_and_writes_nothing(world: World) -> None:
    running(world, PARTS)
    first, second = below(world)
    world.answer(first, "task", OFFICER, "done")
    seen = page(world, REF, "closing", HEAD).checklist_digest
    world.answer(second, "task", OFFICER, "done")

    with pytest.raises(Stale, match="The checklist has changed"):
        given_over(world, HEAD, seen)
    nothing = told(world)
    given_over(world, HEAD, page(world, REF, "closing", HEAD).checklist_digest)

    assert nothing == []
    assert told(world) == [(ToldLine(line="parts", standing="met", looked_at=2),)]


def test_each_of_the_two_answers_for_what_stood_as_they_signed(world: World) -> None:
    running(world, PARTS, MONEY)
    for ref in below(world):
        world.answer(ref, "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")
    counts(world, REF, MoneyAct.COMMITMENT, "90")
    counts(world, REF, MoneyAct.RECEIPT, "90")
    world.answer(REF, "closing", HEAD, "close", "Nine cents are not worth a transfer.")

    (_, money), (_, later) = told(world)
    assert (money.standing, money.why_not) == (
        "not applicable", "No money of it was recorded in the ledger.",
    )  # fmt: skip
    assert (later.standing, later.left) == (
        "open",
        (HELD % "90.00",),
    )
    assert world.state(REF) == "z"
    assert verify(world.engine.database).sound
    said = [str(under) for line in history(world, REF, OFFICER).lines for under in line.under]
    assert "“Parts are done”: met" in said
    assert f"“Money is reconciled”: open, {HELD % '90.00'}" in said


def test_an_answer_where_there_is_no_checklist_says_nothing_of_one(world: World) -> None:
    running(world)
    world.answer(REF, "closing", OFFICER, "close")

    (given,) = (
        each.what
        for each in events(world, REF)
        if isinstance(each.what, SignoffGiven) and each.what.round == "closing"
    )
    assert "checklist" not in written(given)
