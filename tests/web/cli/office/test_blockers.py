"""What blocks, and what is to be closed, on the command line: `primemover programme blockers` and `… closing`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.web.closures.test_views import reported
from tests.workflow.blockers.house import COAST, SAHEL, two_programmes


def fill(url: str) -> None:
    with closing(World(url)) as world:
        first, second = two_programmes(world)
        reported(first)
        first.wait(days=40)
        reported(second)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with two programmes that have ended, and two blockers each."""
    with databases.fresh_sqlite(tmp_path, Template("house-blocked", fill, HOUSE)) as url:
        yield url


def test_what_blocks_is_listed_by_age_with_who_owns_it(primemover: PrimeMover) -> None:
    said = primemover("programme", "blockers")

    assert said.exit_code == 0
    heads = [line.split("  ")[1] for line in said.output.splitlines() if line[0] != " "]
    assert heads[:2] == ["Customs hold reagents", "No money"]
    assert sorted(heads[2:]) == ["An election", "No trainer"]
    assert "owner Mozambique; With the Director since" in said.output


def test_it_is_narrowed_by_programme_and_by_owner(primemover: PrimeMover) -> None:
    of_one = primemover("programme", "blockers", "SSC-2026-001")
    of_angola = primemover("programme", "blockers", "--owner", "ago")
    ended = primemover("programme", "blockers", "--ended")

    assert SAHEL in of_one.output
    assert COAST not in of_one.output
    assert (of_angola.output.count("owner "), "No money" in of_angola.output) == (1, True)
    assert ended.output == "Nothing that ended is on record.\n"


def test_the_closing_queue_is_listed_by_age_with_what_it_waits_for(primemover: PrimeMover) -> None:
    said = primemover("programme", "closing")

    assert said.exit_code == 0
    assert said.output.index(SAHEL) < said.output.index(COAST)
    assert "    Acceptance of the report: Mozambique" in said.output
    assert said.output.count("    Blocker: 2 open") == 2


def test_the_checklist_of_a_programme_is_shown_line_by_line(primemover: PrimeMover) -> None:
    shown = primemover("programme", "checklist", "SSC-2026-001")
    nobody = primemover("programme", "checklist", "SSC-2026-999")

    assert shown.exit_code == 0
    assert shown.output.startswith("Closure\n    met: Reports are accepted")
    assert "not applicable: The money is reconciled: No money of it was recorded" in shown.output
    assert nobody.exit_code != 0
    assert "There is no case SSC-2026-999." in nobody.output


@pytest.mark.parametrize("command", ["blockers", "closing"])
def test_nobody_of_that_name_is_said(primemover: PrimeMover, command: str) -> None:
    said = primemover("programme", command, "--by", "nobody@example.org")

    assert said.exit_code != 0
    assert "nobody@example.org" in said.output
