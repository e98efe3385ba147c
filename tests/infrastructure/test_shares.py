"""What shares something large is taken by one process, and everything else by whoever is free."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import ROOT
from tests.support.run.shares import share

FOLDER = "tests/reliability/faults"
FAULTS = f"{FOLDER}/test_kills.py::test_none"
OF_TWO = """
import os
import pytest
from tests.support.run import shares

shares.TOGETHER = ("test_one.py",)

def pytest_xdist_make_scheduler(config, log):
    return shares.Shares(config, log)
"""
TOLD = """
import os, pytest

@pytest.mark.parametrize("number", range(6))
def test_who(number):
    with open({file!r}, "a") as told:
        told.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
"""


@pytest.mark.parametrize(
    ("node", "taken_with"),
    [
        ("tests/browser/acts/test_a.py::test_b[c]", "tests/browser"),
        ("tests/web/test_errors.py::test_b[sqlite]", "tests/web/test_errors.py::test_b[sqlite]"),
        (f"{FAULTS}[sqlite]", "tests/reliability/faults sqlite"),
        (f"{FAULTS}[sqlite--40]", "tests/reliability/faults sqlite"),
        (f"{FAULTS}[immediate-postgresql]", "tests/reliability/faults postgresql"),
        (f"{FAULTS}[postgresql-9]", "tests/reliability/faults postgresql"),
        (f"{FOLDER}/test_several_hosts.py::test_a", f"{FOLDER} on hosts"),
        (f"{FOLDER}/test_upgrade.py::test_b", f"{FOLDER} on hosts"),
    ],
)
def test_a_test_is_taken_with_its_group_or_alone(node: str, taken_with: str) -> None:
    assert share(node) == taken_with


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_a_group_is_taken_by_one_process(tmp_path: Path) -> None:
    told = tmp_path / "told"
    (tmp_path / "conftest.py").write_text(OF_TWO)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_one.py").write_text(TOLD.format(file=str(told)))
    (tmp_path / "test_other.py").write_text(TOLD.format(file=str(tmp_path / "other")))

    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist=loadgroup"],
        cwd=tmp_path, check=True, env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip

    assert len(set(told.read_text().split())) == 1
    assert len((tmp_path / "other").read_text().split()) == 6


# An installation that stands idle to the end of the run works all the same.
SHARED = re.compile(r'@pytest.fixture\(scope="package"\)\ndef (\w+)')


def test_what_works_for_a_folder_ends_with_its_last_test() -> None:
    told = {path.parent: path.read_text() for path in (ROOT / "tests").rglob("conftest.py")}
    shared = {folder: SHARED.findall(text) for folder, text in told.items()}
    found = {folder for folder, names in shared.items() if names}

    assert shared[ROOT / "tests/browser"] == ["server", "everybody"]
    assert shared[ROOT / "tests/reliability/faults"] == ["ground", "hosts"]
    # Where this file is missing, pytest takes the whole run for the folder.
    assert {folder for folder in found if not (folder / "__init__.py").exists()} == set()
