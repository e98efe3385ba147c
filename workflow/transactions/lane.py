"""The connection that the acts of a process take by turns, so that the pool is not asked for each."""

from collections import deque
from contextlib import suppress
from os import getpid

from sqlalchemy import Engine, event

from workflow.database import for_writing
from workflow.transactions.wire import Wire


class Lane:
    """Keeps one connection between acts, beside the pool of `database`; further ones are the pool's.

    What is kept has no transaction under way, and ends with the connections of the pool.
    """

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._kept: deque[tuple[int, Wire]] = deque()
        event.listen(database, "engine_disposed", self._end)

    def take(self) -> Wire:
        """The connection that is kept, if it is there and fit for use, or one of the pool."""
        try:
            _, wire = self._kept.pop()
        except IndexError:
            return Wire(for_writing(self._database))
        if not wire.has_news():
            return wire
        wire.connection.close()
        return Wire(for_writing(self._database))

    def give_back(self, wire: Wire) -> None:
        """Keep a connection on which all is committed for the next act, if none is kept."""
        if self._kept:
            wire.connection.close()
            return
        wire.keep()
        self._kept.append((getpid(), wire))

    def _end(self, _database: Engine) -> None:
        """End what is kept, unless a process brought it along that was made from another one."""
        # Another thread may take the last one between a look and the taking.
        with suppress(IndexError):
            while self._kept:
                process, wire = self._kept.pop()
                if process == getpid():
                    wire.connection.close()
