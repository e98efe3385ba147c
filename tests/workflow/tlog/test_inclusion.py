"""What is handed out to whoever did something: how far their event has come, and its proof."""

from pathlib import Path

from sqlalchemy import Engine

from tests.workflow.tlog.published import listening
from tests.workflow.tlog.writing import (
    ORIGIN,
    Hand,
    a_signer,
    logged,
    open_cases,
    place_all,
    reading,
    write,
)
from workflow.assembly.engine import engine_on
from workflow.tlog.formats.proof import Proof
from workflow.tlog.inclusion import Inclusion, covered, inclusion, proof_file
from workflow.tlog.signer.keys import verifiers
from workflow.tlog.witnesses.anchors import AnchorKind, departures, leave, person
from workflow.tlog.witnesses.client import WitnessClient, neighbours
from workflow.tlog.witnesses.witness import Witness

WITNESS = "audit.example.org/w"


def test_an_event_waits_for_a_place_then_for_a_signature(database: Engine, tmp_path: Path) -> None:
    clock, refs = Hand(), open_cases(database, 1)
    signer = a_signer(database, tmp_path / "pen", clock)
    (event,) = write(database, refs)
    steps = []
    for act in (lambda: None, lambda: place_all(database), signer.step):
        act()
        with reading(database) as session:
            steps.append((inclusion(session, event), proof_file(session, event)))

    waiting, placed, proven = steps
    assert waiting == (Inclusion(None, None), None)
    assert placed == (Inclusion(1, None), None)
    assert not proven[0].pending
    with reading(database) as session:
        keys = verifiers(session, ORIGIN, 2)
    shown, _ = Proof.read(proven[1] or "").shows(event, keys, ORIGIN)
    assert shown.size == 2


def test_every_event_is_proven_under_the_checkpoint_that_a_witness_signed(
    database: Engine, tmp_path: Path
) -> None:
    clock, refs = Hand(), open_cases(database, 3)
    signer = a_signer(database, tmp_path / "pen", clock)
    early = logged(database, refs, 4)
    signer.step()
    with reading(database) as session:
        keys = verifiers(session, ORIGIN, 13)
    watcher = Witness.begin(tmp_path / "witness", WITNESS, keys)
    house = engine_on(database, clock)
    with listening(watcher) as url:
        known = neighbours([f"{watcher.verifier} {url}"])
        WitnessClient(house.transaction, house.reading, house.now, known).go_round()
    late = logged(database, refs, 4)
    clock.move(seconds=5)
    signer.step()
    waiting = write(database, refs)

    with reading(database) as session:
        proofs = {each: proof_file(session, each) for each in (*early, *late, *waiting)}
        found = covered(session, [*early, *late, *waiting])

    known_keys = [*keys, watcher.verifier]
    ends = {}
    for event in (*early, *late):
        shown, note = Proof.read(proofs[event] or "").shows(event, known_keys, ORIGIN)
        ends[event] = (shown.size, [each.name for each in note.signatures])
    assert {ends[event] == (13, [ORIGIN, WITNESS]) for event in early} == {True}
    assert {ends[event] == (25, [ORIGIN]) for event in late} == {True}
    assert {proofs[event] for event in waiting} == {None}
    assert found == {*early, *late}


def test_nothing_is_promised_where_nothing_was_signed(database: Engine) -> None:
    events = logged(database, open_cases(database, 1), 2)

    with reading(database) as session:
        assert covered(session, events) is None
        assert inclusion(session, events[0]).pending


def test_what_leaves_twice_is_told_once_with_both_times(database: Engine) -> None:
    clock = Hand()
    house = engine_on(database, clock)
    handed = [
        (AnchorKind.EXPORT, 7, 5),
        (AnchorKind.EXPORT, 7, 5),
        (AnchorKind.MAIL, 7, 5),
        (AnchorKind.EXPORT, 8, 6),
    ]
    for kind, who, size in handed:
        with house.transaction() as session:
            leave(session, kind, person(who), size, bytes(32), clock())
        clock.move(hours=1)

    with reading(database) as session:
        left = departures(session)

    told = [(each.kind, each.recipient, each.size) for each in left]
    hours = [(each.last_at - each.first_at).total_seconds() / 3600 for each in left]
    assert told == [
        (AnchorKind.EXPORT, "p8", 6),
        (AnchorKind.MAIL, "p7", 5),
        (AnchorKind.EXPORT, "p7", 5),
    ]
    assert hours == [0, 0, 1]
    assert {each.name for each in left} == {""}


def test_another_root_of_the_same_size_is_another_anchor(database: Engine) -> None:
    house = engine_on(database)
    for root in (bytes(32), bytes([1] * 32)):
        with house.transaction() as session:
            leave(session, AnchorKind.COPY, "", 5, root, house.now())

    with reading(database) as session:
        assert len(departures(session)) == 2
