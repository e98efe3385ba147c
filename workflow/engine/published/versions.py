"""The lifecycles that are offered, and every version of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of a lifecycle, when it was published, and whether it is `offered` now."""

    definition: Definition
    published_at: datetime
    offered: bool


def lifecycles(session: Session, engine: Engine) -> tuple[PublishedVersion, ...]:
    """The version of every lifecycle that is offered, those of what the domain is about first."""
    found = engine.in_force(session)
    at = dict(session.execute(select(DefinitionVersion.id, DefinitionVersion.published_at)).all())
    return tuple(PublishedVersion(each, at[number], offered=True) for number, each in found)


def not_offered(session: Session, engine: Engine) -> tuple[PublishedVersion, ...]:
    """The newest version of every lifecycle of which none is offered now, retired or not offered yet."""
    offered = {read.key for _, read in engine.in_force(session)}
    newest = select(func.max(DefinitionVersion.id)).group_by(DefinitionVersion.key)
    rows = session.execute(
        select(DefinitionVersion.id, DefinitionVersion.published_at)
        .where(DefinitionVersion.id.in_(newest), DefinitionVersion.key.not_in(offered))
        .order_by(DefinitionVersion.key)
    )
    return tuple(
        PublishedVersion(engine.definition(number, session), at, offered=False)
        for number, at in rows.all()
    )


def versions(session: Session, engine: Engine, key: str) -> tuple[PublishedVersion, ...]:
    """Every version of the lifecycle called `key`, the newest first; refuses one that there is not."""
    rows = session.execute(
        select(DefinitionVersion.id, DefinitionVersion.published_at)
        .where(DefinitionVersion.key == key)
        .order_by(DefinitionVersion.id.desc())
    ).all()
    if not rows:
        raise NotFound(phrase("No lifecycle called %(key)s is published.", key=key))
    offered = {number for number, _ in engine.in_force(session)}
    return tuple(
        PublishedVersion(engine.definition(number, session), at, offered=number in offered)
        for number, at in rows
    )


def version(found: Sequence[PublishedVersion], mark: str) -> PublishedVersion:
    """The version that an address names, or else the one offered, or the newest; refuses one that there is not."""
    named = next((each for each in found if mark == each.definition.mark), None)
    if not mark:
        named = next((each for each in found if each.offered), found[0])
    if named is None:
        raise NotFound(phrase("There is no such version of this lifecycle."))
    return named
