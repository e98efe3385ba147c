"""Whoever holds the key and the database rewrites history: who finds it, and who does not.

Attacks T7, T8 and T9 of the audit's design. Each is found by one copy outside and by nothing else.
"""

import random
from pathlib import Path

import pytest

from tests.workflow.tlog.published import a_witness
from tests.workflow.tlog.watched import NAME, Log
from workflow.tlog.formats import tree
from workflow.tlog.formats.add_checkpoint import SIZE_TYPE, AddCheckpointRequest
from workflow.tlog.formats.checkpoint import Checkpoint, signed_checkpoint
from workflow.tlog.formats.note import opened
from workflow.tlog.formats.proof import Proof
from workflow.tlog.witnesses.witness import Witness

ATTACKS, RESTORES, VIEWS = 50, 30, 20


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Witness:
    return a_witness(tmp_path, log)


def forgeries(log: Log, size: int) -> list[tuple[Log, int]]:
    """Logs under the same key that tell otherwise from some entry below `size` on."""
    chance = random.Random(7)
    return [
        (log.grow(size).forked(chance.randrange(size)), chance.randrange(size, size + 60))
        for _ in range(ATTACKS)
    ]


def test_a_rewritten_log_convinces_nobody_who_kept_a_checkpoint(witness: Witness, log: Log) -> None:
    """T7: 50 of 50 with one outside copy."""
    size = 90
    witness.add(log.asks(0, size))
    kept = Checkpoint.read(opened((witness.latest(NAME) or "").encode(), [witness.verifier]).text)

    refused = found = 0
    for fork, new in forgeries(log, size):
        refused += witness.add(fork.asks(size, new)).status in {409, 422}
        proof = tree.consistency(fork.read, kept.size, new)
        root = tree.root(fork.leaves[:new])
        found += not tree.consistent(kept.size, new, kept.root, root, proof)

    assert (refused, found) == (ATTACKS, ATTACKS)


def test_a_rewritten_log_convinces_everybody_who_kept_nothing(log: Log) -> None:
    """T7: 0 of 50 without one; what is signed anew verifies."""
    found = 0
    for fork, new in forgeries(log, 90):
        fork.grow(new)
        proof = Proof(3, tree.inclusion(fork.read, 3, new), fork.note(new))
        shown, _ = proof.shows(fork.leaves[3], [log.key.verifier], NAME)
        found += shown.size != new

    assert found == 0


def test_a_log_set_back_and_used_on_is_told_by_the_witness(tmp_path: Path, log: Log) -> None:
    """T8: 0 of 30 silent, whether the log is shorter, as long or longer by then."""
    chance, silent = random.Random(8), 0
    for restore in range(RESTORES):
        witness = a_witness(tmp_path, log, f"w{restore}.example.org/w")
        seen, back = 40 + restore, chance.randrange(1, 40)
        witness.add(log.asks(0, back))
        witness.add(log.asks(back, seen))
        restored, now = log.forked(back), seen + chance.choice([-3, 0, 5])

        first = witness.add(restored.asks(back, now))
        again = witness.add(restored.asks(min(seen, now), now))

        assert (first.status, first.body, first.type) == (409, f"{seen}\n", SIZE_TYPE)
        silent += again.status == 200

    assert silent == 0


def test_two_faces_are_evidence_in_themselves(tmp_path: Path, log: Log) -> None:
    """T9: each of 20 pairs of notes shows to anybody that one log said two things of one size."""
    chance, shown = random.Random(9), 0
    for view in range(VIEWS):
        here, there = (a_witness(tmp_path, log, f"{side}{view}.example.org/w") for side in "ab")
        size = chance.randrange(2, 60)
        fork = log.grow(size).forked(chance.randrange(size))
        here.add(log.asks(0, size))
        there.add(fork.asks(0, size))

        notes = [(each.latest(NAME) or "").encode() for each in (here, there)]
        keys = [log.key.verifier, here.verifier, there.verifier]
        one, other = (signed_checkpoint(note, keys, NAME)[0] for note in notes)
        shown += one.size == other.size and one.root != other.root

    assert shown == VIEWS


def test_a_witness_shown_the_other_face_keeps_it(witness: Witness, log: Log) -> None:
    witness.add(log.asks(0, 9))

    answer = witness.add(AddCheckpointRequest(9, (), log.forked(4).note(9)).written())

    assert answer.status == 409
    assert witness.contradictions() == [(NAME, 9)]
