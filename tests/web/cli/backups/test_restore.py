"""A backup brings a house back without what was erased meanwhile, and changes nothing unasked."""

import os
import shutil
import signal
import sqlite3
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, TextClause, text

from tests.support.programs import PRIMEMOVER, program
from tests.support.waiting import until
from tests.support.world import World
from tests.web.cli.backups.kept import RULE, answered, bare, kept, named
from tests.web.cli.conftest import PrimeMover
from workflow.audit.verification.verify import verify
from workflow.database import connect
from workflow.demo.play import LETTER
from workflow.engine.documents.file_store import FileStore


def test_the_house_stands_again_elsewhere_and_is_verified(
    at_home: PrimeMover, world: World, empty_url: str, tmp_path: Path
) -> None:
    answered(world)
    at_home("backup", tmp_path / "monday.zip")
    elsewhere = {"database_url": empty_url, "home": str(tmp_path / "elsewhere")}

    said = at_home("restore", tmp_path / "monday.zip", **elsewhere)

    assert said.exit_code == 0, said.output
    assert "Everything is as it was recorded." in said.output
    assert "begin anew even if its key was kept: primemover signer new-origin" in said.output
    assert kept(empty_url) == 1
    there = FileStore(tmp_path / "elsewhere" / "files", 1 << 20)
    assert [there.path(digest).read_bytes() for digest in named(empty_url)] == [LETTER]
    assert at_home("verify", **elsewhere).exit_code == 0


@pytest.mark.proof(either=True)
def test_where_the_signer_kept_its_record_nobody_is_told_to_begin_anew(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    at_home("backup", tmp_path / "monday.zip")
    world.engine.database.dispose()
    pen = tmp_path / "home" / "signer"
    pen.mkdir(exist_ok=True)
    (pen / "signed").write_text("2026-03-02T12:00:00.000Z 0 AAAA demo\n")

    said = at_home("restore", tmp_path / "monday.zip", "--over")

    assert "begin anew" not in said.output


def test_a_restored_backup_does_not_bring_back_what_was_erased(
    at_home: PrimeMover, world: World, house_url: str, tmp_path: Path
) -> None:
    ref, seq = answered(world)
    saved = at_home("backup", tmp_path / "monday.zip")
    at_home("erase", ref, str(seq), "reason", *RULE)
    world.engine.database.dispose()
    (tmp_path / "home" / "erasures.jsonl").unlink()  # The database's own register is enough.

    said = at_home("restore", tmp_path / "monday.zip", "--over")

    assert (saved.exit_code, said.exit_code) == (0, 0), said.output
    assert kept(house_url) == 0
    assert "1 erasures read, 1 texts erased again." in said.output
    assert verify(world.engine.database).sound


@pytest.mark.proof(either=True)
@pytest.mark.proof(apart=True)
def test_the_register_of_a_backup_holds_where_nothing_else_remembers(
    at_home: PrimeMover, world: World, house_url: str, empty_url: str, tmp_path: Path
) -> None:
    """A database of before the erasure, and a register that only a later backup still has."""
    ref, seq = answered(world)
    before = bare(house_url, tmp_path / "before")
    at_home("erase", ref, str(seq), "reason", *RULE)
    at_home("backup", tmp_path / "monday.zip")
    elsewhere = {"database_url": empty_url, "home": str(tmp_path / "elsewhere")}
    at_home("restore", tmp_path / "monday.zip", **elsewhere)

    said = at_home("restore", before, "--over", **elsewhere)

    assert said.exit_code == 0, said.output
    assert kept(empty_url) == 0


@pytest.mark.proof(apart=True)
def test_a_bare_database_as_older_releases_wrote_it_is_restored(
    at_home: PrimeMover, world: World, house_url: str, empty_url: str, tmp_path: Path
) -> None:
    answered(world)
    file = bare(house_url, tmp_path / "old")

    said = at_home("restore", file, database_url=empty_url)

    assert said.exit_code == 0, said.output
    assert "It holds the database alone" in said.output
    assert kept(empty_url) == 1


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("damage", ["other", "text", "cut", "flipped", "added", "newer"])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_touched(
    at_home: PrimeMover, world: World, house_url: str, tmp_path: Path, damage: str
) -> None:
    answered(world)
    file = tmp_path / "bad.zip"
    at_home("backup", file)
    spoil(file, damage)
    shutil.rmtree(tmp_path / "home" / "files")

    said = at_home("restore", file, "--over")

    assert said.exit_code == 1
    told = ("no backup", "damaged", "does not know")
    assert any(each in said.output for each in told), said.output
    assert kept(house_url) == 1
    assert not (tmp_path / "home" / "files").exists()


def spoil(file: Path, damage: str) -> None:
    content = file.read_bytes()
    match damage:
        case "other":
            file.unlink()
            other = sqlite3.connect(file)
            other.execute("create table t (x)")
            other.close()
        case "text":
            file.write_text("no database at all, but long enough to be looked at" * 20)
        case "cut":
            file.write_bytes(content[: len(content) // 2])
        case "flipped":
            at = content.index(b"%PDF") + 9
            file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        case "added":
            with zipfile.ZipFile(file, "a") as archive:
                archive.writestr("files/../../../escaped", "x")
        case "newer":
            rewritten(file)


def rewritten(file: Path) -> None:
    """The same backup, of tables that no release here knows."""
    with zipfile.ZipFile(file) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    manifest = members["manifest.json"].replace(b'"revision": "0', b'"revision": "9')
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**members, "manifest.json": manifest}.items():
            archive.writestr(name, content)


@pytest.mark.proof(either=True)
def test_a_backup_of_the_other_kind_of_database_is_refused(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    at_home("backup", tmp_path / "monday.zip")
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    other = f"sqlite:///{tmp_path}/x.db" if "postgres" in world.url else url

    said = at_home("restore", tmp_path / "monday.zip", database_url=other)

    assert said.exit_code == 1
    assert "This backup is of a database of the kind" in said.output


@pytest.mark.proof(either=True)
@pytest.mark.proof(apart=True)
def test_a_database_of_a_newer_release_gives_way_to_a_backup(
    at_home: PrimeMover, world: World, house_url: str, tmp_path: Path
) -> None:
    """A rollback: tables that this release never heard of, bound to those that the backup holds."""
    ref, seq = answered(world)
    at_home("backup", tmp_path / "before.zip")
    at_home("erase", ref, str(seq), "reason", *RULE)
    (tmp_path / "home" / "erasures.jsonl").unlink()
    world.engine.database.dispose()
    with world.engine.database.begin() as connection:
        connection.execute(text("create table newer (person_id int references person (id))"))
        connection.execute(text("update alembic_version set version_num = '9999'"))
    world.engine.database.dispose()

    said = at_home("restore", tmp_path / "before.zip", "--over")

    assert said.exit_code == 0, said.output
    assert at_home("migrate", "--check").exit_code == 0
    assert kept(house_url) == 0


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_a_restore_that_is_killed_on_the_way_has_changed_no_row(
    primemover: PrimeMover, postgresql_house_url: str, files: FileStore, tmp_path: Path
) -> None:
    url, database = postgresql_house_url, connect(postgresql_house_url)
    with database.begin() as connection:
        # More than fits between two processes, so that the end is still to be handed over.
        connection.execute(
            text("create table ballast as select i from generate_series(1, 99999) i")
        )
    primemover("backup", tmp_path / "monday.zip", database_url=url)
    with database.begin() as connection:
        connection.execute(text("create table later as select 1 as i"))
    settings = {"PRIMEMOVER_HOME": str(tmp_path / "home"), "PRIMEMOVER_DATABASE_URL": url}
    words = (*PRIMEMOVER, "restore", tmp_path / "monday.zip", "--over")
    with database.connect() as held:
        events = held.scalar(text("select count(*) from event"))
        with program(*words, environment={**os.environ, **settings}) as begun:
            begun.until(lambda: asked(database, WAITING))
            begun.stopped(signal.SIGKILL)
    until(lambda: not asked(database, OTHERS), saying="psql is still there")
    kept = [asked(database, text(f"select count(*) from {each}")) for each in ("later", "event")]
    with database.begin() as connection:
        connection.execute(text("drop table later, ballast"))
    database.dispose()

    assert kept == [1, events]


def asked(database: Engine, question: TextClause) -> int:
    """The answer as things are now, in a transaction of its own."""
    with database.connect() as connection:
        return int(connection.scalar(question) or 0)


WAITING = text("select count(*) from pg_locks where not granted")
OTHERS = text(
    "select count(*) from pg_stat_activity "
    "where datname = current_database() and application_name = 'psql'"
)
