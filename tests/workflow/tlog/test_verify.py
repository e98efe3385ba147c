"""Whatever is changed in the log by hand, its verification finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from tests.workflow.tlog.writing import Hand, a_signer, faults, logged, open_cases, write
from workflow.tlog import verify
from workflow.tlog.verify import verify_log

# What a hand that may alter tables can do, each with a word of what is then said.
SPOILT = {
    "delete from log_pending": "is not in the log",
    "delete from log_entry where log_index = 3": "is not in the log",
    "delete from log_entry where log_index = 12": "is not in the log",
    "update log_entry set log_index = 99 where log_index = 12": "is not the one over",
    "update log_entry set log_index = -1 where log_index = 0": "The entry 0 is missing",
    "update log_entry set event_id = 14 where log_index = 12": "is not in the log",
    "update log_state set size = 12": "is not the one over",
    "update log_state set size = 14": "is not the one over",
    "update log_state set root = edge": "is not the one over",
    "update log_state set edge = root": "is not the one over",
    "delete from log_tile": "The tile 0/0",
    "update log_tile set hashes = (select root from log_state)": "The tile 0/0",
    "update event set hash = zeroblob(32) where id = 5": "is not the one over",
    "update checkpoint set size = 12 where size = 13": "its columns are not",
    "update checkpoint set size = 99 where size = 13": "its columns are not",
    "update checkpoint set root = (select edge from log_state)": "its columns are not",
    "update checkpoint set origin = 'other.example'": "No key that is known",
    "update checkpoint set note = replace(note, '13', '12')": "is not one of this note",
    "update checkpoint set note = 'x'": "does not end with",
    "update event set body = (select body from event where id = 2) where id = 1": "cannot be read",
}
SWAP = (
    "update log_entry set log_index = -1 where log_index = 3",
    "update log_entry set log_index = 3 where log_index = 4",
    "update log_entry set log_index = 4 where log_index = -1",
)


@pytest.fixture
def signed(sqlite_database: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Thirteen entries under one checkpoint, one event that waits, and no trigger in the way."""
    database = sqlite_database
    refs = open_cases(database, 1)
    signer = a_signer(database, tmp_path / "signer", Hand())
    logged(database, refs * 12)
    signer.step()
    write(database, refs)
    with database.begin() as connection:
        for name in connection.scalars(text("select name from sqlite_master where type='trigger'")):
            connection.execute(text(f"drop trigger {name}"))
    return database


def spoil(database: Engine, *statements: str) -> None:
    with database.begin() as connection:
        connection.execute(text("pragma defer_foreign_keys = on"))
        for statement in statements:
            run(connection, statement)


def run(connection: Connection, statement: str) -> None:
    assert connection.execute(text(statement)).rowcount > 0, statement


def test_an_untouched_log_is_sound(signed: Engine) -> None:
    found = verify_log(signed)

    assert found.sound
    assert (found.entries, found.waiting, found.checkpoints) == (13, 1, 1)


def test_each_portion_tells_that_the_check_goes_on_while_nothing_is_being_read(
    signed: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PORTION", 5)
    being_read: list[str] = []

    found = verify_log(signed, lambda: being_read.append(signed.pool.status()))

    assert (found.sound, found.entries) == (True, 13)
    assert len(being_read) == 3 * 3
    assert all("Current Checked out connections: 0" in each for each in being_read)


@pytest.mark.parametrize("statement", SPOILT)
def test_a_change_by_hand_is_found(signed: Engine, statement: str) -> None:
    spoil(signed, statement)

    found = faults(signed)

    assert any(SPOILT[statement] in sentence for sentence in found), found


def test_entries_that_changed_places_are_found(signed: Engine) -> None:
    spoil(signed, *SWAP)

    found = faults(signed)

    assert any("stands before one that came first" in sentence for sentence in found)
    assert any("The tile 0/0" in sentence for sentence in found)


def test_a_tree_made_anew_over_changed_entries_is_found_by_its_checkpoint(signed: Engine) -> None:
    spoil(signed, "update event set hash = zeroblob(32) where id = 12")
    rebuilt = verify.Range()
    with signed.begin() as connection:
        hashes = connection.scalars(text("select hash from event where id <= 13 order by id")).all()
        for link in hashes:
            rebuilt.append(link)
        connection.execute(
            text("update log_state set root = :root, edge = :edge"),
            {"root": rebuilt.root, "edge": b"".join(rebuilt.hashes)},
        )
        connection.execute(text("update log_tile set hashes = :all"), {"all": b"".join(hashes)})

    (sentence,) = faults(signed)

    assert "the tree had another root at that size" in sentence


def test_a_log_of_many_portions_is_read_whole(
    signed: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PORTION", 4)

    assert verify_log(signed).entries == 13
