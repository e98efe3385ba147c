"""A witness on the command line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.web.cli.conftest import PrimeMover
from tests.workflow.log.test_listening import add
from tests.workflow.log.watched import Log
from workflow.log.note import Verifier, opened

SERVE = "from web.cli import main; main()"


def test_a_witness_is_begun_and_serves_without_a_database(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    log, folder = Log(), tmp_path / "witness"
    begun = primemover(
        "witness", "init", folder, "--name", "audit.example.org/w1", "--log", log.key.verifier
    )
    clean = {name: value for name, value in os.environ.items() if "PRIMEMOVER" not in name}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "witness", "serve", str(folder), "--port", "0"],
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )

    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(3)]
    port = int(told[2].partition(".0.1:")[2].partition(".")[0])
    answer = add(port, log.asks(0, 3))
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=30)[0]

    key = begun.output.strip()
    assert told[:2] == [f"Key: {key}", f"Signs for: {log.key.verifier.name}"]
    assert opened(log.note(3) + answer[2].encode(), [Verifier.read(key)])
    assert (process.returncode, rest) == (0, "Stopped.\n")


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
