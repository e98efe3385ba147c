"""A command that is begun as a copy does and says what it does when it is begun by itself."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.reliability.offspring import alive, offspring
from tests.support.nursery import copies
from tests.support.programs import BELOW, PRIMEMOVER, ROOT, module, started
from tests.support.sizes import LASTING
from tests.support.waiting import until

pytestmark = pytest.mark.processes


@pytest.mark.proof(lasting=True, sample=1)
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


# What the product begins, it begins so.
BEGINNING = ("-c", "from web.cli import main; main()")
OF_COPIES = pytest.mark.skipif(LASTING, reason="A long proof begins every process itself.")


def asked_for(*words: str, **more: str) -> subprocess.Popen[str]:
    """A command begun by the Python of the copies, as a server begins its worker."""
    return subprocess.Popen(
        [copies.python(), *words], env={**os.environ, **more}, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


@OF_COPIES
def test_what_the_product_begins_in_a_copy_is_a_copy_too(tmp_path: Path, sqlite_url: str) -> None:
    settings = {"PRIMEMOVER_HOME": str(tmp_path), "PRIMEMOVER_DATABASE_URL": sqlite_url}

    with asked_for(*BEGINNING, "verify", **settings) as verify:
        said, _ = verify.communicate()
    with asked_for(*BEGINNING, "nonsense") as nonsense:
        nonsense.communicate()

    assert (verify.returncode, nonsense.returncode) == (0, 2)
    assert said.endswith("Everything is as it was recorded.\n")


def copies_with(folder: Path) -> list[int]:
    """The copies that have a file of this folder open, among those of all processes of the run."""
    return [each for each in offspring(copies.mother()) if folder in _folders(each)]


def _folders(pid: int) -> set[Path]:
    with suppress(OSError):
        return {
            folder
            for open_ in Path(f"/proc/{pid}/fd").iterdir()
            for folder in open_.readlink().parents
        }
    return set()


def test_every_process_of_a_run_asks_the_same_mother() -> None:
    here = copies.mother()
    program = "from tests.support.nursery import copies; print(copies.mother())"

    there = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert int(there.stdout) == here


@OF_COPIES
@pytest.mark.parametrize(("by", "status"), [(signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_who_stands_for_a_copy_hands_on_what_ends_it(
    tmp_path: Path, sqlite_url: str, by: signal.Signals, status: int
) -> None:
    settings = {"PRIMEMOVER_HOME": str(tmp_path), "PRIMEMOVER_DATABASE_URL": sqlite_url}
    with asked_for(*BEGINNING, "signer", "--with-parent", **settings) as signer:
        until((tmp_path / "signer" / "key").exists, saying="No key.")
        begun = until(lambda: copies_with(tmp_path), saying="Nobody has its files.")

        signer.send_signal(by)
        signer.wait()

        until(lambda: not any(map(alive, begun)), saying=lambda: begun)
    assert len(begun) == 1
    assert signer.returncode == status


@OF_COPIES
def test_everything_else_is_begun_by_the_true_python() -> None:
    words = ("-c", "import sys; print(sys.executable, len(sys.modules))")
    with asked_for(*words) as true, asked_for(*BEGINNING, "--version", **BELOW) as itself:
        told, _ = true.communicate()
        itself.communicate()

    assert told.startswith(f"{sys.executable} ")
    assert itself.returncode == 0
