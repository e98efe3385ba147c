"""A command that is begun as a copy does and says what it does when it is begun by itself."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.programs import PRIMEMOVER, ROOT, module, started

pytestmark = pytest.mark.processes


@pytest.mark.proof(lasting=True, sample=2)
@pytest.mark.parametrize("words", [("clock", "--help"), ("clock", "nonsense"), ("verify",)])
def test_a_copy_says_what_the_command_says(
    tmp_path: Path, sqlite_url: str, words: tuple[str, ...]
) -> None:
    settings = {"PRIMEMOVER_HOME": str(tmp_path), "PRIMEMOVER_DATABASE_URL": sqlite_url}
    itself = subprocess.run(
        [*PRIMEMOVER, *words], env=os.environ | settings, cwd=ROOT, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip

    with started(*words, home=tmp_path, database_url=sqlite_url) as copy:
        told = copy.ended(), copy.said().replace("primemover", "-c")

    assert told == (itself.returncode, itself.stdout.replace("primemover", "-c"))


def test_a_copy_begins_in_its_folder_and_tells_what_ended_it(tmp_path: Path) -> None:
    with module("http.server", "0", "--bind", "127.0.0.1") as copy:
        copy.until(lambda: Path(f"/proc/{copy.process.pid}/cwd").readlink() == ROOT)
        open_here = {path.readlink() for path in Path(f"/proc/{copy.process.pid}/fd").iterdir()}
        status = copy.stopped(signal.SIGKILL)

    assert status == -signal.SIGKILL
    assert copy.output in open_here


def test_a_copy_that_ended_is_not_sent_another_signal() -> None:
    with started("--help") as copy:
        first = copy.ended()

        copy.process.send_signal(signal.SIGTERM)

    assert (first, copy.process.poll()) == (0, 0)
