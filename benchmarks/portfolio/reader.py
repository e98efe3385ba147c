"""Reads played programmes out of an SQLite database, as patterns."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table

import workflow.schema
from benchmarks.portfolio.holes import Holes
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import Played
from benchmarks.portfolio.pattern import EVENT, TABLES, Pattern, Row, columns

# Made anew for each copy, kept by the database itself or by somebody else, or about what nobody did
# to a copy.
LEFT_OUT = frozenset(
    {
        *("event", "case_area", "programme_goal", "listed_programme", "private_part", "log_entry"),
        *("verification", "review", "delivery", "party_proposal", "case_forecast", "history_news"),
        *("closing_programme", "framework_case"),
    }
)
# Through which column a row without a case finds the row that has one.
THROUGH = {"opening": "event_id", "deadline": "round_id"}
ORDER = tuple(table.name for table in workflow.schema.METADATA.sorted_tables)


class Reader:
    """Reads played programmes out of an SQLite database."""

    def __init__(self, connection: sqlite3.Connection, countries: Sequence[Country]) -> None:
        self._connection = connection
        self._countries = {country.key: country for country in countries}

    def read(self, played: Played, acting: frozenset[str]) -> Pattern:
        """The pattern of a programme; rounds in `acting` do something when they fall due."""
        case = self._one("select id, head_seq from lifecycle_case where ref = ?", played.ref)
        places = tuple(self._countries[key] for key in played.countries)
        holes = Holes(played, places)
        tables = [name for name in ORDER if name not in LEFT_OUT and _of_case(TABLES[name])]
        found = {name: self._rows(name, case[0]) for name in ("lifecycle_case", *tables)}
        events = sorted(self._rows(EVENT, case[0]), key=lambda row: int(row[2]))
        names = ("lifecycle_case", EVENT, *(name for name in tables if "id" in TABLES[name].c))
        holes.ids = {
            name: [row[0] for row in (events if name == EVENT else found[name])] for name in names
        }
        said = [holes.event(row) for row in events]
        rows = [holes.row(name, row) for name, listed in found.items() for row in listed]
        rounds = [dict(zip(columns("round"), row, strict=True)) for row in found["round"]]
        opened = [row for row in rounds if row["status"] == "open" and row["due_at"]]
        return Pattern(
            played,
            said,
            rows,
            holes.ids,
            frozenset(map(datetime.fromisoformat, holes.times)),
            datetime.fromisoformat(events[-1][5]),
            dues=[datetime.fromisoformat(row["due_at"]) for row in opened],
            acting=[
                datetime.fromisoformat(row["due_at"]) for row in opened if row["key"] in acting
            ],
            title_salt=self._salt(events[0][0]),
            places=places,
        )

    def _salt(self, event: int) -> str:
        asked = "select salt from opening where event_id = ? and field = 'title'"
        found = self._connection.execute(asked, (event,)).fetchone()
        return found[0] if found else ""

    def _one(self, asked: str, *values: Any) -> Row:
        return tuple(self._connection.execute(asked, values).fetchone())

    def _rows(self, name: str, case: int) -> list[Row]:
        listed = ", ".join(f'"{column}"' for column in columns(name))
        return self._connection.execute(
            f'select {listed} from "{name}" where {_belongs(name)}',
            {"case": case},
        ).fetchall()


def _of_case(table: Table) -> bool:
    return "case_id" in table.c or table.name in THROUGH


def _belongs(name: str) -> str:
    if name == "lifecycle_case":
        return "id = :case"
    if name == "notice":  # Those of what is settled have been read and are forgotten.
        return "case_id = :case and round_id in (select id from round where status = 'open')"
    if name in THROUGH:
        column = THROUGH[name]
        parent = column.removesuffix("_id")
        return f'{column} in (select id from "{parent}" where case_id = :case)'
    return "case_id = :case"
