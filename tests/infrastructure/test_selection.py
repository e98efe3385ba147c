"""Of what is tried in every combination a short run takes a part, and a long proof the whole."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import ROOT

CONFTEST = """
from tests.support.run import selection

selection.BOTH = ("test_journal.py",)

def pytest_configure(config):
    config.addinivalue_line("markers", "proof: as in this repository")

def pytest_collection_modifyitems(config, items):
    selection.sample(config, items)
"""
TESTS = """
import pytest

kinds = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
numbers = pytest.mark.parametrize("number", range(4))

@kinds
@numbers
def test_either(kind, number): pass

@pytest.mark.proof(sample=2)
@numbers
def test_sample(number): pass

@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.proof(alone=True))])
def test_alone(number): pass

def test_of(world): pass

def test_ordinary(): pass
"""
OF_THE_DATABASE = """
import pytest

kinds = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])

@kinds
def test_every(kind): pass

@pytest.mark.proof(either=True)
@kinds
def test_marked(kind): pass
"""
ALWAYS = {
    "test_alone[1]",
    "test_every[sqlite]",
    "test_every[postgresql]",
    "test_of",
    "test_ordinary",
}


def chosen(folder: Path, size: int, *words: str, seed: int = 0) -> set[str]:
    """What a run of this size takes of the tests above."""
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_some.py").write_text(TESTS)
    (folder / "test_journal.py").write_text(OF_THE_DATABASE)
    said = {"PRIMEMOVER_SIZE": str(size), "PRIMEMOVER_SEED": str(seed)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **said}
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
    either = sorted(name for name in taken if "test_either" in name)
    assert [name[:13] for name in either] == [f"test_either[{number}" for number in range(4)]
    assert sum("sqlite" in name for name in either) == 2
    assert sum("test_marked" in name for name in taken) == 1
    assert {name for name in taken if "sample" in name} == {"test_sample[0]", "test_sample[2]"}


@pytest.mark.processes
def test_another_seed_takes_the_others(tmp_path: Path) -> None:
    first, second = (chosen(tmp_path, 0, seed=seed) for seed in (0, 1))

    assert first & second == ALWAYS
    assert first | second == chosen(tmp_path, 10) - {"test_alone[2]"}


@pytest.mark.processes
def test_a_long_proof_takes_what_shorter_runs_leave_out(tmp_path: Path) -> None:
    taken = chosen(tmp_path, 10, "-m", "proof")

    assert len([name for name in taken if "either" in name]) == 8
    assert len([name for name in taken if "sample" in name]) == 4
    assert {"test_alone[2]", "test_of", "test_marked[sqlite]", "test_marked[postgresql]"} <= taken
    assert "test_ordinary" not in taken


@pytest.mark.processes
def test_on_one_kind_of_database_nothing_waits_for_its_turn(tmp_path: Path) -> None:
    taken = chosen(tmp_path, 0, "-m", "not postgresql")

    assert sum("test_either" in name for name in taken) == 8
