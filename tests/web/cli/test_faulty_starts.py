"""Whatever is wrong with the home or the database: each command ends in a sentence that fits."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.reliability.faults.disks import Disk
from tests.support.clusters import Cluster, private_cluster
from tests.support.postgres import run as run_of_server
from tests.support.programs import a_free_port, started
from tests.web.cli.conftest import STANDARD, PrimeMover
from tests.web.cli.given import commands, needed
from tests.web.conftest import SECRET
from web.cli import main
from web.cli.by_name.commands import COMMANDS
from workflow.database import migrate

# What a command is given besides what it will not do without; {file} is one that is there, {new}
# one that is not.
BESIDES = {
    "export": ("--output", "{new}"),
    "user add": ("--role", "auditor", "--party", "moz", "--password-file", "{file}"),
}
# Whose files hold what no kind of a parameter says.
FILES_OF = {
    "import programmes": "config/reference/programmes.csv",
    "lifecycle check": str(STANDARD.parent / "joint.toml"),
    "lifecycle publish": str(STANDARD.with_name("emergency.toml")),
}
# These go on until they are stopped, so they are begun as processes.
LASTING = ("run", "demo", "worker", "signer")
# These ask neither the home nor the database, or are tried elsewhere.
OTHERS = {
    "bench": "makes a database of its own",
    "lifecycle check": "reads files alone",
    "restore": "puts a database where none need be: tests/web/cli/backups/test_restore.py",
    "witness init": "has no database",
    "witness key": "has no database",
    "witness serve": "has no database",
}
NOT_HERE = "PRIMEMOVER_HOME must be a folder that can be written to"
AWAY = "The database cannot be reached:"
Broken = dict[str, str]

PRESENT = {" ".join(words): command for words, command in commands(main)}
SHORT = sorted({*PRESENT, "migrate --check"} - {*LASTING, *OTHERS})


def test_every_command_is_tried() -> None:
    assert len(SHORT) > 80
    assert sorted({*OTHERS, *BESIDES, *FILES_OF} - {*PRESENT}) == []
    assert sorted({*LASTING} - {*PRESENT, *COMMANDS}) == []


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, with what must be said of it and what must not."""

    settings: Broken
    said: str
    unsaid: str = "primemover migrate"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A server that wants a password of one user."""
    with private_cluster() as cluster:
        rules = Path(cluster.server.data) / "pg_hba.conf"
        rules.write_text("host all guarded 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
        run_of_server([f"{cluster.server.binaries}/pg_ctl", "-D", cluster.server.data, "reload"])
        yield cluster


def of_sqlite(tmp_path: Path, fault: str) -> Wrong:
    """A file that is no database of ours, in one of several ways."""
    place = tmp_path / "spoilt.db"
    match fault:
        case "no database":
            place.write_bytes(b"a letter of somebody to somebody\n" * 300)
            said = "file is not a database"
        case "a folder":
            place.mkdir()
            said = "must name a file, in a folder that can be written to"
        case "cut short":
            migrate(f"sqlite:///{place}")
            place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
            said = "one that is damaged is put back"
        case "no file":
            os.mknod(place, stat.S_IFSOCK | 0o600)
            said = "must name a file, in a folder that can be written to"
        case "no folder":
            place = tmp_path / "no" / "such" / "folder.db"
            said = "must name a file, in a folder that can be written to"
        case _:
            raise AssertionError(fault)
    return Wrong({"database_url": f"sqlite:///{place}"}, said)


def of_postgresql(cluster: Cluster, fault: str) -> Wrong:
    """An address that leads to no database that lets us in."""
    url = make_url(cluster.url)
    match fault:
        case "no server":
            changed, said = url.set(port=a_free_port()), "See that its server runs"
        case "no host":
            changed, said = url.set(host="no-such-host.invalid"), "See that its server runs"
        case "no such database":
            changed, said = url.set(database="nowhere"), "Make that database on its server"
        case "wrong password":
            changed = url.set(username="guarded", password="hidden")
            said = "Check the user and the password"
        case _:
            raise AssertionError(fault)
    unsaid = "" if fault == "no such database" else "primemover migrate"
    return Wrong({"database_url": changed.render_as_string(hide_password=False)}, said, unsaid)


FILES = ("no database", "cut short", "a folder", "no folder", "no file")
SERVERS = ("no server", "no host", "no such database", "wrong password")


def filled(command: str, tmp_path: Path) -> list[str]:
    """The words of a command."""
    name = command.partition(" --")[0]
    words = needed(PRESENT[name], tmp_path)
    if name in FILES_OF:
        words = [FILES_OF[name] if each.startswith(str(tmp_path)) else each for each in words]
    there = tmp_path / "password.txt"
    there.write_text("a quiet river bends twice\n")
    besides = BESIDES.get(command, ())
    return [
        *command.split(), *words,
        *(each.format(file=there, new=tmp_path / "new.zip") for each in besides),
    ]  # fmt: skip


def refused(primemover: PrimeMover, words: list[str], wrong: Wrong) -> None:
    """Hold that a command ends in the sentence that fits what is wrong."""
    said = primemover(*words, secret_key=SECRET, **wrong.settings)

    assert said.exit_code in {1, 2}, said.output
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
    assert wrong.said in said.stderr
    assert not wrong.unsaid or wrong.unsaid not in said.output
    assert "Traceback" not in said.output
    assert "hidden" not in said.output


# Where there is no database, `migrate --check` checks the migrations themselves.
@pytest.mark.proof(sample=40)
@pytest.mark.parametrize(
    ("fault", "command"),
    [(f, c) for f in FILES for c in SHORT if (f, c) != ("no folder", "migrate --check")],
)
def test_a_file_that_is_no_database_is_a_sentence(
    primemover: PrimeMover, tmp_path: Path, command: str, fault: str
) -> None:
    wrong = of_sqlite(tmp_path, fault)
    if command == "backup" and fault == "no folder":
        wrong = replace(wrong, said="There is no database in")

    refused(primemover, filled(command, tmp_path), wrong)


# `migrate` is there to make it.
@pytest.mark.proof(sample=24)
@pytest.mark.parametrize("command", sorted({*SHORT, "lifecycle check"} - {"migrate"}))
def test_no_command_makes_a_database_where_there_is_none(
    primemover: PrimeMover, tmp_path: Path, command: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    words = filled(command, tmp_path)

    primemover(*words, home=str(home), database_url=f"sqlite:///{home}/primemover.db")

    assert sorted(home.rglob("*.db*")) == []


@pytest.mark.proof(sample=24)
@pytest.mark.parametrize("command", SHORT)
@pytest.mark.parametrize("fault", SERVERS)
def test_a_server_that_lets_nobody_in_is_a_sentence(
    primemover: PrimeMover, tmp_path: Path, cluster: Cluster, command: str, fault: str
) -> None:
    refused(primemover, filled(command, tmp_path), of_postgresql(cluster, fault))


@pytest.mark.proof(sample=24)
@pytest.mark.parametrize("command", SHORT)
@pytest.mark.parametrize("place", ["a file", "a file/below it", "/proc/nothing"])
def test_a_home_that_cannot_be_made_is_a_sentence(
    primemover: PrimeMover, tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "a file").touch()
    home = tmp_path / place

    refused(primemover, filled(command, tmp_path), Wrong({"home": str(home)}, NOT_HERE))


@pytest.mark.processes
@pytest.mark.proof(lasting=True, sample=4)
@pytest.mark.parametrize("command", LASTING)
@pytest.mark.parametrize("fault", ["no database", "a folder", "no folder", *SERVERS])
def test_a_service_without_its_database_says_so(
    tmp_path: Path, cluster: Cluster, command: str, fault: str
) -> None:
    made = of_sqlite(tmp_path, fault) if fault in FILES else of_postgresql(cluster, fault)
    # A server that is away may come back, and is waited for.
    ways = (made.said, AWAY) if fault in {"no server", "no host"} else (made.said,)
    settings: dict[str, Any] = {"home": tmp_path / "home", "secret_key": SECRET, **made.settings}

    with started(command, **settings) as program:
        program.until(lambda: any(each in program.said() for each in ways))
        said = program.said()
        status = program.process.poll()

    assert any(each in said for each in ways), said
    assert "Traceback" not in said
    assert "hidden" not in said
    assert status != 0


# A disk without room


@pytest.mark.parametrize("command", ["migrate", "run", "demo"])
def test_a_home_on_a_full_disk_is_a_sentence(
    primemover: PrimeMover, disk: Disk, command: str
) -> None:
    home = disk.folder / "home"
    url = f"sqlite:///{home}/primemover.db"

    with disk.full():
        said = primemover(command, home=str(home), database_url=url, secret_key=SECRET)

    assert said.exit_code in {1, 2}
    assert isinstance(said.exception, SystemExit), said.exception
    assert "full" in said.stderr or "No space left on device" in said.stderr


def test_a_backup_onto_a_full_disk_is_a_sentence(primemover: PrimeMover, disk: Disk) -> None:
    with disk.full():
        said = primemover("backup", str(disk.folder / "backup.zip"))

    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit), said.exception
    assert "full" in said.stderr or "No space left on device" in said.stderr
    assert list(disk.folder.iterdir()) == []
