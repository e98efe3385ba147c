"""Ordering a file: one at a time for each person, made behind the pages, fetched within a day."""

import secrets
from collections.abc import Callable
from typing import IO

from sqlalchemy import insert, select

from workflow.engine.engine import Engine
from workflow.errors import Invalid, NotFound
from workflow.orders.kinds import UNFINISHED, OrderKind, OrderState, Wish, written
from workflow.orders.models import FileOrder
from workflow.orders.retention import counts, last_erasure
from workflow.orders.shelf import Shelf
from workflow.people.models import Person
from workflow.phrase import phrase


def not_kept() -> NotFound:
    """That a file does not lie here, or not for whoever asks."""
    return NotFound(phrase("This file is not kept any more. Order it again."))


def order(engine: Engine, person: int, wish: Wish, language: str) -> int:
    """Order a file; the same one ordered again while it is made is that order.

    Refuses a second one while one is being made.
    """
    wanted = written(wish.wanted)
    with engine.transaction() as session:
        session.execute(select(Person.id).where(Person.id == person).with_for_update())
        running = session.scalars(
            select(FileOrder).where(FileOrder.person_id == person, FileOrder.state.in_(UNFINISHED))
        ).first()
        if running is not None:
            return _the_same(running, wish, wanted)
        return session.scalars(
            insert(FileOrder).returning(FileOrder.id),
            {
                "person_id": person, "kind": wish.kind.value, "ref": wish.ref, "wanted": wanted,
                "language": language, "state": OrderState.WAITING.value,
                "token": secrets.token_hex(32), "tries": 0, "ordered_at": engine.now(),
                "made": "{}", "problem": "",
            },
        ).one()  # fmt: skip


def fetch(
    engine: Engine,
    shelf: Shelf,
    person: int,
    number: int,
    take: Callable[[FileOrder], object],
    gone: Callable[[], NotFound] = not_kept,
) -> IO[bytes]:
    """The file that this person ordered, once `take` has put on record that it is taken away.

    Refuses one that is not kept any more; what `take` refuses is not handed out either.
    """
    with engine.reading() as session:
        wanted = select(FileOrder).where(FileOrder.id == number, FileOrder.person_id == person)
        found = session.scalars(wanted).one_or_none()
        kept = (
            found is not None
            and found.state == OrderState.READY.value
            and counts(found, last_erasure(session), engine.now())
        )
    file = shelf.take(found.token) if found and kept else None
    if found is None or file is None:
        raise gone()
    try:
        take(found)
    except BaseException:
        file.close()
        raise
    return file


def _the_same(running: FileOrder, wish: Wish, wanted: str) -> int:
    if (running.kind, running.ref, running.wanted) == (wish.kind.value, wish.ref, wanted):
        return running.id
    if running.kind == OrderKind.DOSSIER.value:
        raise Invalid(
            phrase(
                "A dossier of %(ref)s is being made for you. Order the next one when it is ready.",
                ref=running.ref,
            )
        )
    raise Invalid(phrase("A file is being made for you. Order the next one when it is ready."))
