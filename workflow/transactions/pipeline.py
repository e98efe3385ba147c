"""What PostgreSQL is sent at once and answers at once, past the cursors of the driver.

A cursor of psycopg takes some eighty calls for each statement, and sends each by itself. What an act
asks is known before: so all of it goes in one message, each statement prepared when it is first sent.
Values and answers are turned by the driver's own adapters, and what is prepared stands in its own
list, since it has the server forget all of that with a rollback.
"""

import re
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from workflow.deferred import Library

Values = Mapping[str, Any]
GENERATORS, ADAPT = Library("psycopg.generators"), Library("psycopg.adapt")
ERRORS, PQ = Library("psycopg.errors"), Library("psycopg.pq")
PLACE = re.compile(r"%\((\w+)\)s")
KNOWN = 512


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement as the protocol takes it, its places numbered, with the names of their values."""

    query: bytes
    names: tuple[str, ...]
    formats: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement with its values as they are sent; psycopg knows what it prepared by the first two."""

    query: bytes
    types: tuple[int, ...]
    values: Sequence[Any]
    formats: Sequence[Any]


class Pipeline:
    """A connection of psycopg that is sent statements by the batch, and waited for once."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._prepared = driver._prepared  # noqa: SLF001 # two lists would not know of each other
        self._adapters = ADAPT.Transformer(driver)
        # One for each answer that is to come, with whether somebody wants it.
        self._wanted: list[bool] = []

    def answers(
        self, asked: Sequence[tuple[str, Values]], *, begin: str = "", end: str = ""
    ) -> list[Any]:
        """Send statements with their values; what the server answers to each, see `rows`.

        `begin` goes before them and `end` behind. Raises the first fault: nothing after it was done.
        """
        bound = [self._bound(*each) for each in asked]
        found = self._exchanged(partial(self._send, begin, bound, end))
        failed = PQ.ExecStatus.FATAL_ERROR
        fault = next((each for each in found if each.status == failed), None)
        if fault is not None:
            self._forget()
            raise ERRORS.error_from_result(fault)
        return [each for each, wanted in zip(found, self._wanted, strict=False) if wanted]

    def rows(self, answer: Any) -> list[tuple[Any, ...]]:
        """The rows of an answer, in Python's own types."""
        self._adapters.set_pgresult(answer)
        found: list[tuple[Any, ...]] = self._adapters.load_rows(0, answer.ntuples, tuple)
        return found

    def _forget(self) -> None:
        """Have all forgotten that is prepared: with the rollback, or here where nothing is left to roll back."""
        self._prepared.clear()
        if not self._driver.pgconn.transaction_status:
            with self._driver.lock:
                self._driver.wait(self._prepared.maintain_gen(self._driver))

    def _bound(self, text: str, values: Values) -> Bound:
        statement = _numbered(text)
        given = [values[name] for name in statement.names]
        sent = self._adapters.dump_sequence(given, statement.formats) if given else ()
        types, formats = (self._adapters.types, self._adapters.formats) if given else ((), ())
        return Bound(statement.query, types, sent, formats)

    def _exchanged(self, send: Callable[[], None]) -> list[Any]:
        """What comes back; interrupted, a connection stays in this mode, by which it is known as lost."""
        connection = self._driver.pgconn
        with self._driver.lock:
            if connection.pipeline_status:
                raise ERRORS.OperationalError("answers to what was sent before are still to come")
            connection.enter_pipeline_mode()
            found: list[Any] = self._driver.wait(_exchange(connection, send))
            connection.exit_pipeline_mode()
        return found

    def _send(self, begin: str, bound: Sequence[Bound], end: str) -> None:
        self._wanted = []
        if begin:
            self._send_plain(begin)
        for each in bound:
            self._send_prepared(each)
        if end:
            self._send_plain(end)
        self._driver.pgconn.pipeline_sync()

    def _send_plain(self, text: str) -> None:
        self._driver.pgconn.send_query_params(text.encode(), None)
        self._wanted.append(False)

    def _send_prepared(self, each: Bound) -> None:
        connection = self._driver.pgconn
        how, name = self._prepared.get(each, prepare=True)
        if how.name == "SHOULD":
            connection.send_prepare(name, each.query, param_types=each.types)
            self._wanted.append(False)
            self._prepared.maybe_add_to_cache(each, how, name)
        if name:
            connection.send_query_prepared(name, each.values, param_formats=each.formats)
        else:
            # Whoever has a pool between us and the server has nothing prepared.
            connection.send_query_params(
                each.query, each.values, param_types=each.types, param_formats=each.formats
            )
        self._wanted.append(True)


@lru_cache(KNOWN)
def _numbered(text: str) -> Numbered:
    names = tuple(dict.fromkeys(PLACE.findall(text)))
    places = {name: f"${number}" for number, name in enumerate(names, 1)}
    query = PLACE.sub(lambda found: places[found[1]], text).replace("%%", "%")
    return Numbered(query.encode(), names, (ADAPT.PyFormat.AUTO,) * len(names))


def _exchange(connection: Any, send: Callable[[], None]) -> Generator[Any, Any, list[Any]]:
    """Send all, and take answers until the server says that there are no more."""
    ended = PQ.ExecStatus.PIPELINE_SYNC
    found = yield from GENERATORS.pipeline_communicate(connection, deque([send]))
    while not found or found[-1][0].status != ended:
        found.append((yield from GENERATORS.fetch_many(connection)))
    return [each[0] for each in found]
