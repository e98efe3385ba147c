"""What a checklist comes to, of cases, documents, rounds and money, and that two people close over it."""

import pytest

from tests.support.world import World
from tests.workflow.engine.cases.family import HEAD, OFFICER, REF, below
from tests.workflow.engine.checklists.listed import MONEY, PAPER, PARTS, both_close, running
from tests.workflow.engine.pages.opened import page
from tests.workflow.ledger.bookkeeping import counts, decided, recorded
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Incomplete, Invalid
from workflow.ledger.accounts import MoneyAct
from workflow.lifecycles.children.checklist import LineStanding

HELD = "The office still holds USD %s of India: record what was spent of it, or its return."
WAIVED = {**PARTS, "unless": ["start"]}
WHERE = {
    **PARTS,
    "when": [{"kind": "is", "of": ["case:proposer_is"], "is": ["agency"], "words": "an agency proposed it"}],
}  # fmt: skip


def stands(world: World, who: str = OFFICER) -> dict[str, tuple[str, list[str]]]:
    """Each line as the page of the round shows it to somebody: how it stands, and what is left or why not."""
    return {
        each.line.key: (
            each.standing.value,
            [str(left.said) for left in each.found.left]
            or [str(each.found.why_not)] * (each.found.why_not is not None),
        )
        for each in page(world, REF, "closing", who).checklist
    }


def test_each_case_that_is_open_is_named_until_none_is(world: World) -> None:
    running(world, PARTS)
    world.answer(REF, "ask", OFFICER, "asked")
    first, second, third = below(world)
    before = stands(world)
    for ref in (first, second):
        world.answer(ref, "task", OFFICER, "done")
    between = stands(world)
    world.answer(third, "task", OFFICER, "failed")

    opened = [f"{first} (Part) is open", f"{second} (Part) is open", f"{third} (Amendment) is open"]
    assert before == {"parts": ("open", opened)}
    assert between == {"parts": ("open", opened[2:])}
    assert stands(world) == {"parts": ("met", [])}


def test_an_end_that_does_not_count_is_left_and_may_be_excused_with_a_reason(world: World) -> None:
    running(world, {**PARTS, "ended_in": ["z"], "or_reason": True})
    first, second = below(world)
    world.answer(first, "task", OFFICER, "done")
    world.answer(second, "task", OFFICER, "failed")

    assert stands(world) == {"parts": ("open", [f"{second} (Part) ended as y"])}
    with pytest.raises(Invalid, match=r"ended as y") as refused:
        both_close(world)
    assert "although this is open: Parts are done" in str(refused.value.faults["reason"])
    both_close(world, "The part of Angola was given up.")
    assert world.state(REF) == "z"


def test_a_document_is_there_once_it_is_filed_as_a_form_or_as_a_file(world: World) -> None:
    running(world, PAPER)
    for ref in below(world):
        world.answer(ref, "task", OFFICER, "done")
    before = stands(world)
    with pytest.raises(Incomplete) as refused:
        both_close(world)
    world.answer(REF, "closing", HEAD, "back", "There is no paper.")
    world.attach(REF, "paper", OFFICER, "paper.pdf")
    world.answer(REF, "start", OFFICER, "go")

    assert before == {"paper": ("open", ["“Paper” is not filed"])}
    assert [str(each) for each in refused.value.missing] == [
        "The paper is there: “Paper” is not filed"
    ]
    with_file = page(world, REF, "closing", OFFICER, turn=2).checklist
    assert [each.standing for each in with_file] == [LineStanding.MET]


def test_what_nothing_was_opened_for_a_round_waived_or_a_condition_leaves_out_says_so(
    world: World,
) -> None:
    running(
        world, {**PARTS, "key": "none", "of": ["amendment"]}, {**WAIVED, "key": "waived"},
        {**WHERE, "key": "where"},
    )  # fmt: skip

    found = stands(world)

    assert found["none"] == ("not applicable", ["None was opened."])
    assert found["waived"][0] == "not applicable"
    assert "“start” was settled on 2026-03-02" in found["waived"][1][0]
    assert found["where"] == ("not applicable", ["It is not so that an agency proposed it."])
    both_close(world)
    assert world.state(REF) == "z"


def test_money_that_waits_or_is_left_is_said_and_asks_for_a_reason(world: World) -> None:
    running(world, MONEY)
    nothing = stands(world)
    counts(world, REF, MoneyAct.COMMITMENT, "300")
    counts(world, REF, MoneyAct.RECEIPT, "300")
    waiting = int(recorded(world, REF, MoneyAct.EXPENDITURE, "120.50").content)
    before = stands(world)
    decided(world, REF, waiting)
    after = stands(world)
    counts(world, REF, MoneyAct.EXPENDITURE, "179.50")

    assert nothing == {"money": ("not applicable", ["No money of it was recorded in the ledger."])}
    assert before["money"] == (
        "open",
        [
            "1 movement waits to be certified: 3.",
            HELD % "300.00",
        ],
    )
    assert after["money"] == ("open", [HELD % "179.50"])
    assert stands(world) == {"money": ("met", [])}


def test_whoever_is_against_it_is_asked_nothing(world: World) -> None:
    running(world, PARTS)

    with pytest.raises(Incomplete, match=r"not possible yet: 1 thing is missing"):
        both_close(world)
    world.answer(REF, "closing", HEAD, "back", "The parts go on.")
    sweep(world.engine)

    assert world.state(REF) == "a"
    assert verify(world.engine.database).sound
