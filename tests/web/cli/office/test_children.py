"""The cases under a programme, on the command line: `primemover programme children`, and what `moves` waits for."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.cases.family import ALL, KIND, OFFICER, REF, above, begun, part
from tests.workflow.engine.cases.test_by_schedule import QUARTERLY

PLAN = {
    **QUARTERLY, "label": "Plan", "every": "year", "by": "31 January",
    "ahead": {"amount": 1, "unit": "months"},
}  # fmt: skip


def fill(url: str) -> None:
    with closing(World(url)) as world:
        each = {**KIND, "for_each": "beneficiary"}
        begun(world, part(), above(ALL, part=each, report=QUARTERLY, plan=PLAN))
        world.answer(REF, "start", OFFICER, "go")
        world.answer(f"{REF}.1", "task", OFFICER, "done")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with a programme of two countries, of which one has done its part."""
    with databases.fresh_sqlite(tmp_path, Template("house-family", fill, HOUSE)) as url:
        yield url


def test_they_are_listed_by_their_kinds(primemover: PrimeMover) -> None:
    said = primemover("programme", "children", REF)

    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "Part",
        "    FAM-1.1, Angola: Z since 2026-03-02",
        "    FAM-1.2, Mozambique: A since 2026-03-02",
        "Report",
        "    none was opened yet",
        "    the next one opens on 2026-06-02, for 2026-03-02 to 2026-06-01",
        "Plan",
        "    none was opened yet",
        "    the next one opens on 2026-12-31, for 2026-03-02 to 2026-12-31, due 2027-01-31",
    ]


def test_one_without_any_says_so(primemover: PrimeMover) -> None:
    said = primemover("programme", "children", f"{REF}.1")

    assert (said.exit_code, said.output) == (0, "Its lifecycle opens no cases under it.\n")


def test_a_reference_that_is_none_is_said_in_a_sentence(primemover: PrimeMover) -> None:
    said = primemover("programme", "children", "FAM-9")

    assert said.exit_code == 1
    assert "There is no case FAM-9." in said.output


def test_moves_says_what_a_round_waits_for(primemover: PrimeMover) -> None:
    said = primemover("moves", REF)

    assert "    This waits until FAM-1.2 (Part) has ended." in said.output.splitlines()
