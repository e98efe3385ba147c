"""Waiting for the database, and counting what it grants."""

import pytest

from config.settings import Settings
from tests.support.programs import a_free_port
from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import SECRET
from web.cli.services.reached import QUEUE_CONNECTIONS, connections_wanted, warn_of_connections
from workflow.tasks import port

GRANTED_AS_IT_COMES = 97


def test_the_recipe_of_the_readme_stays_well_below_what_a_server_grants() -> None:
    assert connections_wanted(Settings.read(workers=4)) <= GRANTED_AS_IT_COMES * 2 / 3


def test_the_connections_of_the_queue_are_those_that_it_is_given() -> None:
    listening, alive = 1, 1

    assert port.WORKER_POOL + port.CLIENT_POOL + listening + alive == QUEUE_CONNECTIONS


def test_more_connections_than_the_server_grants_are_told(
    postgresql_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_connections(Settings.read(database_url=postgresql_url, workers=40))

    assert "40 processes with their background work may want 422" in capsys.readouterr().err


@pytest.mark.parametrize("workers", [1, 4])
def test_fewer_connections_are_not_worth_a_word(
    database_url: str, workers: int, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_connections(Settings.read(database_url=database_url, workers=workers))

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_database_that_is_away_is_a_sentence(primemover: PrimeMover, command: str) -> None:
    url = f"postgresql+psycopg://postgres@127.0.0.1:{a_free_port()}/nowhere"
    said = primemover(command, secret_key=SECRET, database_url=url, database_patience="0")

    assert said.exit_code == 1
    assert said.stderr.startswith("The database cannot be ")


def test_what_no_waiting_mends_is_said_at_once(primemover: PrimeMover, postgresql_url: str) -> None:
    url = postgresql_url.rpartition("/")[0] + "/no_such_database"
    said = primemover("worker", database_url=url)

    assert said.exit_code == 1
    assert "no_such_database" in said.stderr
    assert "Trying again" not in said.stderr
