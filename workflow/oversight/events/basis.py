"""On what rights a file was made, asked again when it is taken away."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.clock import read, written
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import audits, known_to, unsent
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.orders.kinds import Said
from workflow.orders.orders import not_kept


def basis(*, audited: bool, refs: Iterable[str], at: datetime) -> Said:
    """What an order keeps of it: an auditor's rights, or the private cases that the person knew of.

    `at` is when it was begun: what turned private later may stand in it still.
    """
    private = [] if audited else list(refs)
    return {"audited": audited, "private": private, "at": written(at)}


def refuse_unknown(engine: Engine, person: int, made: Said) -> None:
    """Refuse to hand a file out to who may not know any more of what is in it."""
    now = engine.now()
    with engine.reading() as session:
        if made["audited"] and not audits(session, person, now.date()):
            raise not_kept()
        for ref in made["private"]:
            _refuse_unknown_case(session, engine, person, ref)
        begun = made.get("at")
        if not made["audited"] and begun and _closed_since(session, person, now, read(begun)):
            raise not_kept()


def _closed_since(session: Session, person: int, now: datetime, at: datetime) -> bool:
    """Whether a case that stood then has turned private to the person since."""
    closed = select(LifecycleCase.id).where(
        unsent(),
        ~known_to(person, now.date()),
        LifecycleCase.opened_at < at,
        LifecycleCase.entered_at >= at,
    )
    return session.scalars(closed.limit(1)).first() is not None


def _refuse_unknown_case(session: Session, engine: Engine, person: int, ref: str) -> None:
    try:
        known_case(session, ref, person, engine.now())
    except NotFound as refusal:
        raise not_kept() from refusal
