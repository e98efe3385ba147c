"""OCEL 2.0 as a SQLite file: the tables that the standard names, filled as traces are read."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from workflow.exports.facts import Value
from workflow.exports.ocel import (
    EPOCH,
    OBJECT_TYPES,
    CaseObjects,
    Thing,
    Touch,
    event_types,
    kind_of,
)
from workflow.exports.pseudonyms import Naming
from workflow.exports.traces import Trace
from workflow.exports.xes import moment

COLUMN = {"integer": "INTEGER", "time": "TIMESTAMP", "string": "TEXT"}
TABLES = """
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (
  ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES event_map_type (ocel_type));
CREATE TABLE object (
  ocel_id TEXT PRIMARY KEY, ocel_type TEXT REFERENCES object_map_type (ocel_type));
CREATE TABLE event_object (
  ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT REFERENCES object (ocel_id),
  ocel_qualifier TEXT, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT REFERENCES object (ocel_id),
  ocel_qualifier TEXT, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


def write_ocel_sqlite(target: Path, traces: Iterable[Trace], naming: Naming) -> None:
    """Write the traces to a new file, holding one of them in memory at a time."""
    with closing(sqlite3.connect(target, isolation_level=None)) as file:
        # The file is thrown away if anything goes wrong, so it needs no journal.
        file.execute("PRAGMA journal_mode = OFF")
        file.executescript(TABLES)
        _tables(file, "event", event_types(), "ocel_time TIMESTAMP")
        _tables(file, "object", OBJECT_TYPES, "ocel_time TIMESTAMP, ocel_changed_field TEXT")
        file.execute("BEGIN")
        for trace in traces:
            story = CaseObjects(trace, naming)
            touches = list(story.touches())
            for thing in story.things.values():
                _object(file, thing)
            for touch in touches:
                _event(file, touch)
        file.execute("COMMIT")


def table_of(kind: str) -> str:
    """The part of a table's name that stands for a type: letters only."""
    return "".join(word.capitalize() for word in kind.replace(".", "_").split("_"))


def _tables(
    file: sqlite3.Connection, family: str, types: Mapping[str, tuple[str, ...]], more: str
) -> None:
    for kind, attributes in types.items():
        columns = "".join(f', "{name}" {COLUMN[kind_of(name)]}' for name in attributes)
        key = " PRIMARY KEY" if family == "event" else ""
        file.execute(
            f'CREATE TABLE "{family}_{table_of(kind)}" '
            f"(ocel_id TEXT{key} REFERENCES {family} (ocel_id), {more}{columns})"
        )
        _insert(file, f"{family}_map_type", (kind, table_of(kind)))


def _event(file: sqlite3.Connection, touch: Touch) -> None:
    _insert(file, "event", (touch.id, touch.type))
    values = {"ocel_id": touch.id, "ocel_time": moment(touch.at)}
    _insert_named(file, f"event_{table_of(touch.type)}", values | _stored(touch.values))
    for other, qualifier in touch.related:
        _insert(file, "event_object", (touch.id, other, qualifier))


def _object(file: sqlite3.Connection, thing: Thing) -> None:
    """A party or a person that an earlier case brought in is there already."""
    known = file.execute("SELECT 1 FROM object WHERE ocel_id = ?", (thing.id,)).fetchone()
    if known:
        return
    _insert(file, "object", (thing.id, thing.type))
    table = f"object_{table_of(thing.type)}"
    first = [(name, value) for name, at, value in thing.values if at == EPOCH]
    start = {"ocel_id": thing.id, "ocel_time": moment(EPOCH)}
    _insert_named(file, table, start | _stored(first))
    for name, at, value in thing.values:
        if at != EPOCH:
            change = {"ocel_time": moment(at), "ocel_changed_field": name}
            _insert_named(file, table, start | change | _stored([(name, value)]))
    for other, qualifier in thing.related:
        _insert(file, "object_object", (thing.id, other, qualifier))


def _stored(values: Iterable[tuple[str, Value]]) -> dict[str, str | int]:
    return {name: moment(value) if isinstance(value, datetime) else value for name, value in values}


def _insert(file: sqlite3.Connection, table: str, values: Sequence[str]) -> None:
    places = ", ".join("?" * len(values))
    # The names are the standard's and ours, never somebody's text.
    file.execute(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608


def _insert_named(file: sqlite3.Connection, table: str, values: Mapping[str, str | int]) -> None:
    columns, places = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places})'  # noqa: S608
    file.execute(statement, tuple(values.values()))
