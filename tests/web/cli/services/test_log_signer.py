"""The log at work: a sequencer and a signer beside the pages and in every worker."""

import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.support.programs import serving, started
from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import SECRET
from tests.workflow.tlog.writing import Hand, a_signer, faults, open_cases, write
from workflow.database import connect
from workflow.tasks import port
from workflow.tasks.child import LEFT_TO_OTHERS


def signed(database: Engine) -> int:
    """The size that was signed last."""
    with database.connect().execution_options(reading=True) as connection:
        found = connection.scalar(text("select max(size) from checkpoint"))
    return int(found or 0)


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_what_is_written_beside_the_pages_is_signed(tmp_path: Path, sqlite_url: str) -> None:
    database = connect(sqlite_url)
    refs = open_cases(database, 2)
    settings = {"database_url": sqlite_url, "secret_key": SECRET}

    with serving("run", home=tmp_path, **settings) as (_, server):
        write(database, refs, each=3)
        server.until(lambda: signed(database) >= 7, lambda: signed(database))
        status, said = server.stopped(), server.said()

    assert status == 0, said
    assert "Fatal" not in said
    assert faults(database) == []
    database.dispose()


@pytest.mark.processes
def test_of_two_workers_one_places_and_one_signs(tmp_path: Path, postgresql_url: str) -> None:
    port.migrate(postgresql_url)
    database = connect(postgresql_url)
    refs = open_cases(database, 2)

    with (
        started("worker", home=tmp_path, database_url=postgresql_url) as one,
        started("worker", home=tmp_path, database_url=postgresql_url) as two,
    ):
        write(database, refs, each=3)
        one.until(lambda: signed(database) >= 7, lambda: signed(database))
        one.stopped()
        write(database, refs, each=3)
        two.until(lambda: signed(database) >= 13, lambda: signed(database))
        two.stopped()
        said = one.said() + two.said()

    assert "Fatal" not in said
    assert faults(database) == []
    database.dispose()


@pytest.mark.processes
def test_a_signer_ends_with_its_parent(tmp_path: Path, sqlite_url: str) -> None:
    with started(
        "signer", "--with-parent", home=tmp_path, database_url=sqlite_url, stdin=subprocess.PIPE
    ) as signer:
        signer.until((tmp_path / "signer" / "key").exists)
        assert signer.process.stdin
        signer.process.stdin.close()
        status, said = signer.ended(), signer.said()

    assert (status, said) == (0, "")


@pytest.mark.processes
def test_what_keeps_a_signer_is_said_with_its_time_and_tried_again(
    tmp_path: Path, sqlite_url: str
) -> None:
    database = connect(sqlite_url)
    refs = open_cases(database, 1)

    with started("signer", home=tmp_path, database_url=sqlite_url) as signer:
        signer.until(lambda: "Signing." in signer.said())
        with connect(sqlite_url).begin() as connection:
            connection.execute(text("alter table checkpoint rename to hidden"))
        signer.until(lambda: "The signer waits a while" in signer.said())
        with connect(sqlite_url).begin() as connection:
            connection.execute(text("alter table hidden rename to checkpoint"))
        write(database, refs, each=1)
        signer.until(lambda: "The signer goes on." in signer.said())
        signer.stopped()
        lines = signer.said().splitlines()

    (waits,) = [line for line in lines if "waits a while" in line]
    assert re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z warning signer: The signer waits a while: ", waits)
    database.dispose()


@pytest.mark.processes
def test_a_signer_by_itself_says_what_it_does(tmp_path: Path, sqlite_url: str) -> None:
    database = connect(sqlite_url)

    with started("signer", home=tmp_path, database_url=sqlite_url) as signer:
        signer.until((tmp_path / "signer" / "key").exists)
        status, said = signer.stopped(), signer.said()

    assert (status, said) == (0, "Signing. Ctrl-C stops it.\n")
    database.dispose()


def test_a_signer_without_the_key_leaves_it_to_whoever_has_it(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    database = connect(sqlite_url)
    a_signer(database, tmp_path / "elsewhere", Hand())

    said = primemover("signer")

    assert said.exit_code == 1
    assert "is not in this home" in said.stderr
    database.dispose()


def test_a_key_is_rotated_from_the_command_line(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    database = connect(sqlite_url)
    a_signer(database, tmp_path / "home" / "signer", Hand())

    said = primemover("signer", "rotate", "--overlap", "5")
    checked = primemover("verify")

    assert said.exit_code == 0
    assert said.output.startswith("house.example/primemover+")
    assert checked.exit_code == 0
    assert "0 events in the log and 2 waiting, 0 checkpoints opened." in checked.output
    database.dispose()


def test_a_new_origin_is_named_after_the_old(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    database = connect(sqlite_url)
    a_signer(database, tmp_path / "home" / "signer", Hand())

    said = primemover("signer", "new-origin")

    assert said.output.startswith("house.example/primemover/2+")
    database.dispose()


@pytest.mark.parametrize("command", ["worker", "signer", "run"])
def test_nothing_starts_where_events_no_longer_reach_the_log(
    primemover: PrimeMover, sqlite_url: str, command: str
) -> None:
    """T15."""
    with connect(sqlite_url).begin() as connection:
        connection.execute(text("drop trigger event_to_log"))

    said = primemover(command, secret_key=SECRET)

    assert said.exit_code == 1
    assert "New events do not reach the log" in said.stderr


def test_an_altered_log_fails_the_verification(primemover: PrimeMover, sqlite_url: str) -> None:
    with connect(sqlite_url).begin() as connection:
        connection.execute(text("update log_state set root = zeroblob(32)"))

    said = primemover("verify")

    assert said.exit_code == 1
    assert "The log: The tree is not the one" in said.stderr


def test_a_signer_that_can_keep_no_key_says_so(primemover: PrimeMover) -> None:
    said = primemover("signer", signer_home="/proc")

    assert said.exit_code == 2
    assert said.stderr.startswith("PRIMEMOVER_SIGNER_HOME must be a folder that can be written to")


def test_the_signer_of_a_server_leaves_a_closed_home_to_others(primemover: PrimeMover) -> None:
    said = primemover("signer", "--with-parent", signer_home="/proc")

    assert said.exit_code == LEFT_TO_OTHERS
    assert said.stderr.startswith("The signer does not sign: PRIMEMOVER_SIGNER_HOME must be")
    assert said.stderr.count("\n") == 1
