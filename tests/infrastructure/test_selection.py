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
A_PART = {
    "test_either[0-postgresql]", "test_either[1-sqlite]",
    "test_either[2-postgresql]", "test_either[3-sqlite]",
    "test_sample[0]", "test_sample[2]", "test_alone[1]",
    "test_every[sqlite]", "test_every[postgresql]",
}  # fmt: skip


@pytest.mark.processes
@pytest.mark.parametrize(("size", "taken"), [("0", len(A_PART)), ("1", len(A_PART)), ("10", 16)])
def test_a_short_run_takes_a_part_and_a_long_proof_the_whole(
    tmp_path: Path, size: str, taken: int
) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_some.py").write_text(TESTS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PRIMEMOVER_SIZE": size}

    said = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path, check=True, env=environment, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    chosen = {line.partition("::")[2] for line in said.splitlines() if "::" in line}

    assert len(chosen) == taken
    assert chosen >= A_PART
