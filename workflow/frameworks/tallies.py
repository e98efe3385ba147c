"""How many programmes and how much money a framework has in each area, as the sum of every change since the first.

Each act enters its own difference and waits for nobody; the worker folds many into one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, true
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.frameworks.models import FrameworkAreaChange, FrameworkMoneyChange

ENOUGH, PORTION = 500, 5000
_AREAS, _MONEY = FrameworkAreaChange.__table__, FrameworkMoneyChange.__table__
# What each of the tables of differences sums, and by what.
FIGURES = ("budget_usd", "commitment_usd", "receipt_usd", "expenditure_usd")
SUMMED: Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _AREAS: (("framework_id", "area", "stage", "private"), ("number",)),
    _MONEY: (("framework_id", "area", "source_id"), FIGURES),
}


@dataclass(frozen=True, slots=True)
class AreaMoney:
    """What was programmed, committed, received and spent, in cents."""

    programmed: int = 0
    committed: int = 0
    received: int = 0
    spent: int = 0

    def __add__(self, other: "AreaMoney") -> "AreaMoney":
        return AreaMoney(
            *(mine + its for mine, its in zip(*map(astuple, (self, other)), strict=True))
        )

    def __sub__(self, other: "AreaMoney") -> "AreaMoney":
        return AreaMoney(
            *(mine - its for mine, its in zip(*map(astuple, (self, other)), strict=True))
        )


def areas_tallied(session: Session, framework: int, *, whole: bool) -> Counter[tuple[str, str]]:
    """How many programmes of a framework stand in each (area, stage): the public ones, or all."""
    counted = (
        select(_AREAS.c.area, _AREAS.c.stage, func.sum(_AREAS.c.number))
        .where(_AREAS.c.framework_id == framework, true() if whole else ~_AREAS.c.private)
        .group_by(_AREAS.c.area, _AREAS.c.stage)
    )
    return Counter({(area, stage): int(number) for area, stage, number in session.execute(counted)})


def money_tallied(session: Session, framework: int) -> Mapping[tuple[str, int], AreaMoney]:
    """What counts of each source in each area of a framework, as (area, number of the source)."""
    counted = (
        select(_MONEY.c.area, _MONEY.c.source_id, *(func.sum(_MONEY.c[key]) for key in FIGURES))
        .where(_MONEY.c.framework_id == framework)
        .group_by(_MONEY.c.area, _MONEY.c.source_id)
    )
    return {
        (area, source): AreaMoney(*map(int, sums))
        for area, source, *sums in session.execute(counted)
    }


def fold(engine: Engine) -> int:
    """Bring many differences into one row for each standing; returns by how many there are fewer."""
    return sum(_folded(engine, table, *columns) for table, columns in SUMMED.items())


def _folded(engine: Engine, table: Any, by: Sequence[str], sums: Sequence[str]) -> int:
    fewer = 0
    while _many(engine, table):
        with engine.transaction() as session:
            folded = _fold(session, table, by, sums)
        fewer += folded
        if not folded:
            break
    return fewer


def _many(engine: Engine, table: Any) -> bool:
    with engine.reading() as session:
        there = select(table.c.id).limit(ENOUGH + 1).subquery()
        return (session.scalar(select(func.count()).select_from(there)) or 0) > ENOUGH


def _fold(session: Session, table: Any, by: Sequence[str], sums: Sequence[str]) -> int:
    oldest = select(table.c.id).order_by(table.c.id).limit(PORTION)
    columns = (*by, *sums)
    taken = session.execute(
        delete(table).where(table.c.id.in_(oldest)).returning(*(table.c[key] for key in columns))
    ).all()
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * len(sums))
    for row in taken:
        place, more = tuple(row[: len(by)]), row[len(by) :]
        found[place] = [old + int(new) for old, new in zip(found[place], more, strict=True)]
    rows = [
        dict(zip(columns, (*place, *total), strict=True))
        for place, total in found.items()
        if any(total)
    ]
    if rows:
        session.execute(insert(table), rows)
    return len(taken) - len(rows)
