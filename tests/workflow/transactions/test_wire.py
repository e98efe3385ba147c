"""A connection of an act on SQLite: what failed on it holds up nobody who comes after."""

import gc
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from workflow.database import connect, for_writing
from workflow.people.models import Party
from workflow.schema import METADATA
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.wire import Wire

PARTIES = METADATA.tables[Party.__tablename__]
KEYED = PreparedStatement(insert(PARTIES).inline(), ["key"])


def failed_in_a_circle(connection: Connection) -> None:
    """A fault that only a collection of garbage throws away, as of a form that was sent twice."""
    with connection.begin(), pytest.raises(IntegrityError) as caught:
        Wire(connection).run([(KEYED, {"key": "chile"})])
    circle: list[object] = [caught.value]
    circle.append(circle)


def wait_for_the_lock(connection: Connection, begins: Event) -> bool:
    begins.set()
    with connection.begin():
        return True


def test_garbage_collected_under_the_lock_waits_for_nobody_who_waits_for_it(
    sqlite_url: str,
) -> None:
    """It waited until the other had given up: half a minute in which nothing was recorded."""
    database = connect(sqlite_url)
    with (
        closing(for_writing(database)) as holder,
        closing(for_writing(database)) as waiting,
        ThreadPoolExecutor(1) as elsewhere,
    ):
        failed_in_a_circle(waiting)
        begins = Event()
        with holder.begin():
            waiter = elsewhere.submit(wait_for_the_lock, waiting, begins)
            begins.wait()
            time.sleep(0.3)
            gc.collect()
        assert waiter.result()
    database.dispose()
