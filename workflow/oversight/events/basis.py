"""On what rights a file was made, asked again when it is taken away."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, PrivateState
from workflow.engine.permissions.visibility import audits
from workflow.errors import NotFound
from workflow.history import known_case
from workflow.orders.kinds import Said
from workflow.orders.orders import not_kept


def private() -> ColumnElement[bool]:
    """That a case is private today."""
    return exists().where(
        PrivateState.definition_id == LifecycleCase.definition_id,
        PrivateState.state == LifecycleCase.state,
    )


def basis(*, audited: bool, refs: Iterable[str]) -> Said:
    """What an order keeps of it: an auditor's rights, or the private cases that the person knew of."""
    return {"audited": audited, "private": [] if audited else list(refs)}


def refuse_unknown(engine: Engine, person: int, made: Said) -> None:
    """Refuse to hand a file out to who may not know any more of what is in it."""
    now = engine.now()
    with engine.reading() as session:
        if made["audited"] and not audits(session, person, now.date()):
            raise not_kept()
        for ref in made["private"]:
            _refuse_unknown_case(session, engine, person, ref)


def _refuse_unknown_case(session: Session, engine: Engine, person: int, ref: str) -> None:
    try:
        known_case(session, ref, person, engine.now())
    except NotFound as refusal:
        raise not_kept() from refusal
