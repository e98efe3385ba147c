"""What evaluations came to, at the terminal: `primemover programme evaluations`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.lifecycles.evaluations.evaluated import ASSURER, ended


def fill(url: str) -> None:
    with closing(World(url)) as world:
        found = ended(world)
        found.accepted()
        found.answer(ASSURER, "publishing", "publish")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with one evaluation that is published, of March 2026."""
    with databases.fresh_sqlite(tmp_path, Template("house-evaluated", fill, HOUSE)) as url:
        yield url


def test_figures_are_by_party_and_criterion(primemover: PrimeMover) -> None:
    said = primemover("programme", "evaluations")

    assert said.exit_code == 0
    assert said.output.splitlines()[0] == "2026"
    assert "  United Nations Development Programme: 1 accepted recommendations" in said.output
    assert "  impact: 5.0 on average of 1" in said.output


def test_each_figure_has_its_list(primemover: PrimeMover) -> None:
    said = primemover(
        "programme", "evaluations", "--list", "recommendations", "--status", "rejected"
    )
    acts = primemover("programme", "evaluations", "--list", "actions", "--year", "2027")
    own = primemover("programme", "evaluations", "--list", "actions", "--party", "undp")

    assert said.output == "SSC-2026-001.1  3 Charge for tests. (Mozambique): rejected\n"
    assert [line.split(": ")[1] for line in acts.output.splitlines()] == [
        "open, due 2027-09-30",
        "open, due 2027-06-30",
    ]
    assert len(own.output.splitlines()) == 1


def test_an_empty_list_and_an_unknown_one_say_so(primemover: PrimeMover) -> None:
    none = primemover("programme", "evaluations", "--list", "ratings", "--year", "1999")
    unknown = primemover("programme", "evaluations", "--list", "everything")

    assert (none.exit_code, none.output) == (0, "There is none.\n")
    assert unknown.exit_code != 0
