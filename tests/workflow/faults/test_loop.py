"""Loops that go on after every fault, and say so now and then."""

import logging

import pytest
from sqlalchemy.exc import InterfaceError
from sqlalchemy.exc import TimeoutError as NoConnection

from tests.support.waiting import until
from workflow.faults.loop import Complaints, Loop

FAULTS = [
    InterfaceError("select 1", {}, Exception("the connection is closed")),
    NoConnection("no connection became free"),
    OSError("no route to host"),
    KeyError("a bug"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_loop_goes_on_after_a_fault(fault: Exception) -> None:
    left, heard = [fault], list[Exception | None]()

    def step() -> float:
        if left:
            raise left.pop()
        return 0.01

    loop = Loop("The trial", step, heard.append)
    loop.begin()
    until(lambda: None in heard, saying=lambda: heard)
    loop.end()

    assert heard[:2] == [fault, None]


def test_a_loop_goes_on_where_nobody_can_be_told() -> None:
    steps = []

    def step() -> float:
        steps.append(1)
        return 0.01

    def deaf(_fault: Exception | None) -> None:
        raise OSError("the disk is full")

    loop = Loop("The trial", step, deaf)
    loop.begin()
    until(lambda: len(steps) > 3, saying=lambda: steps)
    loop.end()


def test_a_loop_does_its_last_thing_once() -> None:
    done = []

    def last() -> float:
        done.append("last")
        return 0.0

    loop = Loop("The trial", lambda: 5.0, last=last)
    loop.begin()
    loop.end()

    assert done == ["last"]


def test_a_fault_that_lasts_is_said_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    complaints = Complaints("The trial")

    for _ in range(3):
        complaints.hear(OSError("no route to host"))
    complaints.hear(OSError("the disk is full"))
    complaints.end()
    complaints.end()

    assert [record.getMessage() for record in caplog.records] == [
        "The trial waits a while: no route to host",
        "The trial waits a while: the disk is full (and 2 times more before)",
        "The trial goes on.",
    ]


def test_a_bug_shows_itself_whole_and_an_outage_as_a_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        Complaints("The trial").hear(KeyError("a bug"))
        Complaints("The trial").hear(OSError("no route to host"))
        Complaints("The trial", KeyError).hear(KeyError("no bug here"))

    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False]
