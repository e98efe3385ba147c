"""Backups: one state of things in a file, and back again without what was erased meanwhile."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.databases import fresh_postgresql
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from workflow.audit.verification.verify import verify
from workflow.database import connect

SECRET = "Because Graca Mabunda has told me so in confidence."


@pytest.fixture
def sqlite_url(sqlite_house_url: str) -> str:
    return sqlite_house_url


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    world = World(sqlite_url)
    yield world
    world.close()


def place(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def kept(url: str) -> int:
    database, value = connect(url), {"v": SECRET}
    with database.connect() as connection:
        found = connection.scalar(text("select count(*) from opening where value = :v"), value)
    database.dispose()
    return int(found or 0)


def answered(world: World) -> tuple[str, int]:
    """A reason that somebody will want gone, and where it stands."""
    ref = world.programme("consultation")
    seq = world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET).seq
    return ref, seq


def test_a_restored_backup_does_not_bring_back_what_was_erased(
    primemover: PrimeMover, world: World, sqlite_url: str, tmp_path: Path
) -> None:
    ref, seq = answered(world)
    saved = primemover("backup", tmp_path / "monday.db")
    director = "elena.petrova@demo.example"
    primemover("erase", ref, str(seq), "reason", "--basis", "Rule 7", "--by", director)
    world.engine.database.dispose()
    (tmp_path / "home" / "erasures.jsonl").unlink()  # The database's own register is enough.

    said = primemover("restore", tmp_path / "monday.db", "--over")

    assert (saved.exit_code, said.exit_code) == (0, 0), said.output
    assert kept(f"sqlite:///{tmp_path / 'monday.db'}") == 1
    assert kept(sqlite_url) == 0
    assert "1 erasures read, 1 texts erased again." in said.output
    assert verify(world.engine.database).sound


def test_a_backup_under_load_is_one_state_that_verifies(
    primemover: PrimeMover, world: World, tmp_path: Path
) -> None:
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            world.programme("screening")

    worker = threading.Thread(target=work)
    worker.start()
    try:
        said = [primemover("backup", tmp_path / f"{number}.db") for number in range(3)]
    finally:
        done.set()
        worker.join()

    assert [each.exit_code for each in said] == [0, 0, 0]
    for number in range(3):
        database = connect(f"sqlite:///{tmp_path / f'{number}.db'}")
        assert verify(database).differences == []
        database.dispose()


def test_nothing_is_written_over_unasked(
    primemover: PrimeMover, world: World, sqlite_url: str, tmp_path: Path
) -> None:
    primemover("backup", tmp_path / "monday.db")
    before = place(sqlite_url).read_bytes()

    again = primemover("backup", tmp_path / "monday.db")
    back = primemover("restore", tmp_path / "monday.db")

    assert (again.exit_code, back.exit_code) == (1, 1)
    assert "exists already" in again.output
    assert "say --over" in back.output
    assert place(sqlite_url).read_bytes() == before


@pytest.mark.parametrize("damage", ["other", "text", "cut"])
def test_what_is_no_backup_is_refused_and_the_database_stays(
    primemover: PrimeMover, world: World, sqlite_url: str, tmp_path: Path, damage: str
) -> None:
    file, before = tmp_path / "bad.db", place(sqlite_url).read_bytes()
    match damage:
        case "other":
            other = sqlite3.connect(file)
            other.execute("create table t (x)")
            other.close()
        case "text":
            file.write_text("no database at all, but long enough to be looked at" * 20)
        case "cut":
            file.write_bytes(before[: len(before) // 2])

    said = primemover("restore", file, "--over")

    assert said.exit_code == 1
    assert "no backup" in said.output or "damaged" in said.output
    assert place(sqlite_url).read_bytes() == before


def test_without_postgresqls_programs_the_refusal_says_what_is_missing(
    primemover: PrimeMover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    said = primemover("backup", tmp_path / "p.dump", database_url="postgresql://localhost/none")

    assert said.exit_code == 1
    assert "pg_dump is not on PATH" in said.output
    assert not list(tmp_path.glob("*p.dump*"))


@pytest.mark.postgresql
@pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's programs are not on PATH")
def test_postgresql_is_dumped_and_restored_without_what_was_erased(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    with fresh_postgresql(HOUSE) as url:
        world = World(url)
        ref, seq = answered(world)
        saved = primemover("backup", tmp_path / "monday.dump", database_url=url)
        director = "elena.petrova@demo.example"
        primemover("erase", ref, str(seq), "reason", "--basis", "Rule 7", "--by", director,
                   database_url=url)  # fmt: skip
        world.engine.database.dispose()

        said = primemover("restore", tmp_path / "monday.dump", "--over", database_url=url)

        assert (saved.exit_code, said.exit_code) == (0, 0), said.output
        assert kept(url) == 0
        assert "1 texts erased again" in said.output
        world.close()
