"""A consultation at the terminal: `primemover programme consultation`."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.clauses.consulted import BRAZIL, answered, commented, stands_by
from tests.workflow.lifecycles.shipped.test_framework import Framed

WORDS = "Brazil cannot plan past its own biennium."


def fill(url: str) -> None:
    with closing(World(url)) as world:
        framed = Framed(world)
        commented(framed)
        answered(framed)
        stands = stands_by(framed, BRAZIL, "End with the biennium.")
        world.answer(framed.ref, "second_reading", BRAZIL, "reservation", WORDS, stands)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with a framework that is read a second time."""
    with databases.fresh_sqlite(tmp_path, Template("house-consulted", fill, HOUSE)) as url:
        yield url


def reference(primemover: PrimeMover) -> str:
    """The framework as the list of such cases names it."""
    told = primemover("case", "list", "--by", "jane.okello@demo.example").stdout
    return next(word for word in told.split() if word.startswith("SSC-"))


def test_whoever_takes_part_reads_what_was_said_answered_and_stands(
    primemover: PrimeMover,
) -> None:
    ref = reference(primemover)

    told = primemover("programme", "consultation", ref, "--by", "elena.petrova@demo.example").stdout
    outside = primemover(
        "programme", "consultation", ref, "--by", "ingrid.solberg@demo.example"
    ).stdout

    assert "Consultation of the countries: " in told
    assert re.search(r"India: Supports \(Priya Menon told [0-9-]+\)", told)
    assert "1. India on 1.6 Thematic areas: Add energy." in told
    assert "Partly accepted: As number 1 says. (Jane Okello)" in told
    assert f"Brazil stands by 12: {WORDS}" in told
    assert WORDS not in outside
    assert "no consultation that you may read" in outside
