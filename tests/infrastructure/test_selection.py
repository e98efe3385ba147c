"""Of what is tried in every combination a short run takes a part, and a long proof the whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import ROOT

CONFTEST = """
from tests.support.run import selection

def pytest_configure(config):
    config.addinivalue_line("markers", "proof: as in this repository")

def pytest_collection_modifyitems(config, items):
    selection.sample(config, items)
"""
TESTS = """
import pytest

kinds = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
numbers = pytest.mark.parametrize("number", range(4))

@pytest.mark.proof(either=True)
@kinds
@numbers
def test_either(kind, number): pass

@pytest.mark.proof(sample=2)
@numbers
def test_sample(number): pass

@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.proof(alone=True))])
def test_alone(number): pass

@kinds
def test_every(kind): pass
"""
ALWAYS = {
    "test_sample[0]",
    "test_sample[2]",
    "test_alone[1]",
    "test_every[sqlite]",
    "test_every[postgresql]",
}


def chosen(folder: Path, size: int, *words: str) -> set[str]:
    """What a run of this size takes of the tests above."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_some.py").write_text(TESTS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PRIMEMOVER_SIZE": str(size)}
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *words], cwd=folder, check=True, env=environment, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    return {line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line}


@pytest.mark.processes
@pytest.mark.parametrize("size", [0, 1])
def test_a_short_run_takes_a_part(tmp_path: Path, size: int) -> None:
    taken = chosen(tmp_path, size)

    assert taken >= ALWAYS
    either = sorted(taken - ALWAYS)
    assert [name[:13] for name in either] == [f"test_either[{number}" for number in range(4)]
    assert sum("sqlite" in name for name in either) == 2


@pytest.mark.processes
def test_a_long_proof_takes_the_whole(tmp_path: Path) -> None:
    taken = chosen(tmp_path, 10)

    assert len(taken) == 16


@pytest.mark.processes
def test_on_one_kind_of_database_nothing_waits_for_its_turn(tmp_path: Path) -> None:
    taken = chosen(tmp_path, 0, "-m", "not postgresql")

    assert sum("test_either" in name for name in taken) == 8
