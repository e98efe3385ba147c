"""The desk behind the pages where ordered files are made, the oldest order first."""

import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import ColumnElement, or_, select, update

from workflow.engine.engine import Engine
from workflow.errors import Refusal
from workflow.faults.outages import outage
from workflow.orders.kinds import OrderKind, OrderState, Said, written
from workflow.orders.models import FileOrder
from workflow.orders.retention import clear_shelf
from workflow.orders.shelf import Shelf

# An order at which nobody showed life for so long: whoever began it is dead.
LONGEST = timedelta(minutes=3)
BEATS_EVERY = timedelta(seconds=20)
MOST_TRIES = 3
LOOKS_EVERY, CLEARS_EVERY = 1.0, timedelta(seconds=30)
# Those that take seconds wait behind none that takes minutes.
QUICK = (OrderKind.DOSSIER,)
LONG = tuple(kind for kind in OrderKind if kind not in QUICK)

journal = logging.getLogger(__name__)


class Overtaken(Exception):
    """The order was given to another maker, or is not kept any more; nothing is left to do."""


class Progress:
    """Tells how far an order is, and that its maker is alive."""

    def __init__(self, engine: Engine, shelf: Shelf, order: FileOrder) -> None:
        self._engine, self._shelf, self._order = engine, shelf, order
        self._beaten_at = engine.now()

    def step(self, name: str) -> None:
        """Say which step it is at; nothing is written to the database, which may be being read."""
        self._shelf.note(self._order.token, name)

    def portion(self, done: int, whole: int) -> None:
        """Say how many parts of how many are done; only called while nothing is being read."""
        self.shown(done, whole)
        now = self._engine.now()
        if now - self._beaten_at >= BEATS_EVERY:
            self._beat(now)

    def shown(self, done: int, whole: int) -> None:
        """Say the same where something is being written; no sign of life is given."""
        self.step(f"{done}/{whole}")

    def _beat(self, now: datetime) -> None:
        with self._engine.transaction() as session:
            mine = update(FileOrder).where(_ours(self._order)).values(alive_at=now)
            if not session.scalars(mine.returning(FileOrder.id)).all():
                raise Overtaken
        self._beaten_at = now


# Makes what is ordered into this file, tells how far it is, and says what became of it.
Make = Callable[[FileOrder, IO[bytes], Progress], Said]


class Desk:
    """Makes one ordered file of some kinds after the other; any number may be at work at once."""

    def __init__(
        self, engine: Engine, shelf: Shelf, make: Make, kinds: Collection[OrderKind]
    ) -> None:
        self._engine, self._shelf, self._make = engine, shelf, make
        self._kinds = [kind.value for kind in kinds]
        self._clears_at = engine.now()

    def step(self) -> float:
        """Make one file if one is waiting; returns the seconds until the next look.

        Refuses while the clock is in doubt, by which a day on the shelf would be over at once.
        """
        self._engine.refuse_doubt()
        taken = self._take()
        if taken is not None:
            self._work_at(taken)
            return 0.0
        now = self._engine.now()
        if now >= self._clears_at:
            clear_shelf(self._engine, self._shelf)
            self._clears_at = now + CLEARS_EVERY
        return LOOKS_EVERY

    def _take(self) -> FileOrder | None:
        """The next order, now ours: the oldest first, last those at which makers died."""
        with self._engine.reading() as session:
            if session.scalars(select(FileOrder.id).where(*self._free()).limit(1)).first() is None:
                return None
        with self._engine.transaction() as session:
            next_ = select(FileOrder).where(*self._free())
            next_ = next_.order_by(FileOrder.tries, FileOrder.id).limit(1)
            found = session.scalars(next_.with_for_update(skip_locked=True)).first()
            if found is not None:
                found.state = OrderState.MAKING.value
                found.begun_at = found.alive_at = self._engine.now()
                found.tries += 1
        return found

    def _free(self) -> tuple[ColumnElement[bool], ...]:
        given_up = self._engine.now() - LONGEST
        making = FileOrder.state == OrderState.MAKING.value
        free = or_(
            FileOrder.state == OrderState.WAITING.value,
            making & (FileOrder.alive_at < given_up),
        )
        return FileOrder.kind.in_(self._kinds), free

    def _work_at(self, taken: FileOrder) -> None:
        """Make it; while database or disk are away the order stays as it is, and is taken again."""
        if taken.tries > MOST_TRIES:
            self._fail(taken, "")
            return
        progress = Progress(self._engine, self._shelf, taken)
        try:
            with self._shelf.put(taken.token) as file:
                made = self._make(taken, file, progress)
        except Overtaken:
            journal.warning("The order %d was taken over by another maker.", taken.id)
        except Refusal as refusal:
            self._fail(taken, refusal.sentence)
        except Exception as fault:  # the outermost handler of an order
            if outage(fault) is not None:
                raise
            journal.exception("A %s of order %d could not be made.", taken.kind, taken.id)
            self._fail(taken, "")
        else:
            self._end(taken, OrderState.READY, made=written(made))

    def _fail(self, taken: FileOrder, problem: str) -> None:
        """Say of an order why it could not be made."""
        self._end(taken, OrderState.FAILED, problem=problem)

    def _end(self, taken: FileOrder, state: OrderState, **said: str) -> None:
        ended = {"state": state.value, "ended_at": self._engine.now(), **said}
        with self._engine.transaction() as session:
            session.execute(update(FileOrder).where(_ours(taken)).values(ended))


def _ours(taken: FileOrder) -> ColumnElement[bool]:
    """That the order is still the one that was taken, and nobody took it over."""
    return (FileOrder.id == taken.id) & (FileOrder.tries == taken.tries)
