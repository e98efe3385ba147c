"""The signer states what the log is, and never contradicts what it stated."""

import shutil
import sqlite3
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.orm import Session

from tests.support.tlog.proofs import ReadProof, proof_for
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
    size_of,
    write,
)
from workflow.audit import canonical
from workflow.database import connect
from workflow.errors import Invalid
from workflow.people.register import registered
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint, signed_checkpoint
from workflow.tlog.formats.note import SigningKey, Verifier, opened, signed
from workflow.tlog.signer import keys
from workflow.tlog.signer.key_store import BLOCK, Intent, KeyStore
from workflow.tlog.signer.signer import Contradiction, Signer
from workflow.tlog.store.models import LogSigner, SignedCheckpoint
from workflow.tlog.store.queries import (
    checkpoint_at,
    consistency_between,
    latest,
)
from workflow.tlog.store.tiles import Tiles

PEN = "signer"


def refusal_of(session: Session) -> str:
    """Why the signer signs nothing, or nothing while it does."""
    return session.scalars(select(LogSigner.refusal)).one()


@pytest.fixture
def database(sqlite_database: Engine) -> Engine:
    """What is not about the database itself is tried on one kind."""
    return sqlite_database


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest) -> Engine:
    """Both kinds of database in turn."""
    found: Engine = request.getfixturevalue(f"{request.param}_database")
    return found


@pytest.fixture
def refs(database: Engine) -> list[str]:
    return open_cases(database, 3)


def known(database: Engine, size: int, origin: str = ORIGIN) -> list[Verifier]:
    with reading(database) as session:
        return keys.verifiers(session, origin, size)


def newest(database: Engine) -> tuple[Checkpoint, bytes]:
    with reading(database) as session:
        found = latest(session)
    assert found is not None
    return found.checkpoint, found.note.encode()


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


def test_what_is_signed_can_be_opened_and_proven(either: Engine, tmp_path: Path) -> None:
    refs = open_cases(either, 3)
    signer = a_signer(either, tmp_path / PEN, Hand())
    hashes = logged(either, refs, each=2)

    signer.step()

    checkpoint, note = newest(either)
    assert signed_checkpoint(note, known(either, 7), ORIGIN)[0] == checkpoint
    assert checkpoint.size == size_of(either) == 7
    with reading(either) as session:
        for link in hashes:
            proof = ReadProof.read(proof_for(session, link) or "")
            assert proof.shows(link, known(either, 7), ORIGIN)[0] == checkpoint
    assert faults(either) == []


def test_what_is_not_signed_yet_has_no_proof(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    (first, *_) = write(database, refs)

    unplaced = proven(database, first)
    place_all(database)
    unsigned = proven(database, first)
    with reading(database) as session:
        nothing = latest(session), checkpoint_at(session, 1)
    signer.step()
    (later, *_) = logged(database, refs)

    assert (unplaced, unsigned, nothing) == (None, None, (None, None))
    assert proven(database, first)
    assert proven(database, later) is None
    assert proven(database, b"unheard of") is None


def proven(database: Engine, link: bytes) -> str | None:
    with reading(database) as session:
        return proof_for(session, link)


def test_a_proof_may_lead_to_an_earlier_checkpoint(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    (first, *_) = logged(database, refs)
    signer.step()
    clock.move(seconds=2)
    logged(database, refs)
    signer.step()

    with reading(database) as session:
        early = ReadProof.read(proof_for(session, first, size=2) or "")
        head = Checkpoint.read(opened(early.checkpoint, known(database, 4)).text)
        proof = consistency_between(session, head.size, 7)
        assert head.size == 4
        assert tree.consistent(4, 7, head.root, newest(database)[0].root, proof)
        assert proof_for(session, first, size=8) is None


def test_signing_waits_a_second_or_for_many_events(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    signer.step()

    logged(database, refs)
    at_once = signer.step()
    clock.move(seconds=1)
    a_second_later = signer.step()
    logged(database, refs, each=86)
    many = signer.step()

    assert at_once is None
    assert a_second_later is not None
    assert many is not None
    assert many.size == 265


def test_a_clock_that_was_set_back_does_not_silence_the_signer(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    """T13."""
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    signer.step()

    logged(database, refs)
    clock.move(hours=-1)
    signed_again = signer.step()

    assert signed_again is not None


def test_silence_is_broken_once_a_day(database: Engine, refs: list[str], tmp_path: Path) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs)
    signer.step()

    clock.move(hours=23)
    silent = signer.step()
    clock.move(hours=1)
    heartbeat = signer.step()

    assert silent is None
    assert heartbeat is not None
    with reading(database) as session:
        notes = session.execute(select(SignedCheckpoint.note, SignedCheckpoint.at)).all()
    assert len({note for note, _ in notes}) == 1
    assert (notes[1].at - notes[0].at).total_seconds() == 86_400


def test_what_was_meant_and_not_published_is_published(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    """The signer died between its own record and the database."""
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    with reading(database) as session:
        root = tree.root_at(Tiles(session).read, 4)
    KeyStore(tmp_path / PEN).intend(Intent(Checkpoint(ORIGIN, 4, root), NOON))

    published = signer.step()

    assert published is not None
    assert (published.size, published.root) == (4, root)


def test_a_line_cut_short_is_as_if_it_had_not_been_begun(
    database: Engine, refs: list[str], tmp_path: Path
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    state = tmp_path / PEN / "signed"
    state.write_text("2026-03-02T12:00:00.000Z 9 CsUYap")

    signer.step()

    (line,) = state.read_text().splitlines()
    assert line.split(" ")[1] == "4"


@pytest.mark.parametrize(
    "damage", ["x\n", "2026-03-02T12:00:00.000Z 9 AAAA o\n", "\n", "now 1 2 3 4\n"]
)
def test_a_damaged_record_is_not_signed_upon(
    database: Engine, refs: list[str], tmp_path: Path, damage: str
) -> None:
    signer = a_signer(database, tmp_path / PEN, Hand())
    logged(database, refs)
    (tmp_path / PEN / "signed").write_text(damage)

    with pytest.raises(Invalid):
        signer.step()


def shrink(session: Session) -> None:
    session.execute(text("update log_state set size = 4, edge = :edge"), {"edge": b"x" * 32})


def bend_root(session: Session) -> None:
    session.execute(text("update log_state set root = :root"), {"root": b"x" * 32})


def bend_tile(session: Session) -> None:
    session.execute(text("update log_tile set hashes = :hashes"), {"hashes": b"x" * 32 * 7})


def lose_tile(session: Session) -> None:
    session.execute(text("delete from log_tile"))


@pytest.mark.parametrize("spoil", [shrink, bend_root, bend_tile, lose_tile])
def test_a_log_that_is_not_what_was_signed_is_refused_where_it_is_seen(
    database: Engine, refs: list[str], tmp_path: Path, spoil: Callable[[Session], None]
) -> None:
    clock = Hand()
    signer = a_signer(database, tmp_path / PEN, clock)
    logged(database, refs, each=2)
    signer.step()
    with Session(database) as session, session.begin():
        spoil(session)
    clock.move(days=2)

    with pytest.raises(Exception, match=r"tree|tile|log"):
        signer.step()

    with reading(database) as session:
        assert refusal_of(session)
        assert session.scalar(select(func.count()).select_from(SignedCheckpoint)) == 1
    assert faults(database) != []


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


def test_a_long_record_is_read_from_its_end(tmp_path: Path) -> None:
    home, old, new = KeyStore(tmp_path), Checkpoint("old.example", 1, tree.EMPTY), None
    home.intend(Intent(old, NOON))
    for size in range(1, 900):
        new = Intent(Checkpoint(ORIGIN, size, tree.EMPTY), NOON)
        home.intend(new)

    assert (tmp_path / "signed").stat().st_size > BLOCK
    assert home.last(ORIGIN) == new
    assert home.last("old.example") == Intent(old, NOON)
    assert home.last("other.example") is None


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


def test_one_signer_runs_in_a_home(tmp_path: Path) -> None:
    with KeyStore(tmp_path).only_one() as first, KeyStore(tmp_path).only_one() as second:
        assert (first, second) == (True, False)
