"""Backups: one state of the house in a file, whole or not at all."""

import errno
import io
import os
import shutil
import signal
import stat
import threading
import uuid
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest

from tests.reliability.faults.disks import Disk
from tests.support.programs import PRIMEMOVER, program
from tests.support.waiting import until
from tests.support.world import World
from tests.web.cli.backups.kept import RULE, answered, named
from tests.web.cli.conftest import PrimeMover
from workflow.backups.new_file import DRAFT
from workflow.demo.play import LETTER
from workflow.engine.commands.file_document import attach
from workflow.engine.documents.file_store import FileStore


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


@pytest.mark.proof(apart=True)
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


@pytest.mark.proof(either=True)
def test_nothing_is_written_over_unasked(at_home: PrimeMover, world: World, tmp_path: Path) -> None:
    at_home("backup", tmp_path / "monday.zip")
    first = (tmp_path / "monday.zip").read_bytes()

    again = at_home("backup", tmp_path / "monday.zip")
    back = at_home("restore", tmp_path / "monday.zip")

    assert (again.exit_code, back.exit_code) == (1, 1)
    assert "exists already" in again.output
    assert "say --over" in back.output
    assert (tmp_path / "monday.zip").read_bytes() == first


@pytest.mark.proof(either=True)
def test_in_a_folder_a_backup_is_named_by_its_time(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()

    said = at_home("backup", tmp_path / "backups")

    (made,) = (tmp_path / "backups").iterdir()
    assert made.name.startswith("primemover-2")
    assert str(made) in said.output


@pytest.mark.proof(either=True)
def test_a_file_that_is_missing_is_named_and_the_rest_is_backed_up(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    answered(world)
    shutil.rmtree(tmp_path / "home" / "files")

    said = at_home("backup", tmp_path / "monday.zip")

    assert said.exit_code == 1
    assert "missing or damaged" in said.output
    assert zipfile.is_zipfile(tmp_path / "monday.zip")


@pytest.mark.proof(either=True)
def test_no_backup_is_made_without_a_register_that_is_there(
    at_home: PrimeMover, world: World, tmp_path: Path
) -> None:
    register = tmp_path / "home" / "erasures.jsonl"
    register.mkdir(mode=0)

    said = at_home("backup", tmp_path / "monday.zip")

    assert said.exit_code == 1
    assert f"The register of erasures in {register} cannot be read" in said.output
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.proof(either=True)
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
    assert "What the signer signed is not in it" not in said.output
    assert not [name for name, content in everything.items() if b"PRIVATE+KEY" in content]


@pytest.mark.proof(either=True)
def test_a_record_that_another_user_keeps_is_missed_aloud(
    at_home: PrimeMover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by the recipe, where the signer has a user of its own; root may read everything."""
    opened = Path.open

    def closed(path: Path, *given: Any, **named: Any) -> IO[Any]:
        if path.name == "signed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", closed)

    said = at_home("backup", tmp_path / "monday.zip")

    assert said.exit_code == 0
    assert "What the signer signed is not in it either" in said.output
    with zipfile.ZipFile(tmp_path / "monday.zip") as archive:
        assert "signer/signed" not in archive.namelist()


@pytest.mark.proof(apart=True)
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


@pytest.mark.proof(either=True)
def test_a_disk_that_runs_full_is_a_sentence_and_leaves_nothing(
    at_home: PrimeMover, world: World, disk: Disk
) -> None:
    said = at_home("backup", disk.folder / "monday.zip")

    assert said.exit_code == 1
    assert "full" in said.output or "No space left" in said.output
    assert "Traceback" not in said.output
    assert list(disk.folder.iterdir()) == []


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("place", ["nowhere/monday.zip", "home/erasures.jsonl/monday.zip"])
def test_a_place_that_takes_no_backup_is_a_sentence(
    at_home: PrimeMover, world: World, tmp_path: Path, place: str
) -> None:
    (tmp_path / "home" / "erasures.jsonl").touch()

    said = at_home("backup", tmp_path / place)

    assert said.exit_code == 1
    assert "cannot be written" in said.output


@pytest.mark.proof(either=True)
def test_without_postgresqls_programs_the_refusal_says_what_is_missing(
    primemover: PrimeMover, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _program: None)

    said = primemover("backup", tmp_path / "p.zip", database_url="postgresql://localhost/none")

    assert said.exit_code == 1
    assert "pg_dump is not on PATH" in said.output
    assert not list(tmp_path.glob("*p.zip*"))
