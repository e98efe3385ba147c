"""Partners at the terminal: `primemover partner`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.partners.vetted import MERIDIAN, Vetted, enter_meridian, listed, vetted


def fill(url: str) -> None:
    with closing(World(url)) as world:
        listed(world)
        enter_meridian(world)
        vetted(world)
        Vetted(world, MERIDIAN)


def unlisted(url: str) -> None:
    with closing(World(url)) as world:
        enter_meridian(world)
        Vetted(world, MERIDIAN)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with one partner that passed and one that is examined."""
    with databases.fresh_sqlite(tmp_path, Template("house-partners", fill, HOUSE)) as url:
        yield url


def test_partners_are_listed_as_somebody_may_see_them(primemover: PrimeMover) -> None:
    every = primemover("partner", "list")
    own = primemover("partner", "list", "--by", "ingrid.solberg@demo.example")
    open_ones = primemover("partner", "list", "--standing", "undecided")

    assert [line.split("  ")[0] for line in every.output.splitlines()] == ["meridian", "nor"]
    assert [line.split("  ")[0] for line in own.output.splitlines()] == ["nor"]
    assert open_ones.output == "meridian  Meridian Trading: undecided (SSC-2026-002)\n"


def test_a_list_is_entered_and_its_matches_are_shown(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("number,name,also\nC-7,Meridian Trading,\n", "utf-8")
    entered = primemover(
        "partner", "sanctions", "enter", f"{file}", "--title", "Newer", "--dated", "2026-02-20"
    )
    older = primemover(
        "partner", "sanctions", "enter", f"{file}", "--title", "Older", "--dated", "2026-02-10"
    )
    lists = primemover("partner", "sanctions", "list")
    matches = primemover(
        "partner", "sanctions", "matches", "SSC-2026-002", "--by", "jane.okello@demo.example"
    )
    stranger = primemover(
        "partner", "sanctions", "matches", "SSC-2026-002", "--by", "ingrid.solberg@demo.example"
    )

    assert entered.output == "The list is entered: 1 entry.\n"
    assert older.exit_code != 0
    assert "20 Feb 2026" in older.output
    assert lists.output.splitlines() == ["2026-02-20  Newer: 1", "2026-02-01  Consolidated list: 2"]
    assert matches.output == "C-7 Meridian Trading\n"
    assert stranger.exit_code != 0


def test_only_those_who_examine_are_told_of_matches(primemover: PrimeMover) -> None:
    asked = ("partner", "sanctions", "matches")

    examined = primemover(*asked, "SSC-2026-001", "--by", "jane.okello@demo.example")
    other = primemover(*asked, "SSC-2026-001", "--by", "paulo.sa@demo.example")

    assert examined.exit_code == 0
    assert "2026-02-01" in examined.output
    assert other.exit_code == 1
    assert "takes part in the vetting SSC-2026-001" in other.output


def test_without_a_list_nobody_is_told_that_nothing_matches(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    with databases.fresh_sqlite(tmp_path, Template("house-unlisted", unlisted, HOUSE)) as url:
        told = primemover(
            "partner", "sanctions", "matches", "SSC-2026-001", "--by", "jane.okello@demo.example",
            database_url=url,
        )  # fmt: skip

    assert told.exit_code == 1
    assert "primemover partner sanctions enter" in told.output
