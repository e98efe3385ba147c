"""What acts cost in statements, transactions and round trips, on either kind of database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine as Database
from sqlalchemy.engine import make_url

from benchmarks.wire import Heard, relayed, traced


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """How many statements, in how many transactions, with how many waits for an answer."""

    statements: int
    transactions: int
    trips: int


@dataclass(frozen=True, slots=True)
class Meter:
    """Listens to the database whose address is `url`."""

    url: str
    heard: Heard

    def listen(self, database: Database) -> None:
        """Hear what this engine asks from now on; on PostgreSQL that is heard in any case."""
        if database.dialect.name == "sqlite":
            traced(database, self.heard)
            database.dispose()

    def cost(self, act: Callable[[], object]) -> Cost:
        """What an act costs; what it asked stands in `heard` until the next."""
        self.heard.forget()
        act()
        return Cost(len(self.heard.statements), self.heard.transactions, self.heard.trips)


@contextmanager
def metered(url: str) -> Iterator[Meter]:
    """A meter at the database at `url`; what is to be heard goes by the meter's own address."""
    heard = Heard()
    if make_url(url).get_backend_name() == "sqlite":
        yield Meter(url, heard)
        return
    with relayed(url, heard) as here:
        yield Meter(here, heard)
