"""Jobs promised in a transaction and done by whichever worker is alive."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests.support.apart import apart
from tests.support.waiting import until
from workflow.database import connect
from workflow.schema import TASK_TABLES, drift
from workflow.tasks import port
from workflow.tasks.liveness import OnlyOne
from workflow.tasks.port import Every, Payload, Tasks, Worker

PROCESS = Path(__file__).with_name("worker_process.py")
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    port.migrate(database_url)
    engine = connect(database_url)
    with engine.begin() as connection:
        connection.execute(
            text("create table effect (key varchar(40) primary key, by varchar(40))")
        )
        connection.execute(text("create table begun (key varchar(40), by varchar(40))"))
    yield engine
    engine.dispose()


@pytest.fixture
def tasks(database: Engine, database_url: str) -> Iterator[Tasks]:
    tasks = Tasks(database_url)
    yield tasks
    tasks.close()


def promise(database: Engine, tasks: Tasks, key: str) -> None:
    with Session(database) as session, session.begin():
        session.execute(text("insert into begun values ('row', 'the page')"))
        tasks.enqueue_in(session, "count", {"key": key}, key)


def counted(database: Engine, table: str) -> int:
    with database.connect() as connection:
        return connection.scalar(text(f"select count(*) from {table}")) or 0


def test_a_commit_keeps_the_row_and_the_job(database: Engine, tasks: Tasks) -> None:
    promise(database, tasks, "a")

    assert (counted(database, "begun"), tasks.status("a")) == (1, "ENQUEUED")


def test_a_rollback_keeps_neither(database: Engine, tasks: Tasks) -> None:
    with Session(database) as session:
        session.execute(text("insert into begun values ('row', 'the page')"))
        tasks.enqueue_in(session, "count", {"key": "a"}, "a")
        session.rollback()

    assert (counted(database, "begun"), tasks.status("a")) == (0, "")


def test_a_job_promised_twice_under_one_key_is_one(database: Engine, tasks: Tasks) -> None:
    promise(database, tasks, "a")
    promise(database, tasks, "a")

    assert tasks.status("a") == "ENQUEUED"


def test_a_worker_does_what_was_promised_and_what_comes_round(
    database: Engine, tasks: Tasks, database_url: str
) -> None:
    done: list[Payload] = []
    promise(database, tasks, "a")
    worker = Worker(database_url, "one", {"count": done.append, "tick": done.append})
    apart(lambda: worker.start((Every("tick", "* * * * * *"),), polling=0.2))

    until(lambda: {"key": "a"} in done and {} in done, saying=lambda: done)

    apart(worker.stop)
    assert tasks.status("a") == "SUCCESS"


def test_its_tables_are_no_difference_to_the_models(database_url: str) -> None:
    port.migrate(database_url)

    assert drift(database_url) == []


def test_every_table_on_sqlite_is_known(sqlite_url: str) -> None:
    port.migrate(sqlite_url)

    with connect(sqlite_url).begin() as connection:
        names = set(connection.scalars(text("select name from sqlite_master where type='table'")))

    assert names >= TASK_TABLES


def test_only_one_process_works_on_a_file(tmp_path: Path) -> None:
    first, second = OnlyOne(tmp_path / "lock"), OnlyOne(tmp_path / "lock")

    assert (first.taken(), second.taken()) == (True, False)

    first.close()
    assert second.taken()
    second.close()


@pytest.fixture
def started(postgresql_url: str) -> Iterator[Callable[[str, float], subprocess.Popen[str]]]:
    """Starts a worker in a process of its own; whatever is left at the end is killed."""
    begun: list[subprocess.Popen[str]] = []

    def start(name: str, seconds: float) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(PROCESS), postgresql_url, name, str(seconds)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        )
        begun.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


@pytest.mark.processes
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_a_killed_worker_leaves_another_finishes_once(
    database: Engine,
    tasks: Tasks,
    started: Callable[[str, float], subprocess.Popen[str]],
) -> None:
    """Ten jobs, four under way when the worker is killed: none is lost and none counts twice."""
    keys = [f"job-{number}" for number in range(10)]
    with Session(database) as session, session.begin():
        for key in keys:
            tasks.enqueue_in(session, "count", {"key": key}, key)
    doomed = started("doomed", 60)
    until(lambda: counted(database, "begun") >= 4, saying=lambda: counted(database, "begun"))
    doomed.kill()

    started("heir", 0.1)
    until(
        lambda: counted(database, "effect") == len(keys), saying=lambda: counted(database, "effect")
    )

    until(
        lambda: all(tasks.status(key) == "SUCCESS" for key in keys),
        saying=lambda: [tasks.status(key) for key in keys],
    )
    assert counted(database, "effect") == len(keys)
    assert counted(database, "begun") == len(keys) + 4
