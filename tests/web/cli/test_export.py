"""Exports and erasures on the command line: whole files or none, and a word about each."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.programs import started
from tests.support.walks import walk_cases
from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.exports import reading
from workflow.audit.verification.verify import verify
from workflow.database import connect


@pytest.fixture
def sqlite_url(sqlite_house_url: str) -> str:
    return sqlite_house_url


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    world = World(sqlite_url)
    yield world
    world.close()


@pytest.fixture
def ref(world: World) -> str:
    return world.programme("screening")


@pytest.fixture
def director(world: World) -> str:
    with world.engine.database.connect() as connection:
        return str(connection.scalar(text("select email from person where email like 'elena%'")))


def exported(url: str) -> list[dict[str, object]]:
    """What the register tells of copies."""
    with connect(url).connect() as connection:
        rows = connection.execute(text("select body from event where type = 'history.exported'"))
        return [json.loads(bytes(row[0])) for row in rows]


def test_a_file_is_written_and_the_copy_recorded_once(
    primemover: PrimeMover, ref: str, tmp_path: Path, sqlite_url: str
) -> None:
    said = primemover("export", "xes", "--output", tmp_path / "all.xes")

    assert said.exit_code == 0, said.output
    assert list(reading.xes(tmp_path / "all.xes")) == [ref]
    (told,) = exported(sqlite_url)
    assert (told["case"], told["person"]) == ("REGISTER", None)
    assert told["what"] == {"form": "xes", "cases": 1, "pseudonymous": False}


def test_without_a_file_the_export_is_all_that_goes_to_standard_output(
    primemover: PrimeMover, ref: str
) -> None:
    said = primemover("export", "ocel", ref)

    assert said.exit_code == 0
    assert json.loads(said.stdout)["objects"]


def test_whoever_takes_a_single_history_is_named_on_it(
    primemover: PrimeMover, ref: str, director: str, tmp_path: Path, sqlite_url: str
) -> None:
    target = tmp_path / "one.sqlite"
    said = primemover(
        "export", "ocel", ref, "--format", "sqlite", "--output", target, "--by", director
    )

    assert said.exit_code == 0, said.output
    assert [row["ocel_id"] for row in reading.ocel_sqlite(target)["object_Programme"][:1]] == [ref]
    (told,) = exported(sqlite_url)
    assert (told["case"], told["what"]) == (ref, {})
    assert told["person"]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("xlsx",), 2, "Name a file with --output"),
        (("ocel", "--format", "sqlite"), 2, "Name a file with --output"),
        (("csv", "NO-1"), 1, "There is no case called NO-1"),
        (("csv", "--by", "nobody@example.org"), 1, "Nobody with access"),
        (("csv", "--output", "/nowhere/at/all.csv"), 1, "There is no folder"),
        (("parquet",), 2, "is not one of"),
    ],
)
def test_what_cannot_be_exported_ends_in_a_sentence(
    primemover: PrimeMover, ref: str, words: tuple[str, ...], status: int, sentence: str
) -> None:
    said = primemover("export", *words)

    assert said.exit_code == status
    assert sentence in said.output


def test_only_events_of_the_days_asked_for_are_taken(
    primemover: PrimeMover, ref: str, tmp_path: Path
) -> None:
    for name, days in (("none", ("--until", "2026-03-01")), ("all", ("--since", "2026-03-02"))):
        primemover("export", "xes", "--output", tmp_path / f"{name}.xes", *days)

    assert reading.xes(tmp_path / "none.xes") == {ref: []}
    assert len(reading.xes(tmp_path / "all.xes")[ref]) > 5


# A busy machine may let the export end before it is interrupted; so often that is tried again.
QUICKER = 10


@pytest.mark.processes
def test_an_interrupted_export_leaves_no_file(
    world: World, sqlite_url: str, tmp_path: Path
) -> None:
    world.honest = False
    walk_cases(world.engine, 150, seed=3)
    before = {path.name for path in tmp_path.iterdir()}
    words = ("export", "xlsx", "--output", tmp_path / "all.xlsx")

    for _ in range(QUICKER):
        with started(*words, database_url=sqlite_url, home=tmp_path / "home") as running:
            running.until(lambda: list(tmp_path.glob(".all.xlsx.*")))
            status = running.stopped(signal.SIGINT)
        if status != 0:
            break
        (tmp_path / "all.xlsx").unlink()

    left = {path.name for path in tmp_path.iterdir()} - before - {"home"}
    assert status != 0
    assert left == set()


def test_an_erasure_is_entered_beside_the_database_and_verified(
    primemover: PrimeMover, world: World, ref: str, director: str, tmp_path: Path
) -> None:
    seq = 1 + next(
        number for number, kind in enumerate(_types(world, ref)) if kind == "attachment.filed"
    )

    said = primemover("erase", ref, str(seq), "filename", "--basis", "Rule 7", "--by", director)
    checked = primemover("verify")
    register = primemover("erasures", "export")
    replayed = primemover("erasures", "replay")

    assert said.exit_code == 0, said.output
    assert f"Erased from event {seq} of {ref}: filename." in said.output
    assert "1 texts erased" in checked.output
    assert "without a recorded erasure" not in checked.output
    assert register.output == (tmp_path / "home" / "erasures.jsonl").read_text()
    assert replayed.output == "1 erasures read, 0 texts erased again.\n"
    assert verify(world.engine.database).erased == 1


def test_an_erasure_without_a_basis_or_a_name_is_refused(
    primemover: PrimeMover, ref: str, director: str
) -> None:
    nobody = primemover("erase", ref, "1", "title", "--basis", "x", "--by", "nobody@example.org")
    unfounded = primemover("erase", ref, "1", "title", "--by", director)

    assert (nobody.exit_code, unfounded.exit_code) == (1, 2)


def _types(world: World, ref: str) -> list[str]:
    with world.engine.database.connect() as connection:
        return [
            row[0]
            for row in connection.execute(
                text(
                    "select e.type from event e join lifecycle_case c on c.id = e.case_id "
                    "where c.ref = :ref order by e.seq"
                ),
                {"ref": ref},
            )
        ]
