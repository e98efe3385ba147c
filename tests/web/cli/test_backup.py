"""Backups: one state of the house in a file, and back again without what was erased meanwhile."""

import io
import os
import shutil
import signal
import sqlite3
import stat
import threading
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, TextClause, select, text

from tests.support.administration import plain
from tests.support.databases import empty_postgresql
from tests.support.programs import PRIMEMOVER, program
from tests.support.waiting import until
from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from workflow.audit.verification.verify import verify
from workflow.backups.new_file import DRAFT
from workflow.database import connect
from workflow.demo.play import LETTER
from workflow.engine.commands.file_document import attach
from workflow.engine.documents.file_store import FileStore
from workflow.engine.models import Attachment

SECRET = "Because Graca Mabunda has told me so in confidence."
DIRECTOR = "elena.petrova@demo.example"
RULE = ("--basis", "Rule 7", "--by", DIRECTOR)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """Where the installation keeps attached files; the letter of every proposal is there."""
    store = FileStore(tmp_path / "home" / "files", 1 << 20)
    store.keep("letter-of-request.pdf", io.BytesIO(LETTER))
    return store


@pytest.fixture
def world(house_url: str, files: FileStore) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def at_home(primemover: PrimeMover, house_url: str) -> PrimeMover:
    """The command line on the house of this test."""
    return lambda *words, **settings: primemover(*words, **{"database_url": house_url, **settings})


@pytest.fixture
def empty_url(house_url: str, tmp_path: Path) -> Iterator[str]:
    """Another database of the same kind, without any table."""
    if house_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    with empty_postgresql() as url:
        yield url


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


def bare(url: str, file: Path) -> Path:
    """A backup as older releases wrote it: the database alone."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as whole, sqlite3.connect(file) as to:
            whole.backup(to)
        whole.close()
        to.close()
        return file
    program = shutil.which("pg_dump")
    os.system(f"{program} --format=custom --no-owner --file={file} {plain(url)}")
    return file


def named(url: str) -> set[str]:
    """The attached files that the database names."""
    database = connect(url)
    with database.connect() as connection:
        found = set(connection.scalars(select(Attachment.digest)))
    database.dispose()
    return found


def test_a_backup_holds_database_files_and_register_for_its_owner_alone(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    ref, seq = answered(world)
    at_home("erase", ref, str(seq), "reason", *RULE)

    said = at_home("backup", tmp_path / "monday.zip")

    with zipfile.ZipFile(tmp_path / "monday.zip") as archive:
        names, register = archive.namelist(), archive.read("erasures.jsonl").decode()
    assert said.exit_code == 0, said.output
    assert " events and 1 attached file." in said.output
    assert [name.split("/")[0].split(".")[0] for name in names] == [
        "database", "files", "erasures", "manifest",
    ]  # fmt: skip
    assert register.count("\n") == 1
    assert stat.S_IMODE((tmp_path / "monday.zip").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*"))


def test_the_house_stands_again_elsewhere_and_is_verified(
    at_home: PrimeMover, world: World, empty_url: str, tmp_path: Path
) -> None:
    answered(world)
    at_home("backup", tmp_path / "monday.zip")
    elsewhere = {"database_url": empty_url, "home": str(tmp_path / "elsewhere")}

    said = at_home("restore", tmp_path / "monday.zip", **elsewhere)

    assert said.exit_code == 0, said.output
    assert "Everything is as it was recorded." in said.output
    assert kept(empty_url) == 1
    there = FileStore(tmp_path / "elsewhere" / "files", 1 << 20)
    assert [there.path(digest).read_bytes() for digest in named(empty_url)] == [LETTER]
    assert at_home("verify", **elsewhere).exit_code == 0


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


def test_a_bare_database_as_older_releases_wrote_it_is_restored(
    at_home: PrimeMover, world: World, house_url: str, empty_url: str, tmp_path: Path
) -> None:
    answered(world)
    file = bare(house_url, tmp_path / "old")

    said = at_home("restore", file, database_url=empty_url)

    assert said.exit_code == 0, said.output
    assert "It holds the database alone" in said.output
    assert kept(empty_url) == 1


def test_a_backup_under_load_verifies_and_holds_every_file_that_it_names(
    at_home: PrimeMover, world: World, files: FileStore, empty_url: str, tmp_path: Path
) -> None:
    ref, me = world.programme("draft"), world.person("joao.lima")
    done, attached = threading.Event(), list[int]()

    def work() -> None:
        while not done.is_set():
            paper = LETTER + f"\n% {uuid.uuid4()}\n".encode()
            letter = files.keep("letter.pdf", io.BytesIO(paper))
            attached.append(attach(world.engine, me, ref, "request_letter", letter))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    try:
        until(lambda: len(attached) > 5, saying=lambda: attached)
        said = [at_home("backup", tmp_path / f"{number}.zip") for number in range(2)]
    finally:
        done.set()
        for worker in workers:
            worker.join()

    assert [each.exit_code for each in said] == [0, 0], [each.output for each in said]
    for number in range(2):
        over = ("--over",) if number else ()
        home = str(tmp_path / f"home{number}")
        restored = at_home("restore", tmp_path / f"{number}.zip", *over,
                           database_url=empty_url, home=home)  # fmt: skip
        assert restored.exit_code == 0, restored.output
        assert "Everything is as it was recorded." in restored.output
        assert len(named(empty_url)) > 5


def test_nothing_is_written_over_unasked(at_home: PrimeMover, world: World, tmp_path: Path) -> None:
    at_home("backup", tmp_path / "monday.zip")
    first = (tmp_path / "monday.zip").read_bytes()

    again = at_home("backup", tmp_path / "monday.zip")
    back = at_home("restore", tmp_path / "monday.zip")

    assert (again.exit_code, back.exit_code) == (1, 1)
    assert "exists already" in again.output
    assert "say --over" in back.output
    assert (tmp_path / "monday.zip").read_bytes() == first


def test_in_a_folder_a_backup_is_named_by_its_time(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()

    said = at_home("backup", tmp_path / "backups")

    (made,) = (tmp_path / "backups").iterdir()
    assert made.name.startswith("primemover-2")
    assert str(made) in said.output


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


def test_a_file_that_is_missing_is_named_and_the_rest_is_backed_up(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    answered(world)
    shutil.rmtree(tmp_path / "home" / "files")

    said = at_home("backup", tmp_path / "monday.zip")

    assert said.exit_code == 1
    assert "missing or damaged" in said.output
    assert zipfile.is_zipfile(tmp_path / "monday.zip")


def test_no_backup_is_made_without_a_register_that_is_there(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    register = tmp_path / "home" / "erasures.jsonl"
    register.mkdir(mode=0)

    said = at_home("backup", tmp_path / "monday.zip")

    assert said.exit_code == 1
    assert f"The register of erasures in {register} cannot be read" in said.output
    assert not list(tmp_path.glob("*.zip"))


def test_no_key_leaves_the_house(at_home: PrimeMover, world: World, tmp_path: Path) -> None:
    pen = tmp_path / "home" / "signer"
    pen.mkdir()
    for name in ("key", "key.next", "key.until.9"):
        (pen / name).write_text("PRIVATE+KEY")
    (pen / "signed").write_text("2026-03-02T12:00:00.000Z 0 AAAA demo\n")
    (tmp_path / "home" / "secret_key").write_text("PRIVATE+KEY")

    said = at_home("backup", tmp_path / "monday.zip")

    with zipfile.ZipFile(tmp_path / "monday.zip") as archive:
        everything = {name: archive.read(name) for name in archive.namelist()}
    assert "Left out: the key of the signer" in said.output
    assert "signer/signed" in everything
    assert not [name for name, content in everything.items() if b"PRIVATE+KEY" in content]


def test_what_a_killed_backup_left_is_no_backup_and_in_nobodys_way(
    at_home: PrimeMover, world: World, house_url: str, tmp_path: Path
) -> None:
    pipe = tmp_path / "home" / "erasures.jsonl"
    os.mkfifo(pipe)  # Reading it waits for ever, so the backup is caught in the middle.
    settings = {"PRIMEMOVER_HOME": str(pipe.parent), "PRIMEMOVER_DATABASE_URL": house_url}
    words = (*PRIMEMOVER, "backup", tmp_path / "monday.zip")
    with program(*words, environment={**os.environ, **settings}) as begun:
        begun.until(lambda: (tmp_path / DRAFT).exists() and (tmp_path / DRAFT).stat().st_size)
        beside = at_home("backup", tmp_path / "tuesday.zip")
        begun.stopped(signal.SIGKILL)
    left = sorted(path.name for path in tmp_path.glob("*.zip"))
    pipe.unlink()

    said = at_home("backup", tmp_path / "monday.zip")

    assert "Another backup is being written" in beside.output
    assert left == []
    assert said.exit_code == 0, said.output
    assert not (tmp_path / DRAFT).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.system(f"mount -t tmpfs -o size=64k tmpfs {disk}"):
        pytest.skip("no disk can be mounted here")
    try:
        said = at_home("backup", disk / "monday.zip")
        left = list(disk.iterdir())
    finally:
        os.system(f"umount {disk}")

    assert said.exit_code == 1
    assert "full" in said.output or "No space left" in said.output
    assert "Traceback" not in said.output
    assert left == []


@pytest.mark.parametrize("place", ["nowhere/monday.zip", "home/erasures.jsonl/monday.zip"])
def test_a_place_that_takes_no_backup_is_a_sentence(
    at_home: PrimeMover, world: World, tmp_path: Path, place: str
) -> None:
    (tmp_path / "home" / "erasures.jsonl").touch()

    said = at_home("backup", tmp_path / place)

    assert said.exit_code == 1
    assert "cannot be written" in said.output


def test_a_backup_of_the_other_kind_of_database_is_refused(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    at_home("backup", tmp_path / "monday.zip")
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none"
    other = f"sqlite:///{tmp_path}/x.db" if "postgres" in world.url else url

    said = at_home("restore", tmp_path / "monday.zip", database_url=other)

    assert said.exit_code == 1
    assert "This backup is of a database of the kind" in said.output


def test_without_postgresqls_programs_the_refusal_says_what_is_missing(
    primemover: PrimeMover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    said = primemover("backup", tmp_path / "p.zip", database_url="postgresql://localhost/none")

    assert said.exit_code == 1
    assert "pg_dump is not on PATH" in said.output
    assert not list(tmp_path.glob("*p.zip*"))


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
