"""Many cases from one: each copy has its own name, and a chain that hashes and verifies as its own.

Bringing a programme to the Board takes the engine a second; copying it takes a millisecond.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

import workflow.schema
from workflow.audit import canonical
from workflow.audit.envelope import genesis

TABLES = workflow.schema.METADATA.tables
CASE, EVENT = TABLES["lifecycle_case"], TABLES["event"]
# What belongs to a case, parents first, and how each finds its case.
COPIED = (
    "programme", "programme_goal", "case_area", "case_party", "document", "attachment",
    "opening", "round", "seat", "sign_off", "deadline", "declaration", "seat_claim", "lifted_bar",
)  # fmt: skip
PARENTS = {"case_id": "lifecycle_case", "event_id": "event", "round_id": "round", "seat_id": "seat"}
AT_ONCE = 20_000
Rows = list[dict[str, Any]]


class Cloner:
    """Copies one case over and over."""

    def __init__(self, connection: Connection, ref: str) -> None:
        self._connection = connection
        self._case = self._rows(CASE, CASE.c.ref == ref)[0]
        of_case = EVENT.c.case_id == self._case["id"]
        self._events = sorted(self._rows(EVENT, of_case), key=lambda row: int(row["seq"]))
        self._bodies = [json.loads(event["body"]) for event in self._events]
        self._told: dict[str, Rows] = {name: self._of_case(TABLES[name]) for name in COPIED}
        self._next = {
            name: count(self._newest(name) + 1) for name in ("lifecycle_case", *_NUMBERED)
        }
        self._waiting: dict[str, Rows] = {}

    @property
    def events(self) -> int:
        """How many events one copy has."""
        return len(self._events)

    def clone(self, refs: Iterator[str]) -> list[str]:
        """A copy under each of these names."""
        made = list(refs)
        for ref in made:
            self._clone(ref)
            if len(self._waiting.get("event", ())) >= AT_ONCE:
                self._write()
        self._write()
        if self._connection.dialect.name == "postgresql":
            self._count_on()
        return made

    def _clone(self, ref: str) -> None:
        ids: dict[str, dict[int, int]] = {name: {} for name in self._next}
        new = ids["lifecycle_case"][self._case["id"]] = next(self._next["lifecycle_case"])
        hashes = self._chain(ref, new, ids["event"])
        head = hashes[self._events[-1]["seq"]]
        self._put("lifecycle_case", {**self._case, "id": new, "ref": ref, "head_hash": head})
        for name in COPIED:
            for row in self._told[name]:
                copy = {**row, **self._parents(row, ids)}
                if name in _NUMBERED:
                    copy["id"] = ids[name][row["id"]] = next(self._next[name])
                if "event_hash" in copy:
                    copy["event_hash"] = hashes[row["event_seq"]]
                self._put(name, copy)

    def _chain(self, ref: str, case_id: int, ids: dict[int, int]) -> dict[int, bytes]:
        """The events of the copy, each hashed anew; by number, what each hashes to."""
        prev, hashes = genesis(ref), {}
        for event, said in zip(self._events, self._bodies, strict=True):
            body = canonical.write({**said, "case": ref, "prev": prev.hex()})
            link = hashes[event["seq"]] = canonical.leaf_hash(body)
            ids[event["id"]] = new = next(self._next["event"])
            own = {"id": new, "case_id": case_id, "body": body, "hash": link, "prev": prev}
            self._put("event", {**event, **own})
            prev = link
        return hashes

    def _parents(self, row: dict[str, Any], ids: dict[str, dict[int, int]]) -> dict[str, int]:
        return {
            column: ids[parent][row[column]]
            for column, parent in PARENTS.items()
            if row.get(column) is not None
        }

    def _put(self, name: str, row: dict[str, Any]) -> None:
        self._waiting.setdefault(name, []).append(row)

    def _write(self) -> None:
        for name in ("lifecycle_case", "event", *COPIED):
            rows = self._waiting.pop(name, [])
            if rows:
                self._connection.execute(insert(TABLES[name]), rows)

    def _count_on(self) -> None:
        """Let PostgreSQL count on from the copies: it was not asked for their numbers."""
        for name in self._next:
            sequence = func.pg_get_serial_sequence(name, "id")
            following = self._newest(name) + 1
            self._connection.execute(select(func.setval(sequence, following, False)))  # noqa: FBT003

    def _rows(self, table: Table, where: Any) -> Rows:
        found = self._connection.execute(select(table).where(where)).mappings()
        return [dict(row) for row in found]

    def _of_case(self, table: Table) -> Rows:
        if "case_id" in table.c:
            return self._rows(table, table.c.case_id == self._case["id"])
        parent = TABLES["event" if "event_id" in table.c else "round"]
        own = select(parent.c.id).where(parent.c.case_id == self._case["id"])
        return self._rows(table, table.c[f"{parent.name}_id"].in_(own))

    def _newest(self, name: str) -> int:
        return int(self._connection.scalar(select(func.max(TABLES[name].c.id))) or 0)


_NUMBERED = ("event", *(name for name in COPIED if "id" in TABLES[name].c))
