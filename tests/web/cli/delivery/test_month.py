"""A person's month on the command line: `primemover programme month`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.blockers.house import two_programmes

AGENCY = "kenji.watanabe@demo.example"


def fill(url: str) -> None:
    with closing(World(url)) as world:
        two_programmes(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with two programmes and two blockers each, of March 2026."""
    with databases.fresh_sqlite(tmp_path, Template("house-two-blocked", fill, HOUSE)) as url:
        yield url


def test_what_is_late_comes_first_with_what_comes_of_a_silence(primemover: PrimeMover) -> None:
    said = primemover("programme", "month", AGENCY)

    assert said.exit_code == 0
    assert said.output.splitlines()[0] == "Late: 1"
    assert "2026-03-16  SSC-2026-001.2  No trainer: Soil laboratories for the Sahel" in said.output
    assert "If you do nothing: Shows as late" in said.output
    assert "No due date: 2" in said.output


def test_of_another_month_what_is_due_in_it_is_listed(primemover: PrimeMover) -> None:
    march = primemover("programme", "month", AGENCY, "2026-03")
    april = primemover("programme", "month", AGENCY, "2026-04")

    assert march.output.splitlines()[0] == "Due in 2026-03: 1"
    assert april.output.splitlines()[0] == "Nothing is due in 2026-04."


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ((AGENCY, "March"), "Name it by year and month"),
        (("nobody@example.org",), "nobody@example.org"),
    ],
)
def test_what_there_is_not_is_said(
    primemover: PrimeMover, asked: tuple[str, ...], named: str
) -> None:
    said = primemover("programme", "month", *asked)

    assert said.exit_code != 0
    assert named in said.output
