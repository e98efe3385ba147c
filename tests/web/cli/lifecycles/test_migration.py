"""Open cases rehearsed and moved on the command line, as on an installation of one's own."""

from functools import partial
from pathlib import Path

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.lifecycles import edited, put, written
from tests.workflow.engine.migration.second_version import ADMINISTRATOR, without_assets
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

BY = ("--by", f"{ADMINISTRATOR}@demo.example", "--reason", "The house works otherwise now.")
# The clocks of these worlds and of the command line differ.
UNOFFERED = (*BY, "--although-not-offered")
SECOND = ("--by", "pieter.vos@demo.example")
FROM, TO = "programme-standard@5", "programme-standard@6"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A file with the next version of the standard."""
    edits = (put("version", "6"), put("rounds/screening/within/amount", 900), without_assets)
    return written(tmp_path, edited(*edits))


@pytest.fixture
def run(world: World, primemover: PrimeMover) -> PrimeMover:
    """Runs a command on the demo's world."""
    return partial(primemover, database_url=world.url)


def test_a_file_is_rehearsed_on_the_open_cases(world: World, run: PrimeMover, second: Path) -> None:
    ref = world.programme("screening")
    before = world.version(ref)

    said = run("lifecycle", "rehearse", second)

    assert said.exit_code == 0, said.stderr
    assert f"{ref}: yes. Screening" in said.stdout
    assert "“Screening” goes on, due" in said.stdout
    assert world.version(ref) == before


def test_cases_are_tried_asked_for_and_moved_by_the_second(
    world: World, run: PrimeMover, second: Path
) -> None:
    ref = world.programme("screening")
    publish(world.engine, load_file(second))

    tried = run("lifecycle", "migrate", FROM, "--to", TO, "--dry-run")
    asked = run("lifecycle", "migrate", FROM, "--to", TO, "--case", ref, *BY)
    shown = run("lifecycle", "show", "programme-standard")
    planned = run("lifecycle", "plan", "1", *SECOND)
    own = run("lifecycle", "confirm", "1", *BY[:2])
    moved = run("lifecycle", "confirm", "1", *SECOND)
    again = run("lifecycle", "migrate", FROM, "--to", TO, "--case", ref, *BY)

    assert [each.exit_code for each in (tried, asked, shown, planned)] == [0, 0, 0, 0]
    assert f"{ref}: yes." in tried.stdout
    assert "It waits for a second administrator, as number 1" in asked.stdout
    assert "waits as 1: Programmes are to be moved to version 6" in shown.stdout
    assert f"{ref}: yes. Screening" in planned.stdout
    assert (own.exit_code, moved.exit_code, again.exit_code) == (1, 0, 1)
    assert "cannot confirm or decline it as well" in own.stderr
    assert f"{ref}: yes." in moved.stdout
    assert f"{ref} does not follow this version." in again.stderr
    assert run("verify").exit_code == 0


def test_what_comes_out_otherwise_is_confirmed_by_the_mark_of_what_was_read(
    world: World, run: PrimeMover, second: Path
) -> None:
    ref = world.programme("screening")
    publish(world.engine, load_file(second))
    run("sweep")
    run("lifecycle", "migrate", FROM, "--to", TO, "--case", ref, *BY)

    otherwise = run("lifecycle", "confirm", "1", *SECOND, "--seen", "what-i-never-read")
    mark = otherwise.stderr.split("--seen ")[1].split()[0]
    planned = run("lifecycle", "plan", "1", *SECOND)
    moved = run("lifecycle", "confirm", "1", *SECOND, "--seen", mark)

    assert otherwise.exit_code == 1
    assert "nothing was moved" in otherwise.stderr
    assert f"As it is now: --seen {mark}" in planned.stdout
    assert moved.exit_code == 0


def test_a_version_that_is_not_offered_has_to_be_meant(
    world: World, run: PrimeMover, second: Path
) -> None:
    ref = world.programme("screening")
    publish(world.engine, load_file(second))
    run("lifecycle", "retire", TO)

    tried = run("lifecycle", "migrate", FROM, "--to", TO, "--dry-run")
    bare = run("lifecycle", "migrate", FROM, "--to", TO, "--case", ref, *BY)
    meant = run(
        "lifecycle", "migrate", FROM, "--to", TO, "--case", ref, "--although-not-offered", *BY
    )

    assert "is not what is offered now: retired" in tried.stdout
    assert bare.exit_code == 1
    assert "is not what is offered now: retired" in bare.stderr
    assert "as number 1" in meant.stdout


def test_what_cannot_move_says_why(world: World, run: PrimeMover, second: Path) -> None:
    ref = world.programme("operational_closure")
    publish(world.engine, load_file(second))

    said = run("lifecycle", "migrate", FROM, "--to", TO, "--case", ref, "--all", *UNOFFERED)

    assert said.exit_code == 1
    assert "The form of “Final report” no longer holds what version 1 says." in said.stdout
    assert "None was moved." in said.stderr


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("--case", "SSC-1"), "There is no open case called SSC-1."),
        ((), "Name the cases to be moved"),
        (("--case", "SSC-1", "--state", "draft"), "names no old key with its new one"),
    ],
)
def test_bad_input_is_said(
    world: World, run: PrimeMover, second: Path, given: tuple[str, ...], sentence: str
) -> None:
    publish(world.engine, load_file(second))

    said = run("lifecycle", "migrate", FROM, "--to", TO, *given, *BY)

    assert said.exit_code == 1
    assert sentence in said.stderr


def test_a_mapping_in_a_file_that_is_none_is_said(
    world: World, run: PrimeMover, second: Path, tmp_path: Path
) -> None:
    publish(world.engine, load_file(second))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("[roles]\na = 'b'\n", encoding="utf-8")

    said = run("lifecycle", "rehearse", second, "--map", mapping)

    assert said.exit_code == 1
    assert "expected are the tables [states] and [rounds]" in said.stderr
