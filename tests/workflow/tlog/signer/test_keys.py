"""The keys that sign a log: introduced, found, rotated, lost and left behind."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.workflow.tlog.signer.stated import known, newest
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
)
from workflow.errors import Invalid
from workflow.people.register import registered
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint, signed_checkpoint
from workflow.tlog.formats.note import SigningKey, opened, signed
from workflow.tlog.signer import keys
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.signer import Signer


def test_the_first_key_is_made_and_introduced(database: Engine, tmp_path: Path) -> None:
    a_signer(database, tmp_path / PEN, Hand())

    key = SigningKey.load(tmp_path / PEN / "key").verifier
    with reading(database) as session:
        (introduced,) = keys.introduced(session)
    assert (introduced.verifier, introduced.origin) == (key, ORIGIN)
    assert (introduced.first, introduced.last) == (0, None)
    assert (tmp_path / PEN).stat().st_mode & 0o777 == 0o700
    assert (tmp_path / PEN / "key").stat().st_mode & 0o777 == 0o600


def test_keys_are_found_by_an_index_among_very_many_events(
    database: Engine, tmp_path: Path
) -> None:
    a_signer(database, tmp_path / PEN, Hand())
    of_very_many(database)
    plans: list[str] = []

    with reading(database) as session, told_plans(database, plans):
        (found,) = keys.introduced(session)

    assert found.origin == ORIGIN
    assert plans == ["SEARCH event USING INDEX ix_event_type_at (type=?)"]


def of_very_many(database: Engine) -> None:
    """Let SQLite believe that there are two million events of twenty types."""
    counts = "insert into sqlite_stat1 values ('event', 'ix_event_type_at', '1841057 96898 1')"
    with database.begin() as connection:
        connection.exec_driver_sql("analyze")
        connection.exec_driver_sql("delete from sqlite_stat1 where tbl = 'event'")
        connection.exec_driver_sql(counts)
    database.dispose()


@contextmanager
def told_plans(database: Engine, plans: list[str]) -> Iterator[None]:
    """Have the plan of every statement that reads events written down."""

    def tell(_: object, cursor: Any, statement: str, values: Any, *__: object) -> None:
        if "FROM event" in statement:
            cursor.execute(f"explain query plan {statement}", values)
            plans.extend(row[3] for row in cursor.fetchall())

    event.listen(database, "before_cursor_execute", tell)
    try:
        yield
    finally:
        event.remove(database, "before_cursor_execute", tell)


def test_beginning_again_makes_no_second_key(database: Engine, tmp_path: Path) -> None:
    a_signer(database, tmp_path / PEN, Hand())
    before = (tmp_path / PEN / "key").read_bytes()

    a_signer(database, tmp_path / PEN, Hand())

    assert (tmp_path / PEN / "key").read_bytes() == before
    assert faults(database) == []


def test_a_log_that_has_its_signer_elsewhere_is_refused(database: Engine, tmp_path: Path) -> None:
    a_signer(database, tmp_path / PEN, Hand())

    with pytest.raises(Invalid, match="is not in this home"):
        a_signer(database, tmp_path / "elsewhere", Hand())

    assert not (tmp_path / "elsewhere" / "key").exists()


def test_a_new_key_is_signed_for_by_the_old_and_both_sign_for_a_while(
    either: Engine, tmp_path: Path
) -> None:
    """T22."""
    refs = open_cases(either, 3)
    clock = Hand()
    signer = a_signer(either, tmp_path / PEN, clock)
    logged(either, refs)
    signer.step()
    old = SigningKey.load(tmp_path / PEN / "key")

    keyring(either, tmp_path / PEN, clock).rotate(overlap=4)
    clock.move(seconds=2)
    place_all(either)
    signer.step()
    both = opened(newest(either)[1], known(either, 5))
    logged(either, refs * 2)
    clock.move(seconds=2)
    signer.step()
    alone = opened(newest(either)[1], known(either, 11))

    assert len(both.signatures) == 2
    assert [signature.key for signature in alone.signatures] != [old.verifier.id]
    assert len(alone.signatures) == 1
    assert [path.name for path in (tmp_path / PEN).glob("key*")] == ["key"]
    assert faults(either) == []


def test_the_old_key_signs_nothing_beyond_its_end(database: Engine, tmp_path: Path) -> None:
    """T22: twenty sizes above the last that the old key may sign."""
    (ref,) = open_cases(database, 1, "OTHER")
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, [ref] * 3)
    signer.step()
    old = SigningKey.load(tmp_path / PEN / "key")
    keyring(database, tmp_path / PEN).rotate(overlap=4)

    for size in range(9, 29):
        forged = signed(Checkpoint(ORIGIN, size, tree.EMPTY).text, old)
        with pytest.raises(Invalid, match="No key that is known"):
            signed_checkpoint(forged, known(database, size), ORIGIN)

    assert old.verifier in known(database, 8)


def test_a_lost_key_is_left_behind_with_what_was_published(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    left = signer.step()
    shutil.rmtree(tmp_path / PEN)
    assert left is not None

    keyring(database, tmp_path / PEN, clock).new_origin()
    place_all(database)
    begun = Signer(database, KeyStore(tmp_path / PEN), clock).step()

    assert begun is not None
    with reading(database) as session:
        first, second = keys.introduced(session)
    assert (first.last, second.origin) == (left.size, f"{ORIGIN}/2")
    assert faults(database) == []


def test_an_origin_that_never_was_is_not_left(database: Engine, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="There is no origin to leave"):
        keyring(database, tmp_path / PEN).new_origin()
    with pytest.raises(Invalid, match="There is no key yet"):
        keyring(database, tmp_path / PEN).rotate(5)


def test_nobody_can_put_a_key_in_between(database: Engine, tmp_path: Path) -> None:
    a_signer(database, tmp_path / PEN, Hand())
    stranger, old = SigningKey.generate(ORIGIN), SigningKey.load(tmp_path / PEN / "key")
    fact = keys.succession(stranger, SigningKey.generate(ORIGIN), NOON, (1, 5))
    fact = replace(fact, what=replace(fact.what, replaces=str(old.verifier)))
    with Session(database) as session, session.begin():
        registered(session, fact)
    place_all(database)

    with Session(database) as session, pytest.raises(Invalid):
        keys.introduced(session)
    assert faults(database) != []


@pytest.mark.parametrize("step", range(3))
def test_a_rotation_cut_short_is_finished_or_undone(
    database: Engine, refs: list[str], tmp_path: Path, step: int
) -> None:
    """The signer dies before its event, before the first and before the second change of files."""
    clock = Hand()
    a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    home = KeyStore(tmp_path / PEN)
    old, new = SigningKey.load(home.folder / "key"), home.begin(ORIGIN)
    if step:
        with Session(database) as session, session.begin():
            registered(session, keys.succession(old, new, NOON, (4, 6)))
    if step == 2:
        (home.folder / "key").rename(home.folder / "key.until.6")

    again = a_signer(database, tmp_path / PEN, clock)
    place_all(database)
    again.step()

    with reading(database) as session:
        introduced = keys.introduced(session)
    assert len(introduced) == (1 if step == 0 else 2)
    assert len(opened(newest(database)[1], known(database, 5)).signatures) == len(introduced)
    assert SigningKey.load(home.folder / "key").verifier == introduced[-1].verifier
    assert faults(database) == []
