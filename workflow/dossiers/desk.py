"""The desk behind the pages where ordered dossiers are made, the oldest order first."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import IO

from sqlalchemy import ColumnElement, or_, select, update

from workflow.dossiers.build import BuiltDossier
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.models import DossierOrder
from workflow.dossiers.orders import OrderState, clear_shelf, give_up
from workflow.dossiers.shelf import Shelf
from workflow.engine.engine import Engine
from workflow.errors import Refusal
from workflow.faults.outages import outage

# An order that somebody began and did not end: whoever did is dead.
LONGEST = timedelta(minutes=3)
MOST_TRIES = 3
LOOKS_EVERY, CLEARS_EVERY = 1.0, timedelta(seconds=30)

Steps = Callable[[str], None]
# Makes the dossier that is asked for, in this language, into this file, and tells each step.
Make = Callable[[DossierRequest, str, IO[bytes], Steps], BuiltDossier]
journal = logging.getLogger(__name__)


class Desk:
    """Makes one ordered dossier after the other; any number may be at work on one database."""

    def __init__(self, engine: Engine, shelf: Shelf, make: Make) -> None:
        self._engine, self._shelf, self._make = engine, shelf, make
        self._clears_at = engine.now()

    def step(self) -> float:
        """Make one dossier if one is waiting; returns the seconds until the next look.

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

    def _take(self) -> DossierOrder | None:
        """The next order, now ours: the oldest first, last those at which makers died."""
        with self._engine.reading() as session:
            if (
                session.scalars(select(DossierOrder.id).where(self._free()).limit(1)).first()
                is None
            ):
                return None
        with self._engine.transaction() as session:
            next_ = select(DossierOrder).where(self._free())
            next_ = next_.order_by(DossierOrder.tries, DossierOrder.id).limit(1)
            found = session.scalars(next_.with_for_update(skip_locked=True)).first()
            if found is not None:
                found.state, found.begun_at = OrderState.MAKING.value, self._engine.now()
                found.tries += 1
        return found

    def _free(self) -> ColumnElement[bool]:
        given_up = self._engine.now() - LONGEST
        making = DossierOrder.state == OrderState.MAKING.value
        return or_(
            DossierOrder.state == OrderState.WAITING.value,
            making & (DossierOrder.begun_at < given_up),
        )

    def _work_at(self, taken: DossierOrder) -> None:
        """Make it; while database or disk are away the order stays as it is, and is taken again."""
        if taken.tries > MOST_TRIES:
            self._fail(taken, "")
            return
        request = DossierRequest(taken.ref, taken.person_id, bare=taken.bare, since=taken.since)
        try:
            with self._shelf.put(taken.token) as file:
                note = partial(self._shelf.note, taken.token)
                built = self._make(request, taken.language, file, note)
        except Refusal as refusal:
            self._fail(taken, refusal.sentence)
        except Exception as fault:  # the outermost handler of an order
            if outage(fault) is not None:
                raise
            journal.exception("A dossier of %s could not be made.", taken.ref)
            self._fail(taken, "")
        else:
            self._ready(taken, built)

    def _ready(self, taken: DossierOrder, built: BuiltDossier) -> None:
        ended = {
            "state": OrderState.READY.value, "ended_at": self._engine.now(),
            "log_size": built.size, "log_root": built.root,
        }  # fmt: skip
        mine = (DossierOrder.id == taken.id) & (DossierOrder.tries == taken.tries)
        with self._engine.transaction() as session:
            session.execute(update(DossierOrder).where(mine).values(ended))

    def _fail(self, taken: DossierOrder, problem: str) -> None:
        with self._engine.transaction() as session:
            give_up(session, taken.id, problem, self._engine.now())
