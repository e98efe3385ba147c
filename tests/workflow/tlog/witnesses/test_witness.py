"""A witness: what it signs, what it refuses and how it says so, and what it never forgets."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support.sizes import sized
from tests.workflow.tlog.watched import NAME, Log
from workflow.errors import Invalid
from workflow.tlog.formats.add_checkpoint import AddCheckpointRequest
from workflow.tlog.formats.note import SigningKey, opened
from workflow.tlog.witnesses.witness import KEY, LOGS, MEMORY, Witness, WitnessAnswer, log_key
from workflow.tlog.witnesses.witness_store import Turn, WitnessStore

WITNESS = "audit.example.org/witness"
RACES = sized(12, 2000)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Witness:
    return Witness.begin(tmp_path / "witness", WITNESS, [log.key.verifier])


def with_clock(witness: Witness, log: Log, folder: Path, clock: Callable[[], float]) -> Witness:
    memory = WitnessStore(folder / MEMORY)
    return Witness(SigningKey.load(folder / KEY), [log.key.verifier], memory, clock)


def test_signs_a_log_that_only_grew(witness: Witness, log: Log) -> None:
    answers = [witness.add(log.asks(old, new)) for old, new in [(0, 1), (1, 7), (7, 7), (7, 300)]]

    assert [answer.status for answer in answers] == [200] * 4
    note = opened(log.note(300) + answers[-1].body.encode(), [log.key.verifier, witness.verifier])
    assert [each.name for each in note.signatures] == [NAME, WITNESS]


@pytest.mark.parametrize("old", [1, 5, 8, 300])
def test_tells_a_log_that_is_behind_or_ahead_what_it_knows(
    witness: Witness, log: Log, old: int
) -> None:
    witness.add(log.asks(0, 7))

    answer = witness.add(log.asks(old, 300))

    assert answer == WitnessAnswer(409, "7\n", "text/x.tlog.size")


def test_a_request_sent_twice_is_not_signed_twice_as_news(witness: Witness, log: Log) -> None:
    first = witness.add(log.asks(0, 7))

    again = witness.add(log.asks(0, 7))

    assert (first.status, again) == (200, WitnessAnswer(409, "7\n", "text/x.tlog.size"))


def test_refuses_a_fork_after_what_it_signed(witness: Witness, log: Log) -> None:
    witness.add(log.asks(0, 7))
    fork = log.forked(5)

    answer = witness.add(fork.asks(7, 12))

    assert (answer.status, witness.contradictions()) == (422, [(NAME, 12)])


def test_refuses_another_root_for_a_size_it_signed(witness: Witness, log: Log) -> None:
    witness.add(log.asks(0, 7))
    fork = log.forked(5)

    answer = witness.add(AddCheckpointRequest(7, (), fork.note(7)).written())

    assert (answer.status, answer.type) == (409, "text/plain; charset=utf-8")
    assert witness.contradictions() == [(NAME, 7)]


def test_refuses_a_log_set_back_to_an_older_day(witness: Witness, log: Log) -> None:
    witness.add(log.asks(0, 100))

    back = [witness.add(log.asks(old, 90)) for old in (0, 60, 90)]

    assert back == [WitnessAnswer(409, "100\n", "text/x.tlog.size")] * 3


@pytest.mark.parametrize("size", [1, 2, 3, 8, 20, 63, 64, 65])
def test_refuses_every_proof_with_one_bit_changed(witness: Witness, log: Log, size: int) -> None:
    witness.add(log.asks(0, size))
    good = AddCheckpointRequest.read(log.asks(size, 100))
    bad = [
        [*good.proof[:place], bytes([each[0] ^ 1]) + each[1:], *good.proof[place + 1 :]]
        for place, each in enumerate(good.proof)
    ]

    answers = [witness.add(AddCheckpointRequest(size, proof, good.note).written()) for proof in bad]
    cut = [
        witness.add(AddCheckpointRequest(size, proof, good.note).written())
        for proof in (good.proof[:-1], (*good.proof, good.proof[0]))
    ]

    assert {answer.status for answer in (*answers, *cut)} == {422}


def test_refuses_strangers(witness: Witness, log: Log) -> None:
    other = Log(SigningKey.generate("elsewhere.example.org/log"))
    impostor = Log(SigningKey.generate(NAME))

    assert witness.add(other.asks(0, 3)).status == 404
    assert witness.add(impostor.asks(0, 3)).status == 403
    assert witness.latest(NAME) is None


def test_refuses_a_signature_that_was_moved(witness: Witness, log: Log) -> None:
    text, _, signature = log.note(3).partition(b"\n\n")
    moved = text.replace(b"\n3\n", b"\n4\n") + b"\n\n" + signature

    answer = witness.add(AddCheckpointRequest(0, (), moved).written())

    assert answer.status == 403


def malformed(log: Log) -> dict[str, bytes]:
    """Requests that are almost one."""
    good = log.asks(7, 9)
    first, _, rest = good.partition(b"\n")
    return {
        "nothing": b"",
        "no old line": rest,
        "a leading zero": b"old 07\n" + rest,
        "a sign": b"old +7\n" + rest,
        "no number": b"old \n" + rest,
        "another digit": "old ٧\n".encode() + rest,
        "two spaces": b"old  7\n" + rest,
        "carriage returns": good.replace(b"\n", b"\r\n"),
        "a short hash": first + b"\nAAAA\n" + rest,
        "64 proof lines": first + b"\n" + (b"A" * 43 + b"=\n") * 64 + b"\n" + log.note(9),
        "old above size": b"old 10\n\n" + log.note(9),
        "no note": first + b"\n\n",
        "no signature": first + b"\n\n" + log.note(9).partition(b"\n\n")[0] + b"\n",
        "too much": good + b"x" * 70_000,
        "not UTF-8": good.replace(NAME.encode(), b"\xff\xfe"),
        "a size beyond": b"old 7\n\n" + log.note(9).replace(b"\n9\n", b"\n99999999999999999999\n"),
    }


@pytest.mark.parametrize("kind", malformed(Log()))
def test_refuses_what_is_not_a_request(witness: Witness, log: Log, kind: str) -> None:
    witness.add(log.asks(0, 7))

    answer = witness.add(malformed(log)[kind])

    assert answer.status == 400


def test_takes_a_rotated_key_while_both_are_listed(tmp_path: Path, log: Log) -> None:
    later = Log(SigningKey.generate(NAME)).grow(20)
    both = [log.key.verifier, later.key.verifier]
    witness = Witness.begin(tmp_path / "both", WITNESS, both)
    witness.add(log.asks(0, 7))

    answer = witness.add(later.asks(7, 20))

    assert answer.status == 200


def test_a_clock_set_back_does_not_sign_for_an_earlier_time(
    witness: Witness, log: Log, tmp_path: Path
) -> None:
    times = iter([1000.0, 400.0, 2000.0])
    slow = with_clock(witness, log, tmp_path / "witness", lambda: next(times))

    lines = [slow.add(log.asks(old, new)).body for old, new in [(0, 1), (1, 2), (2, 3)]]

    known = [log.key.verifier, slow.verifier]
    notes = [opened(log.note(size) + line.encode(), known) for size, line in enumerate(lines, 1)]
    assert [note.signatures[-1].at for note in notes] == [1000, 1000, 2000]


def test_does_not_go_on_without_its_memory(witness: Witness, tmp_path: Path) -> None:
    (tmp_path / "witness" / MEMORY).unlink()

    with pytest.raises(Invalid, match="must not go on"):
        Witness.load(tmp_path / "witness")


def test_does_not_begin_over_another(witness: Witness, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="already"):
        Witness.begin(tmp_path / "witness", WITNESS)

    assert Witness.load(tmp_path / "witness").verifier == witness.verifier


def test_its_key_is_its_own(witness: Witness, tmp_path: Path) -> None:
    assert (tmp_path / "witness" / KEY).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "witness").stat().st_mode & 0o777 == 0o700


def test_its_list_holds_keys_of_logs_alone(witness: Witness, tmp_path: Path) -> None:
    (tmp_path / "witness" / LOGS).write_text(f"{witness.verifier}\n")

    with pytest.raises(Invalid, match="not of a log"):
        Witness.load(tmp_path / "witness")
    with pytest.raises(Invalid):
        log_key("not a key")


class Forgetful(WitnessStore):
    """The naive variant: what is compared and what is kept are two steps with others in between."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.compared = threading.Barrier(2)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        with closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as connection:
            turn = Turn(connection)
            keep = turn.keep

            def late(*given: object) -> None:
                self.compared.wait(10)
                keep(*given)  # type: ignore[arg-type]

            turn.keep = late  # type: ignore[method-assign]
            yield turn


def raced(witness: Witness, log: Log, fork: Log, old: int) -> list[int]:
    """Two stories told at once, both after `old`: the statuses."""
    with ThreadPoolExecutor(2) as threads:
        asked = (log.asks(old, old + 3), fork.asks(old, old + 3))
        return sorted(answer.status for answer in threads.map(witness.add, asked))


@pytest.mark.proof
def test_of_two_stories_told_at_once_one_is_signed(witness: Witness, log: Log) -> None:
    outcomes = []
    for old in range(0, 3 * RACES, 3):
        fork = log.grow(old).forked(old)
        outcomes.append(raced(witness, log, fork, old))
        if (witness.latest(NAME) or "").encode().startswith(fork.note(old + 3)):
            log.leaves = fork.leaves

    assert outcomes == [[200, 409]] * RACES


def test_a_witness_that_compares_and_keeps_apart_signs_both(
    witness: Witness, log: Log, tmp_path: Path
) -> None:
    memory = Forgetful(tmp_path / "witness" / MEMORY)
    naive = Witness(SigningKey.load(tmp_path / "witness" / KEY), [log.key.verifier], memory)

    outcome = raced(naive, log, log.forked(0), 0)

    assert outcome == [200, 200]
