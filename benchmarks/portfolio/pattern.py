"""A played programme as a pattern: its rows and events with holes for what differs from copy to copy."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import workflow.schema
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import Played

TABLES = workflow.schema.METADATA.tables
EVENT = "event"
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Stencil:
    """One row with holes: the values that stay, and which hole is in which place."""

    table: str
    values: Row
    holes: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One event with holes in its body."""

    id: int
    seq: int
    body: str
    row: Stencil


@dataclass(slots=True)
class Pattern:
    """Everything of one played programme; `times` are its instants."""

    played: Played
    events: list[Said]
    rows: list[Stencil]
    ids: dict[str, list[int]]
    times: frozenset[datetime]
    last: datetime
    # When what is open falls due, and when time itself acts on it.
    dues: list[datetime] = field(default_factory=list)
    acting: list[datetime] = field(default_factory=list)
    title_salt: str = ""
    places: tuple[Country, ...] = ()

    @property
    def first(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.events[0].row.values[5])

    @property
    def summary(self) -> str:
        """What its programme says that it is for."""
        place = columns("programme").index("summary")
        return next(str(row.values[place]) for row in self.rows if row.table == "programme")


def columns(table: str) -> list[str]:
    """The columns of a table in the order in which rows are written."""
    return [column.name for column in TABLES[table].c]
