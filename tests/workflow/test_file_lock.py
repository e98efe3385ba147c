"""A lock on a file or a folder: ours alone until we let go, or until our process ends."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.support.waiting import until
from workflow.file_lock import alone, taken, tried

HOLDS = """
import sys, time
from pathlib import Path
from workflow.file_lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""
PLACES = [lambda folder: folder, lambda folder: folder / "lock"]


@pytest.mark.parametrize("place", PLACES, ids=["folder", "file"])
def test_who_comes_second_is_told_so_and_who_comes_later_is_not(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    path = place(tmp_path)

    with tried(path) as first, tried(path) as second:
        pass
    with tried(path) as later:
        pass

    assert (first, second, later) == (True, False, True)


@pytest.mark.parametrize("place", PLACES, ids=["folder", "file"])
def test_who_waits_goes_on_when_the_first_lets_go(
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    path, said = place(tmp_path), list[str]()

    def second() -> None:
        with alone(path):
            said.append("second")

    with ThreadPoolExecutor(1) as pool:
        with alone(path):
            waiting = pool.submit(second)
            said.append("first")
        waiting.result()

    assert said == ["first", "second"]


def test_a_lock_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, path], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with tried(path) as during:
        pass

    holder.kill()
    holder.wait()

    assert not during
    until(lambda: _is_free(path), saying="it is held still")
    holder.stdout.close()


def test_what_is_locked_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(b"as it was")

    with path.open("r+b") as file:
        held = taken(file)

    assert (held, path.read_bytes()) == (True, b"as it was")


def _is_free(path: Path) -> bool:
    with tried(path) as free:
        return free
