"""The lifecycles that are offered, and every version of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of a lifecycle, and when it was published; the newest one is `offered`."""

    definition: Definition
    published_at: datetime
    offered: bool


def lifecycles(session: Session, engine: Engine) -> tuple[PublishedVersion, ...]:
    """The newest version of every lifecycle of what the domain is about, in the order in which they are offered."""
    found = engine.offered(session)
    at = dict(session.execute(select(DefinitionVersion.id, DefinitionVersion.published_at)).all())
    return tuple(PublishedVersion(each, at[number], offered=True) for number, each in found)


def versions(session: Session, engine: Engine, key: str) -> tuple[PublishedVersion, ...]:
    """Every version of the lifecycle called `key`, the newest first; refuses one that there is not."""
    rows = session.execute(
        select(DefinitionVersion.id, DefinitionVersion.published_at)
        .where(DefinitionVersion.key == key)
        .order_by(DefinitionVersion.id.desc())
    ).all()
    if not rows:
        raise NotFound(phrase("No lifecycle called %(key)s is published.", key=key))
    return tuple(
        PublishedVersion(engine.definition(number, session), at, offered=place == 0)
        for place, (number, at) in enumerate(rows)
    )


def version(found: Sequence[PublishedVersion], mark: str) -> PublishedVersion:
    """The version that an address names, the newest where it names none; refuses one that there is not."""
    named = next((each for each in found if mark in {"", each.definition.mark}), None)
    if named is None:
        raise NotFound(phrase("There is no such version of this lifecycle."))
    return named
