"""Finds what differs from copy to copy in the rows and events of a played programme."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from benchmarks.portfolio.house import Country
from benchmarks.portfolio.moulds import IMPORTED, Played
from benchmarks.portfolio.pattern import EVENT, TABLES, Row, Said, Stencil, columns
from workflow.database import Instant

INSTANT = re.compile(r'"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d\.\d{3})Z"')


class Holes:
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
        own = _made_anew(table, column.name, row)
        if value is None or own is not None:
            return own or ""
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
        if column in {"person_id", "principal_id"}:
            return self._people.get(value, "")
        if (table.name, column) == ("event_facet", "party"):
            return self._keys.get(value, "")
        known = {"party": self._parties, "person": self._people, "appointment": self._offices}
        return known.get(target, {}).get(value, "")


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
}


# Which event's hash a column holds: where its number stands, and how many further on it is.
HASHES = {
    "head_hash": ("head_seq", 0),
    "event_hash": ("event_seq", 0),
    "hash": ("seq", 0),
    "prev": ("seq", -1),
}


def _made_anew(table: Table, column: str, row: Row) -> str | None:
    """The hole of a column that is made anew for each copy; none for any other."""
    if column in HASHES:
        number, further = HASHES[column]
        return f"hash{row[column_place(table, number)] + further}"
    if (table.name, column, row[1]) == ("opening", "value", "title"):
        return "title"
    return SPECIAL.get((table.name, column))


def column_place(table: Table, name: str) -> int:
    """Where a column stands in a row of its table."""
    return columns(table.name).index(name)
