"""How many programmes there are, by framework and stage, as the sum of every change since the first.

Each act enters its own difference and waits for nobody; the worker folds many into one.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, true
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.frameworks.models import Framework
from workflow.programmes.lists.models import PortfolioChange

ENOUGH, PORTION = 500, 5000
_STANDING = (PortfolioChange.framework_id, PortfolioChange.stage, PortfolioChange.private)


def tally(session: Session, *, whole: bool) -> dict[tuple[str, str], int]:
    """How many programmes stand where, as (key of the framework, stage): the public ones, or all.

    Those of no framework stand under no name.
    """
    counted: Select[str | None, str, Any] = (
        select(Framework.key, PortfolioChange.stage, func.sum(PortfolioChange.number))
        .select_from(PortfolioChange)
        .outerjoin(Framework, Framework.id == PortfolioChange.framework_id)
        .where(true() if whole else ~PortfolioChange.private)
        .group_by(Framework.key, PortfolioChange.stage)
    )
    return {(key or "", stage): int(number) for key, stage, number in session.execute(counted)}


def fold(engine: Engine) -> int:
    """Bring many differences into one row for each standing; returns by how many there are fewer."""
    fewer = 0
    while _many(engine):
        with engine.transaction() as session:
            folded = _fold(session)
        fewer += folded
        if not folded:
            break
    return fewer


def _many(engine: Engine) -> bool:
    with engine.reading() as session:
        there = select(PortfolioChange.id).limit(ENOUGH + 1).subquery()
        return (session.scalar(select(func.count()).select_from(there)) or 0) > ENOUGH


def _fold(session: Session) -> int:
    oldest = select(PortfolioChange.id).order_by(PortfolioChange.id).limit(PORTION)
    taken = session.execute(
        delete(PortfolioChange)
        .where(PortfolioChange.id.in_(oldest))
        .returning(*_STANDING, PortfolioChange.number),
        execution_options={"synchronize_session": False},
    ).all()
    sums: Counter[tuple[int | None, str, bool]] = Counter()
    for framework, stage, private, number in taken:
        sums[framework, stage, private] += number
    rows = [
        {"framework_id": framework, "stage": stage, "private": private, "number": number}
        for (framework, stage, private), number in sums.items()
        if number
    ]
    if rows:
        session.execute(insert(PortfolioChange), rows)
    return len(taken) - len(rows)
