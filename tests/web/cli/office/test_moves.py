"""Whose move it is, on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import in_state
from tests.web.cli.conftest import PrimeMover


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with one programme before its screening."""
    with databases.fresh_sqlite(tmp_path, in_state("screening")) as url:
        yield url


def test_it_names_who_is_asked_what_and_until_when(primemover: PrimeMover) -> None:
    said = primemover("moves", "SSC-2026-001")

    assert said.exit_code == 0
    assert "Screening: screen the proposal (since 2026-" in said.output
    assert (
        "Programme officer, Special Unit for South-South Cooperation: Jane Okello, Ravi Chand"
        in (said.output)
    )


def test_a_reference_that_is_none_is_said_in_a_sentence(primemover: PrimeMover) -> None:
    said = primemover("moves", "SSC-1999-001")

    assert said.exit_code == 1
    assert "There is no case SSC-1999-001." in said.output
