"""Lessons on the command line: `primemover lessons list`, `search` and `show`."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.lessons.house import CERTIFY, COAST, FRENCH, RAINS, SALT, TUTORS, two_programmes


def fill(url: str) -> None:
    with closing(World(url)) as world:
        two_programmes(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """The house with two programmes and their lessons."""
    with databases.fresh_sqlite(tmp_path, Template("house-learnt", fill, HOUSE)) as url:
        yield url


def heads(said: str) -> list[str]:
    """What each lesson says first."""
    return [line.split("  ")[1] for line in said.splitlines() if line[0] != " "]


def test_they_are_listed_narrowed_and_searched(primemover: PrimeMover) -> None:
    every = primemover("lessons", "list")
    french = primemover("lessons", "list", "--language", "fr", "--country", "moz")
    searched = primemover(
        "lessons", "search", "tutors", "time", "--by", "marie.laurent@demo.example"
    )
    nothing = primemover("lessons", "search", "nonsense")

    assert heads(every.output) == [SALT, RAINS, TUTORS, CERTIFY]
    assert heads(french.output) == [RAINS]
    assert heads(searched.output) == [TUTORS]
    assert nothing.output == "No lesson matches.\n"


def test_one_is_read(primemover: PrimeMover) -> None:
    said = primemover("lessons", "show", "SSC-2026-002.1")

    assert said.exit_code == 0
    assert FRENCH["context"] in said.output
    assert f"under SSC-2026-002 {COAST}" in said.output


def test_those_offered_are_listed_with_why_and_weighed(primemover: PrimeMover) -> None:
    by = ("--by", "beatriz.costa@demo.example")
    offered = primemover("lessons", "offered", "SSC-2026-001", *by)
    unsaid = primemover("lessons", "weigh", "SSC-2026-001", "SSC-2026-002.1", "not-for-us", *by)
    used = primemover("lessons", "weigh", "SSC-2026-001", "SSC-2026-002.1", "used", *by)
    after = primemover("lessons", "offered", "SSC-2026-001", *by)

    assert f"SSC-2026-002.1  {RAINS}\n    same area: Agriculture" in offered.output
    assert (unsaid.exit_code, "Say why" in unsaid.output) == (1, True)
    assert "on the history of SSC-2026-001" in used.output
    assert f"SSC-2026-002.1  {RAINS}: used, Beatriz Costa" in after.output
    assert "used in 1, not for 0" in primemover("lessons", "show", "SSC-2026-002.1").output


def test_who_takes_no_part_is_refused(primemover: PrimeMover) -> None:
    said = primemover("lessons", "offered", "SSC-2026-001", "--by", "tavita.leota@demo.example")

    assert said.exit_code == 1
    assert "Those who take part" in said.output


@pytest.mark.parametrize("ref", ["SSC-2026-001.3", "SSC-2026-001", "nonsense"])
def test_what_is_no_validated_lesson_is_refused_with_a_sentence(
    primemover: PrimeMover, ref: str
) -> None:
    said = primemover("lessons", "show", ref)

    assert said.exit_code == 1
    assert f"There is no lesson called {ref}" in said.output
