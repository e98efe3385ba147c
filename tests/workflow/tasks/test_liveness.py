"""Who is alive, and who only seems dead since the database was restarted."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.waiting import until
from workflow.database import connect
from workflow.tasks import port
from workflow.tasks.liveness import Alive
from workflow.tasks.port import Tasks

ENDED = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"


@pytest.fixture
def database(postgresql_url: str) -> Iterator[Engine]:
    port.migrate(postgresql_url)
    engine = connect(postgresql_url)
    yield engine
    engine.dispose()


@pytest.fixture
def tasks(postgresql_url: str, database: Engine) -> Iterator[Tasks]:
    tasks = Tasks(postgresql_url)
    yield tasks
    tasks.close()


def locks(database: Engine) -> int:
    with database.connect() as connection:
        return connection.scalar(text(
            "select count(*) from pg_locks where locktype = 'advisory' and granted "
            "and database = (select oid from pg_database where datname = current_database())"
        )) or 0  # fmt: skip


def lose(database: Engine) -> None:
    """End every connection that holds a sign of life, as a restart of the server does."""
    with database.connect() as connection:
        connection.execute(text(
            f"{ENDED} and database = (select oid from pg_database where datname = current_database())"
        ))  # fmt: skip


def test_a_worker_that_lost_its_sign_of_life_gives_it_again(
    database: Engine, tasks: Tasks, postgresql_url: str
) -> None:
    alive = Alive(postgresql_url, "one")
    alive.adopt_orphans(tasks)
    lose(database)
    until(lambda: locks(database) == 0, saying=lambda: locks(database))

    with pytest.raises(DBAPIError):
        alive.adopt_orphans(tasks)
    alive.adopt_orphans(tasks)

    assert locks(database) == 1
    alive.close()


def test_who_is_felt_to_be_gone_once_is_not_taken_for_dead(
    database: Engine, postgresql_url: str
) -> None:
    patient, hasty = Alive(postgresql_url, "one"), Alive(postgresql_url, "two", dead_after=0.0)
    left = Left(["gone"])

    adopted = [patient.adopt_orphans(left), hasty.adopt_orphans(left)]

    assert adopted == [0, 3]
    patient.close()
    hasty.close()


def test_who_lives_is_never_adopted(database: Engine, postgresql_url: str) -> None:
    one, other = Alive(postgresql_url, "one"), Alive(postgresql_url, "two", dead_after=0.0)
    other.adopt_orphans(Left([]))

    assert one.adopt_orphans(Left(["two"])) == 0

    one.close()
    other.close()


class Left(Tasks):
    """Jobs that somebody left, three each."""

    def __init__(self, names: list[str]) -> None:
        self._names = set(names)

    def executors(self) -> set[str]:
        return self._names

    def adopt(self, executor: str) -> int:
        return 3
