"""When waiting for child cases is over."""

import pytest

from workflow.lifecycles.children.waits import (
    ChildStanding,
    HowMany,
    WaitsFor,
    barring,
    is_over,
)

OPEN = ChildStanding("report", "draft", final=False)
DONE = ChildStanding("report", "accepted", final=True)
GONE = ChildStanding("report", "withdrawn", final=True)
OTHER = ChildStanding("part", "draft", final=False)
ALL, SOME = WaitsFor("report", HowMany.ALL), WaitsFor("report", HowMany.SOME, 1)
ALL_WELL = WaitsFor("report", HowMany.ALL, ended_in=("accepted",))
TWO_OF_ALL = WaitsFor("report", HowMany.ALL, 2)
TWO_WELL = WaitsFor("report", HowMany.SOME, 2, ("accepted", "closed"))


@pytest.mark.parametrize(
    ("waits", "children", "over"),
    [
        (ALL, [], True),
        (ALL, [OTHER], True),
        (ALL, [OPEN], False),
        (ALL, [DONE, OPEN], False),
        (ALL, [DONE, GONE, OTHER], True),
        (ALL_WELL, [], True),
        (ALL_WELL, [DONE], True),
        (ALL_WELL, [DONE, GONE], False),
        (TWO_OF_ALL, [], False),
        (TWO_OF_ALL, [DONE], False),
        (TWO_OF_ALL, [DONE, GONE], True),
        (TWO_OF_ALL, [DONE, GONE, OPEN], False),
        (SOME, [], False),
        (SOME, [OPEN], False),
        (SOME, [GONE, OPEN], True),
        (TWO_WELL, [DONE, GONE, OPEN], False),
        (TWO_WELL, [DONE, DONE, GONE, OPEN, OTHER], True),
    ],
)
def test_a_wait_is_over(waits: WaitsFor, children: list[ChildStanding], over: bool) -> None:
    assert is_over(waits, children) is over


def test_what_bars_is_open_or_ended_otherwise() -> None:
    children = [OPEN, DONE, GONE, OTHER]

    assert barring(ALL, children) == (OPEN,)
    assert barring(ALL_WELL, children) == (OPEN, GONE)
