"""Indicators and actuals, compared with what the filed texts say, and made to follow again."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE
from workflow.database import Base
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.results.derive import TABLES, derived, kept, make_follow, same, tells


def astray(session: Session, engine: Engine) -> tuple[tuple[int, str], ...]:
    """The cases of which a table of results says something else than their texts, with their references.

    None where texts cannot be read: the check of every row tells of those.
    """
    try:
        return tuple(_astray(session, engine))
    except UNREADABLE:
        return ()


def follow_again(session: Session, engine: Engine, cases: Sequence[int]) -> None:
    """Have the tables say of these cases what their texts say."""
    asked = select(LifecycleCase.id, LifecycleCase.definition_id).where(LifecycleCase.id.in_(cases))
    for row in session.execute(asked).all() if cases else ():
        make_follow(session, engine.definition(row.definition_id or 0, session), row.id)


def _astray(session: Session, engine: Engine) -> Iterator[tuple[int, str]]:
    every = session.scalars(select(DefinitionVersion.id).order_by(DefinitionVersion.id)).all()
    telling = [each for each in every if tells(engine.definition(each, session))]
    tables = (Base.metadata.tables[table.__tablename__] for table in TABLES)
    kept_of = union(*(select(table.c.case_id) for table in tables)).subquery()
    asked = (
        select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id)
        .where(
            LifecycleCase.definition_id.in_(telling)
            | LifecycleCase.id.in_(select(kept_of.c.case_id))
        )
        .order_by(LifecycleCase.id)
    )
    for row in session.execute(asked).all():
        stands = kept(session, row.id)
        if row.definition_id is None:
            # What follows no lifecycle says nothing; a row of it must not end the look at the others.
            yield row.id, row.ref
            continue
        meant = derived(session, engine.definition(row.definition_id, session), row.id)
        if not all(same(meant[table], stands[table]) for table in TABLES):
            yield row.id, row.ref
