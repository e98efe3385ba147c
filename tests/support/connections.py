"""The connections that a test opens end with it, whoever forgot to end them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool


class StillInUse(AssertionError):
    """A test ended while a connection of its own was in use."""


OPENED: list[Engine] = []


@contextmanager
def lasting() -> Iterator[None]:
    """What is opened here outlives the test: whoever opened it ends it."""
    before = len(OPENED)
    yield
    del OPENED[before:]


def end_all() -> None:
    """End the connections of every engine that the test has made; one in use is the test's fault."""
    used = [str(engine.url) for engine in OPENED if _in_use(engine)]
    for engine in OPENED:
        engine.dispose()
    OPENED.clear()
    if used:
        raise StillInUse(f"This test ended with connections in use: {', '.join(used)}")


def _in_use(engine: Engine) -> int:
    return engine.pool.checkedout() if isinstance(engine.pool, QueuePool) else 0
