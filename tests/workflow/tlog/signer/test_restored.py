"""A log set back to an old backup is refused, and a new origin names the gap."""

import shutil
import sqlite3
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.workflow.tlog.signer.stated import refusal_of
from tests.workflow.tlog.signer.test_signer import PEN
from tests.workflow.tlog.writing import (
    NOON,
    ORIGIN,
    Hand,
    a_signer,
    faults,
    keyring,
    logged,
    open_cases,
    place_all,
    reading,
    write,
)
from workflow.audit import canonical
from workflow.database import connect
from workflow.tlog.signer import keys
from workflow.tlog.signer.key_store import STATE, KeyStore
from workflow.tlog.signer.signer import Contradiction, Signer


def restored_to(database: Engine, copy: Path) -> Engine:
    """The SQLite database as it was when the copy was made."""
    path = Path(str(database.url.database))
    database.dispose()
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    shutil.copyfile(copy, path)
    return connect(str(database.url))


def backup(database: Engine, copy: Path) -> None:
    raw, target = sqlite3.connect(str(database.url.database)), sqlite3.connect(copy)
    raw.backup(target)
    raw.close()
    target.close()


@pytest.mark.parametrize("new", [0, 1, 2, 3, 6])
def test_an_old_backup_is_refused_and_a_new_origin_names_the_gap(
    sqlite_database: Engine, tmp_path: Path, new: int
) -> None:
    """T8: with none, fewer, as many or more entries than were signed."""
    database, clock = sqlite_database, Hand()
    refs = open_cases(database, 1)
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs * 2)
    signer.step()
    backup(database, tmp_path / "copy")
    logged(database, refs * 2)
    clock.move(seconds=5)
    left = signer.step()
    database = restored_to(database, tmp_path / "copy")
    write(database, refs * new, at=NOON + timedelta(hours=1))
    place_all(database)
    clock.move(days=2)
    restored = Signer(database, KeyStore(tmp_path / PEN), clock)

    with pytest.raises(Contradiction):
        restored.step()
    with reading(database) as session:
        refused = refusal_of(session)
    keyring(database, tmp_path / PEN, clock).new_origin()
    place_all(database)
    clock.move(seconds=2)
    begun = restored.step()

    assert refused
    assert left is not None
    assert begun is not None
    assert begun.origin == f"{ORIGIN}/2"
    with reading(database) as session:
        assert refusal_of(session) == ""
        first, second = keys.introduced(session)
    assert (first.last, second.first) == (left.size, 3 + new)
    assert faults(database) == []


def test_a_gap_is_written_into_the_first_event_of_the_new_origin(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    left = signer.step()
    assert left is not None

    keyring(database, tmp_path / PEN).new_origin("house.example/again")

    with reading(database) as session:
        body = session.scalar(text("select body from event order by id desc limit 1"))
    said = canonical.parse(bytes(body))["what"]
    assert (said["origin"], said["after"]["origin"]) == ("house.example/again", ORIGIN)
    assert (said["after"]["size"], b64decode(said["after"]["root"])) == (4, left.root)


def test_a_key_without_its_record_signs_nothing_more_of_its_origin(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    """A key that was put back alone: nobody knows what else it signed."""
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    left = signer.step()
    (tmp_path / PEN / STATE).unlink()
    logged(database, refs)
    clock.move(days=2)

    with pytest.raises(Contradiction, match="The signer's record is missing, although 4 entries"):
        signer.step()
    keyring(database, tmp_path / PEN, clock).new_origin()
    place_all(database)
    clock.move(seconds=2)
    begun = signer.step()

    assert left is not None
    assert begun is not None
    assert [(of.origin, of.size) for of in (left, begun)] == [(ORIGIN, 4), (f"{ORIGIN}/2", 8)]
    with reading(database) as session:
        assert keys.introduced(session)[0].last == 4
    assert faults(database) == []


def test_an_old_copy_of_the_record_is_not_believed(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    signer.step()
    shutil.copy(tmp_path / PEN / STATE, tmp_path / "copy")
    logged(database, refs)
    clock.move(seconds=5)
    signer.step()
    shutil.copy(tmp_path / "copy", tmp_path / PEN / STATE)

    with pytest.raises(Contradiction, match="ends at 4 entries, but 7 were signed"):
        signer.step()
