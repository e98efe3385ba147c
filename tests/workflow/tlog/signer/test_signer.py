"""The signer states what the log is, and never contradicts what it stated."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.support.tlog.proofs import proof_for
from tests.workflow.tlog.signer.stated import known, newest, refusal_of
from tests.workflow.tlog.writing import (
    ORIGIN,
    Hand,
    a_signer,
    faults,
    logged,
    open_cases,
    place_all,
    reading,
    size_of,
    write,
)
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint, signed_checkpoint
from workflow.tlog.formats.note import opened
from workflow.tlog.formats.proof import Proof
from workflow.tlog.store.models import SignedCheckpoint
from workflow.tlog.store.queries import (
    checkpoint_at,
    consistency_between,
    latest,
)

PEN = "signer"


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
            proof = Proof.read(proof_for(session, link) or "")
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
        early = Proof.read(proof_for(session, first, size=2) or "")
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
