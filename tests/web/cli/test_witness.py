"""A witness on the command line."""

from pathlib import Path

import pytest

from tests.support.programs import PRIMEMOVER, program, started, unset
from tests.web.cli.conftest import PrimeMover
from tests.workflow.tlog.published import a_witness, listening, publish
from tests.workflow.tlog.watched import Log
from tests.workflow.tlog.witnesses.test_witness_server import add
from workflow.assembly.engine import open_engine
from workflow.engine.engine import Engine
from workflow.people.register import registered
from workflow.tasks import port
from workflow.tlog.formats.note import Verifier, opened
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.keys import verifiers
from workflow.tlog.witnesses.anchors import current
from workflow.tlog.witnesses.client import WitnessClient, neighbours
from workflow.tlog.witnesses.witness import Witness


@pytest.mark.processes
def test_a_witness_is_begun_and_serves_without_a_database(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    log, folder = Log(), tmp_path / "witness"
    begun = primemover(
        "witness", "init", folder, "--name", "audit.example.org/w1", "--log", log.key.verifier
    )

    with program(
        *PRIMEMOVER, "witness", "serve", folder, "--port", "0", environment=unset()
    ) as one:
        told = one.until(lambda: len(one.said().splitlines()) >= 3 and one.said().splitlines())
        answer = add(int(told[2].partition(".0.1:")[2].partition(".")[0]), log.asks(0, 3))
        ended, said = one.stopped(), one.said().splitlines()

    key = begun.output.strip()
    assert told[:2] == [f"Key: {key}", f"Signs for: {log.key.verifier.name}"]
    assert opened(log.note(3) + answer[2].encode(), [Verifier.read(key)])
    assert (ended, said[-1]) == (0, "Stopped.")


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_a_worker_has_each_checkpoint_witnessed(
    sqlite_house_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: sequencer, signer and courier in their processes, and a witness outside."""
    port.migrate(sqlite_house_url)
    engine = open_engine(sqlite_house_url)
    Keyring(engine.database, KeyStore(tmp_path / "pen"), registered).begin("prime.example/log")
    with engine.reading() as session:
        log = verifiers(session, "prime.example/log", 0)
    watcher = Witness.begin(tmp_path / "witness", "audit.example.org/w1", log)
    monkeypatch.setenv("PRIMEMOVER_SIGNER_HOME", str(tmp_path / "pen"))

    with listening(watcher) as url:
        monkeypatch.setenv("PRIMEMOVER_WITNESSES", f"{watcher.verifier} {url}")
        with started("worker", home=tmp_path / "home", database_url=sqlite_house_url) as worker:
            worker.until(lambda: watcher.latest("prime.example/log") is not None)
            worker.until(lambda: _kept(engine, watcher))
            ended = worker.stopped()
    engine.database.dispose()

    assert ended == 0


def _kept(engine: Engine, watcher: Witness) -> bool:
    """Whether what the witness signed last has come home."""
    with engine.reading() as session:
        found = current(session)
    return found is not None and found[1] == watcher.latest("prime.example/log")


def test_a_witness_is_not_begun_twice(primemover: PrimeMover, tmp_path: Path) -> None:
    primemover("witness", "init", tmp_path / "one", "--name", "a.example/w")

    again = primemover("witness", "init", tmp_path / "one", "--name", "a.example/w")

    assert again.exit_code == 1
    assert "already" in again.output


def test_a_witness_of_nothing_does_not_serve(primemover: PrimeMover, tmp_path: Path) -> None:
    primemover("witness", "init", tmp_path / "one", "--name", "a.example/w")

    result = primemover("witness", "serve", tmp_path / "one")

    assert result.exit_code == 1
    assert "logs.txt" in result.output


def test_a_name_that_no_key_may_have_is_refused(primemover: PrimeMover, tmp_path: Path) -> None:
    result = primemover("witness", "init", tmp_path / "one", "--name", "two words")

    assert result.exit_code == 1
    assert not (tmp_path / "one" / "witness.key").exists()


def test_without_a_checkpoint_there_is_none_to_print(primemover: PrimeMover) -> None:
    result = primemover("checkpoint")

    assert result.exit_code == 1
    assert "No checkpoint has been signed yet" in result.output


def test_prints_the_checkpoint_as_it_was_signed(primemover: PrimeMover, sqlite_url: str) -> None:
    log, engine = Log(), open_engine(sqlite_url)
    with engine.transaction() as session:
        publish(session, engine, log, 5)

    result = primemover("checkpoint")

    assert (result.exit_code, result.output) == (0, log.note(5).decode())


def test_says_that_without_a_witness_tampering_would_not_show(primemover: PrimeMover) -> None:
    result = primemover("anchors")

    assert result.exit_code == 1
    assert "tamper-resistant, not tamper-evident" in result.output


def test_lists_what_left_and_who_signed(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    log, engine = Log(), open_engine(sqlite_url)
    watcher = a_witness(tmp_path, log)
    with engine.transaction() as session:
        publish(session, engine, log, 5)
    with listening(watcher) as url:
        named = f"{watcher.verifier} {url}"
        WitnessClient(
            engine.transaction, engine.reading, engine.now, neighbours([named])
        ).go_round()

    result = primemover("anchors", witnesses=named)
    printed = primemover("checkpoint")

    assert result.exit_code == 0
    assert "witness            5  audit.example.org/witness" in result.output
    assert result.output.endswith("Tamper-evident up to entry 5.\n")
    assert opened(printed.output.encode(), [watcher.verifier])
