"""A process that approves and is killed on the way, as a machine would be that loses its power."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.reliability.interleaving import BEFORE_THE_COMMIT, BEFORE_THE_LOCK
from workflow.assembly.engine import PROGRAMMES
from workflow.database import connect
from workflow.demo.play import Hand
from workflow.engine import commands
from workflow.engine.engine import Engine
from workflow.engine.rounds.decision import Decision
from workflow.transactions.transaction import Transaction

AFTER_THE_COMMIT = "after the commit"
POINTS = (BEFORE_THE_LOCK, BEFORE_THE_COMMIT, AFTER_THE_COMMIT)


class Mortal(Engine):
    """An engine whose process ends at one point of a transaction, after so many others, without any warning."""

    point, others = "", 0

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """As the engine's own, up to the point."""
        self.others -= 1
        self._die_at(BEFORE_THE_LOCK)
        with super().writing() as under_way:
            yield under_way
            under_way.session.flush()
            under_way.hand_over()
            self._die_at(BEFORE_THE_COMMIT)
        self._die_at(AFTER_THE_COMMIT)

    def _die_at(self, point: str) -> None:
        if self.point == point and self.others < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(url: str, at: str, point: str, person: str, wish: str) -> None:
    """Approve, and die at `point`."""
    engine = Mortal(connect(url), PROGRAMMES, Hand(datetime.fromisoformat(at)))
    engine.point = point
    commands.sign(engine, int(person), Decision(**json.loads(wish)))


if __name__ == "__main__":
    main(*sys.argv[1:])
