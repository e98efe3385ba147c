"""A process that confirms a move of programmes and is killed on the way, once it tried them."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.reliability.dying import AFTER_THE_COMMIT
from tests.reliability.interleaving import BEFORE_THE_COMMIT, BEFORE_THE_LOCK
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.engine.engine import Engine
from workflow.programmes.engine import PROGRAMMES
from workflow.publication.migration.requests import confirm
from workflow.transactions.transaction import Transaction


class Trying(Engine):
    """An engine whose process ends at one point of the transaction that comes after so many others."""

    point, tries = "", 0

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """As the engine's own, up to the point."""
        self.tries -= 1
        self._die_at(BEFORE_THE_LOCK)
        with super().writing() as under_way:
            yield under_way
            under_way.session.flush()
            under_way.hand_over()
            self._die_at(BEFORE_THE_COMMIT)
        self._die_at(AFTER_THE_COMMIT)

    def _die_at(self, point: str) -> None:
        if self.point == point and self.tries < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, at: str, point: str, tries: str, number: str, person: str) -> None:
    """Confirm what was asked for, and die at `point`."""
    engine = Trying(connect(url), PROGRAMMES, Hand(datetime.fromisoformat(at)))
    engine.point, engine.tries = point, int(tries)
    confirm(engine, int(number), by=int(person))


if __name__ == "__main__":
    main(*sys.argv[1:])
