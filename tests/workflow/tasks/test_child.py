"""Processes that are begun again however they end."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.reliability.offspring import alive
from tests.support.waiting import until
from workflow.tasks.child import LEFT_TO_OTHERS, Child

ENDING_AT_ONCE = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(int(sys.argv[2]))"
LISTENING = """
import os, sys
open(sys.argv[1], 'w').write(str(os.getpid()))
sys.stdin.read()
"""


def ending(note: Path, status: int) -> Child:
    """A process that ends as soon as it has noted that it was begun."""
    return Child([sys.executable, "-c", ENDING_AT_ONCE, str(note), str(status)])


def begun(note: Path) -> int:
    return len(note.read_text()) if note.exists() else 0


def test_a_child_that_ends_with_status_nought_is_begun_again(tmp_path: Path) -> None:
    child, note = ending(tmp_path / "note", 0), tmp_path / "note"

    until(lambda: (child.tend(), begun(note) >= 2)[1], saying=lambda: begun(note))

    child.end()


def test_a_death_is_told_in_the_log_with_what_comes_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    note = tmp_path / "note"
    child = Child([sys.executable, "-c", LISTENING, str(note)])
    child.tend()
    until(lambda: note.exists() and note.read_text(), saying="it never began")

    os.kill(int(note.read_text()), signal.SIGKILL)
    until(lambda: (child.tend(), caplog.messages)[1], saying="nothing was told")

    child.end()
    assert caplog.messages[0].endswith(" ended by signal 9: it is begun again in 0.5 seconds.")


def test_a_ctrl_c_for_its_parent_does_not_end_it_while_it_begins(tmp_path: Path) -> None:
    note = tmp_path / "note"
    child = Child([sys.executable, "-c", LISTENING, str(note)])
    child.tend()
    until(lambda: note.exists() and note.read_text(), saying="it never began")
    begun_as = child._process

    os.kill(int(note.read_text()), signal.SIGINT)
    child.end()

    assert begun_as is not None
    assert begun_as.returncode == 0


def test_a_child_that_leaves_the_work_to_others_is_no_death_to_tell_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    child = ending(tmp_path / "note", LEFT_TO_OTHERS)
    child.tend()
    until(lambda: (child.tend(), child._process is None)[1], saying="it is not buried")

    assert caplog.messages == []


def test_a_child_that_leaves_the_work_to_others_is_left_alone(tmp_path: Path) -> None:
    child, note = ending(tmp_path / "note", LEFT_TO_OTHERS), tmp_path / "note"
    child.tend()
    until(lambda: begun(note) == 1, saying=lambda: begun(note))
    until(lambda: (child.tend(), child._process is None)[1], saying="it is not buried")

    for _ in range(3):
        child.tend()

    assert begun(note) == 1


def test_a_child_ends_with_the_end_of_its_input(tmp_path: Path) -> None:
    note = tmp_path / "note"
    child = Child([sys.executable, "-c", LISTENING, str(note)])
    child.tend()
    until(lambda: note.exists() and note.read_text(), saying="it never began")

    child.end()

    assert not alive(int(note.read_text()))


def test_a_child_is_not_begun_before_its_time() -> None:
    child = Child([sys.executable, "-c", "pass"], first_wait=60)

    child.tend()

    assert child._process is None


def test_a_child_that_does_not_end_is_killed_when_patience_is_over(tmp_path: Path) -> None:
    note = tmp_path / "note"
    deaf = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"
    child = Child([sys.executable, "-c", deaf, str(note)], patience=0.2)
    child.tend()
    until(lambda: note.exists() and note.read_text(), saying="it never began")

    child.end()

    assert not alive(int(note.read_text()))
