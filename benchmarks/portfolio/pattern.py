"""A played programme as a pattern: its rows and events with holes for what differs from copy to copy."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table

import workflow.schema
from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import IMPORTED, Played
from workflow.database import Instant

TABLES = workflow.schema.METADATA.tables
EVENT = "event"
# Made anew for each copy, kept by somebody else, or about what nobody did to a copy.
LEFT_OUT = frozenset(
    {"event", "case_area", "programme_goal", "log_entry", "verification", "review", "delivery"}
)
# Through which column a row without a case finds the row that has one.
THROUGH = {"opening": "event_id", "deadline": "round_id"}
ORDER = tuple(table.name for table in workflow.schema.METADATA.sorted_tables)
INSTANT = re.compile(r'"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d\.\d{3})Z"')
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


def columns(table: str) -> list[str]:
    """The columns of a table in the order in which rows are written."""
    return [column.name for column in TABLES[table].c]


class Reader:
    """Reads played programmes out of an SQLite database."""

    def __init__(self, connection: sqlite3.Connection, countries: Sequence[Country]) -> None:
        self._connection = connection
        self._countries = {country.key: country for country in countries}

    def read(self, played: Played, acting: frozenset[str]) -> Pattern:
        """The pattern of a programme; rounds in `acting` do something when they fall due."""
        case = self._one("select id, head_seq from lifecycle_case where ref = ?", played.ref)
        places = tuple(self._countries[key] for key in played.countries)
        holes = _Holes(played, places)
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
            acting=[datetime.fromisoformat(row["due_at"]) for row in opened if row["key"] in acting],
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
            f'select {listed} from "{name}" where {_belongs(name)}',  # noqa: S608
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
        return f'{column} in (select id from "{parent}" where case_id = :case)'  # noqa: S608
    return "case_id = :case"


class _Holes:
    """Finds in the rows of one programme what differs from copy to copy, and names it."""

    def __init__(self, played: Played, places: Sequence[Country]) -> None:
        self.played = played
        self.ids: dict[str, list[int]] = {}
        self.times: set[str] = set()
        self._parties = {each.party: f"party{n}" for n, each in enumerate(places)}
        self._keys = {each.key: f"key{n}" for n, each in enumerate(places)}
        self._people: dict[int, str] = {}
        self._offices: dict[int, str] = {}
        for n, each in enumerate(places):
            for role, office in (("authority", each.authority), ("submitter", each.submitter)):
                if role == "authority" or n == 0:
                    self._people[office.person] = f"{role}{n}"
                    self._offices[office.appointment] = f"{role}_appointment{n}"

    def event(self, row: Row) -> Said:
        """An event with holes; its own columns are those of its table."""
        body = row[6].decode().replace("%", "%%")
        self.times |= {f"{day} {time}000" for day, time in INSTANT.findall(body)}
        body = INSTANT.sub(r'"%(told:\1 \g<2>000)s"', body)
        ref = self.played.ref
        body = re.sub(r'"prev":"[0-9a-f]{64}"', '"prev":"%(prev)s"', body)
        body = body.replace(f'"{ref}"', '"%(ref)s"')
        if self.played.state == IMPORTED:
            key = ref.removeprefix("SSC-")
            body = body.replace(f'"external_key":"{key}"', '"external_key":"%(external_key)s"')
        if row[2] == 1:
            body = re.sub(r'"title":"[^"]{43}"', '"title":"%(title_digest)s"', body)
        for person, hole in self._people.items():
            body = body.replace(f'"p{person}"', f'"p%({hole})s"')
        for key, hole in self._keys.items():
            body = body.replace(f'"{key}"', f'"%({hole})s"')
        for appointment, hole in self._offices.items():
            body = body.replace(f'"appointment":{appointment},', f'"appointment":%({hole})s,')
        return Said(row[0], row[2], body, self.row(EVENT, row))

    def row(self, name: str, row: Row) -> Stencil:
        """A row with holes."""
        table = TABLES[name]
        made = ((place, self._hole(table, column, row)) for place, column in enumerate(table.c))
        holes = tuple((place, hole) for place, hole in made if hole)
        return Stencil(name, row, holes)

    def _hole(self, table: Table, column: Any, row: Row) -> str:
        value = row[column_place(table, column.name)]
        if value is None:
            return ""
        own = SPECIAL.get((table.name, column.name))
        if own is not None:
            return own
        if column.name in HASHES:
            seq = row[column_place(table, HASHES[column.name][0])]
            return f"hash{seq + HASHES[column.name][1]}"
        if (table.name, column.name, row[1]) == ("opening", "value", "title"):
            return "title"
        if isinstance(column.type, Instant):
            self.times.add(value)
            return str(value)
        if column.name == "id" and table.name in self.ids:
            return f"{table.name}:{value}"
        target = next((key.column.table.name for key in column.foreign_keys), "")
        return self._reference(table, column.name, target, value)

    def _reference(self, table: Table, column: str, target: str, value: Any) -> str:
        if target in self.ids:
            return f"{target}:{value}"
        if target == "party":
            return self._parties.get(value, "")
        if target == "person" or column in {"person_id", "principal_id"}:
            return self._people.get(value, "")
        if target == "appointment":
            return self._offices.get(value, "")
        if (table.name, column) == ("event_facet", "party"):
            return self._keys.get(value, "")
        return ""


# What is made anew for each copy, by table and column.
SPECIAL = {
    ("lifecycle_case", "ref"): "ref",
    ("lifecycle_case", "title"): "title",
    ("event", "body"): "body",
    ("programme", "framework_id"): "framework",
    ("programme", "search_text"): "search_text",
    ("programme", "sector"): "sector",
    ("programme", "sector_code"): "sector_code",
    ("programme", "budget_usd"): "budget",
    ("imported_programme", "external_key"): "external_key",
    ("deadline", "done_at"): "",
}


# Which event's hash a column holds: where its number stands, and how many further on it is.
HASHES = {
    "head_hash": ("head_seq", 0),
    "event_hash": ("event_seq", 0),
    "hash": ("seq", 0),
    "prev": ("seq", -1),
}


def column_place(table: Table, name: str) -> int:
    """Where a column stands in a row of its table."""
    return columns(table.name).index(name)

