"""Background work goes on, whatever is restarted, hung up or killed under it."""

import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine, select, text

from config.settings import Settings
from tests.reliability.offspring import alive, offspring
from tests.support.clusters import Cluster, private_cluster
from tests.support.programs import BELOW, Program, a_free_port, answers, program, serving, started
from tests.support.waiting import until
from tests.support.world import HOUSE, NOON, World
from tests.web.conftest import SECRET
from tests.workflow.tlog.writing import faults, open_cases, write
from web.background import MOMENT, TRIES_EVERY
from workflow.database import connect, migrate
from workflow.engine.models import Round
from workflow.tasks import port
from workflow.tasks.liveness import OnlyOne

# A restart, a stop and a kill are tried in every run; each of them in a long proof.
pytestmark = [pytest.mark.processes, pytest.mark.proof(lasting=True, few=1)]
WORKER, SIGNER = "worker --with-parent", "signer --with-parent"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of the test's own, with migrated tables."""
    with private_cluster() as own:
        migrate(own.url)
        yield own


class Log:
    """A log in which events are written, and what became of them."""

    def __init__(self, url: str) -> None:
        port.migrate(url)
        self.database: Engine = connect(url)
        self.refs = open_cases(self.database, 2)

    def grows(self, program: Program) -> float:
        """Write an event, and wait until it is in the log and signed; returns the seconds."""
        began = time.monotonic()
        write(self.database, self.refs, each=1)
        program.until(self._all_signed, self._figures)
        return time.monotonic() - began

    def _all_signed(self) -> bool:
        waiting, size, signed = self._figures()
        return not waiting and signed >= size > 0

    def _figures(self) -> tuple[int, int, int]:
        with self.database.connect().execution_options(reading=True) as connection:
            return (
                connection.scalar(text("select count(*) from log_pending")) or 0,
                connection.scalar(text("select size from log_state")) or 0,
                connection.scalar(text("select max(size) from checkpoint")) or 0,
            )


@contextmanager
def a_log(url: str) -> Iterator[Log]:
    log = Log(url)
    yield log
    assert faults(log.database) == []
    log.database.dispose()


def one(program: Program, words: str) -> int:
    """The process below `program` that was begun with `words`, once it is there."""
    return program.until(lambda: found(program, words), lambda: offspring(program.process.pid))


def found(program: Program, words: str) -> int:
    return next((pid for pid, said in offspring(program.process.pid).items() if words in said), 0)


def pages(program: Program) -> set[int]:
    """The processes that answer."""
    below = offspring(program.process.pid).items()
    return {pid for pid, said in below if "--with-parent" not in said}


# Both ways are tried on a whole house in tests/reliability/faults/test_database.py.
@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("how", ["immediate", "fast"])
def test_a_worker_works_on_after_each_restart_of_the_database(
    cluster: Cluster, tmp_path: Path, how: str
) -> None:
    with (
        a_log(cluster.url) as log,
        started("worker", home=tmp_path, database_url=cluster.url) as at,
    ):
        log.grows(at)
        cluster.restart(how)
        first = log.grows(at)
        at.until(lambda: lives(log.database) == 1)
        cluster.restart(how)
        second = log.grows(at)
        at.until(lambda: lives(log.database) == 1)
        status = at.stopped()

    print(f"restart ({how}): {first:.1f} s, {second:.1f} s")
    assert status == 0


def test_deadlines_are_settled_after_a_restart_of_the_database(
    cluster: Cluster, tmp_path: Path
) -> None:
    port.migrate(cluster.url)
    HOUSE.fill(cluster.url)
    world = World(cluster.url, NOON + timedelta(minutes=1))
    with started("worker", home=tmp_path, database_url=cluster.url) as worker:
        worker.until(lambda: lives(world.engine.database), lambda: lives(world.engine.database))
        cluster.restart("fast")
        world.programme("consultation")
        began = time.monotonic()
        worker.until(lambda: settled(world), worker.said)
    print(f"settled {time.monotonic() - began:.1f} s after the restart")
    world.close()


def settled(world: World) -> bool:
    query = select(Round.status).where(Round.key == "consultation")
    with world.engine.reading() as session:
        return session.scalars(query).one() == "settled"


def lives(database: Engine) -> int:
    """How many workers give a sign of life."""
    held = "select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
    with database.connect().execution_options(reading=True) as connection:
        return connection.scalar(text(held)) or 0


def test_a_worker_waits_for_a_database_that_is_away(cluster: Cluster, tmp_path: Path) -> None:
    with a_log(cluster.url) as log:
        cluster.stop()
        with started("worker", home=tmp_path, database_url=cluster.url) as worker:
            worker.until(lambda: "cannot be reached" in worker.said())
            assert "migrate" not in worker.said()
            cluster.start()
            log.grows(worker)


@pytest.mark.proof(apart=True)
def test_a_worker_ends_while_the_database_is_away(cluster: Cluster, tmp_path: Path) -> None:
    with a_log(cluster.url) as log:
        with started("worker", home=tmp_path, database_url=cluster.url) as worker:
            log.grows(worker)
            cluster.stop()
            worker.until(lambda: "waits a while" in worker.said())
            began = time.monotonic()
            worker.stopped()
            took = time.monotonic() - began
        cluster.start()

    assert took < 30


def test_pages_do_not_start_on_a_database_that_is_away(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://postgres@127.0.0.1:{a_free_port()}/nowhere"
    settings = {"database_url": url, "secret_key": SECRET, "database_patience": 2}

    with started("run", home=tmp_path, **settings) as run:
        status, said = run.ended(), run.said()

    assert status == 1
    assert said.count("The database cannot be reached: ") == 2
    assert "migrate" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("words", [WORKER, SIGNER])
@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("workers", [1, 2])
def test_what_works_behind_the_pages_is_begun_again(
    database_url: str, tmp_path: Path, words: str, by: int, workers: int
) -> None:
    settings = {"database_url": database_url, "secret_key": SECRET, "workers": workers}
    run = partial(serving, "run", home=tmp_path, more=BELOW, **settings)
    with a_log(database_url) as log, run() as (_, server):
        log.grows(server)
        os.kill(one(server, words), by)
        seconds = log.grows(server)
        below = offspring(server.process.pid)
        status = server.stopped()
        until(lambda: not any(map(alive, below)), saying=lambda: below)

    print(f"{words.split(maxsplit=1)[0]} after signal {by}: {seconds:.1f} s")
    assert status == 0


def test_a_killed_process_of_pages_is_replaced_at_once(sqlite_url: str, tmp_path: Path) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET, "background": "false"}
    with serving("run", home=tmp_path, **settings) as (address, server):
        (killed,) = pages(server)
        began = time.monotonic()
        os.kill(killed, signal.SIGKILL)
        server.until(lambda: killed not in pages(server) and answers(f"{address}/account/login"))
        seconds = time.monotonic() - began

    print(f"killed process of pages: {seconds:.1f} s")
    assert seconds < 2


def test_the_work_goes_on_after_a_hang_up_with_a_slow_request(
    sqlite_url: str, tmp_path: Path
) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET, "graceful_timeout": 3}
    with (
        a_log(sqlite_url) as log,
        serving("run", home=tmp_path, **settings) as (address, server),
        half_sent(address),
    ):
        log.grows(server)
        before = pages(server)
        server.process.send_signal(signal.SIGHUP)
        server.until(lambda: pages(server) and not pages(server) & before)
        log.grows(server)


def test_a_process_that_finds_the_work_done_waits_for_its_turn(
    sqlite_url: str, tmp_path: Path
) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET}
    other = OnlyOne(Settings.read(home=tmp_path).worker_lock)
    assert other.taken()

    with a_log(sqlite_url) as log, under_another_server(home=tmp_path, **settings) as server:
        # Longer than a process waits before it looks for work the first time.
        time.sleep(MOMENT + 3 * TRIES_EVERY)
        other.close()
        log.grows(server)


@contextmanager
def under_another_server(**settings: object) -> Iterator[Program]:
    """The pages as a server that is not ours brings them up."""
    chosen = {f"PRIMEMOVER_{name.upper()}": str(value) for name, value in settings.items()}
    port = str(a_free_port())
    words = ("-m", "gunicorn", "--no-control-socket", f"--bind=127.0.0.1:{port}", "wsgi:app")
    with program(sys.executable, *words, environment={**os.environ, **chosen}) as begun:
        begun.until(lambda: answers(f"http://127.0.0.1:{port}/account/login"))
        yield begun


@contextmanager
def half_sent(address: str) -> Iterator[None]:
    """A request of which the end never comes."""
    place = urlsplit(address)
    begun = b"POST /account/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n"
    with closing(socket.create_connection((str(place.hostname), place.port or 0))) as sending:
        sending.sendall(begun)
        yield


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.proof(apart=True)
def test_nothing_outlives_a_service_that_is_killed(
    sqlite_url: str, tmp_path: Path, group: bool
) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET, "workers": 2}
    run = partial(serving, "run", home=tmp_path, more=BELOW, **settings)
    with a_log(sqlite_url) as log, run() as (_, server):
        log.grows(server)
        below = offspring(server.process.pid)
        for pid in (server.process.pid, *(below if group else ())):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not any(map(alive, below)), saying=lambda: below, patience=30)


def test_a_taken_port_leaves_nothing_behind(sqlite_url: str, tmp_path: Path) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET, "workers": 2}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port_taken = str(taken.getsockname()[1])
        with started("run", "--port", port_taken, home=tmp_path, **settings) as run:
            status, left = run.ended(), offspring(run.process.pid)

    assert (status, left) == (1, {})
