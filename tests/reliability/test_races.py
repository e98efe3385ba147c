"""Two last sign-offs at once: both count, one moves the case, nobody gets an error.

The naive variant, which looks first and writes afterwards, stands beside and is shown to leave the
programme standing for ever although everybody approved.
"""

from collections import Counter

import pytest

from tests.reliability.field import Field, answers, approving
from tests.reliability.grounds import BOARD, RACES, Copies, ground, grounds
from tests.reliability.interleaving import Act, at_once, kept_waiting, overtaken
from tests.reliability.naive import Naive
from tests.workflow.engine.commands.test_sign import trail
from workflow.engine.commands.receipts import Receipt

FIRST, SECOND = LAST_TWO = ("carla.duarte", "sipho.dlamini")


def approvals(field: Field) -> list[Act]:
    """The two last approvals, from pages opened before either was given."""
    pages = zip((field.one, field.other), LAST_TWO, strict=True)
    return [approving(field, engine, who) for engine, who in pages]


@pytest.mark.proof
def test_two_last_approvers_both_count_and_one_moves_the_case(copies: Copies) -> None:
    outcomes: Counter[tuple[str, ...]] = Counter()
    here: Field | None = None
    for world, ref in grounds(copies, BOARD):
        here = Field.again(here, world, ref)
        before = trail(world, ref).count("state.entered")

        receipts = at_once(approvals(here))

        assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts
        outcomes[tuple(r.outcome for r in receipts if isinstance(r, Receipt))] += 1
        assert (world.state(ref), answers(world, ref, "decision")) == ("signature", 3)
        assert trail(world, ref).count("state.entered") == before + 1
    print(f"Of {RACES} races the first won {outcomes['approve', '']}, the second the rest.")
    assert set(outcomes) <= {("", "approve"), ("approve", "")}


@pytest.mark.parametrize("arranged", [overtaken, kept_waiting])
def test_whoever_comes_second_moves_the_case(copies: Copies, arranged: object) -> None:
    for world, ref in ground(copies, BOARD):
        here = Field.of(world, ref)
        one, other = approvals(here)

        first, second = arranged(one, here.one, other)  # type: ignore[operator]

        moved = {first.outcome: "", second.outcome: ""}
        assert set(moved) == {"", "approve"}
        assert (second.outcome == "approve") is (arranged is kept_waiting)
        assert world.state(ref) == "signature"


def test_looking_first_and_writing_afterwards_loses_the_decision(copies: Copies) -> None:
    for world, ref in ground(copies, BOARD):
        world.honest = False
        here = Field.of(world, ref)
        pages = zip((here.one, here.other), LAST_TWO, strict=True)
        writes = [Naive(world, e, ref, "decision", who, "approve").look() for e, who in pages]

        for write in writes:
            write()

        assert (world.state(ref), answers(world, ref, "decision")) == ("decision", 3)
