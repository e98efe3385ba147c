"""What falls due while a programme is suspended, on the command line: `primemover programme children`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.cases.family import REF
from tests.workflow.programmes.page.test_meanwhile import stopped


def fill(url: str) -> None:
    with closing(World(url)) as world:
        stopped(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with a programme that was suspended long ago."""
    with databases.fresh_sqlite(tmp_path, Template("house-suspended", fill, HOUSE)) as url:
        yield url


def test_it_is_listed_with_the_cases_under_a_programme(primemover: PrimeMover) -> None:
    said = primemover("programme", "children", REF)

    assert said.exit_code == 0
    assert "closing: its clock stands still, it was due 2026-04-01" in said.output
    assert "Report, 2026-03-02 to 2026-06-01: owed since 2026-06-02" in said.output
