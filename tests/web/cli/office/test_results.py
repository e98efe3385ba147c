"""The results of a programme on the command line."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.results.measured import a_measured_programme, actual, report
from workflow.demo.cast import DOMAIN

REF = "SSC-2026-001"
OFFICER = f"jane.okello@{DOMAIN}"


def reported(url: str) -> None:
    """One country has reported, the other has sent its report."""
    with closing(World(url)) as world:
        joint = a_measured_programme(world)
        report(joint, "ago", actual("1.1", "30"))
        report(joint, "moz", actual("1.1", "44"), accept=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with one programme that reports."""
    with databases.fresh_sqlite(tmp_path, databases.Template("measured", reported, HOUSE)) as url:
        yield url


def test_results_are_shown_with_why_and_what_is_owed(primemover: PrimeMover) -> None:
    shown = primemover("programme", "results", REF, "--by", OFFICER)
    earlier = primemover("programme", "results", REF, "--by", OFFICER, "--on", "2026-01-31")
    nothing = primemover("programme", "results", "SSC-1900-001", "--by", OFFICER)

    assert shown.exit_code == 0
    assert "baseline 0, actual 30, by now" in shown.output
    assert "not reported by: Mozambique" in shown.output
    assert "reported, not accepted yet: 44" in shown.output
    assert earlier.output.count("not reported") == 3
    assert nothing.exit_code == 1
    assert "There is no programme called SSC-1900-001." in nothing.output
