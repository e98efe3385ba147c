"""Many cases from one: each copy has its own name, and a chain that hashes and verifies as its own.

Bringing a programme to the Board takes the engine a second. The database copies it in a fraction of a
millisecond: one statement for each table writes all copies, one for each event hashes it in every chain.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    case,
    func,
    insert,
    literal,
    select,
    true,
)

import workflow.schema
from benchmarks.spelling import Spelling
from workflow.audit import canonical
from workflow.audit.envelope import genesis

TABLES = workflow.schema.METADATA.tables
CASE, EVENT = TABLES["lifecycle_case"], TABLES["event"]
# What belongs to a case, parents first, and how each finds its case.
COPIED = (
    "programme", "programme_goal", "case_area", "case_party", "document", "attachment",
    "opening", "round", "seat", "sign_off", "deadline", "declaration", "seat_claim", "lifted_bar",
    "indicator", "indicator_target", "reported_period", "reported_actual",
)  # fmt: skip
PARENTS = {"case_id": "lifecycle_case", "event_id": "event", "round_id": "round", "seat_id": "seat"}
# The names of the copies, and their chains, while they are being made.
_MADE = MetaData()
WISH = Table(
    "wished_copy", _MADE, Column("n", Integer, primary_key=True), Column("ref", String),
    prefixes=["temporary"],
)  # fmt: skip
LINK = Table(
    "copied_link", _MADE, Column("n", Integer, primary_key=True), Column("seq", Integer, primary_key=True),
    Column("body", LargeBinary), Column("prev", LargeBinary), Column("hash", LargeBinary),
    prefixes=["temporary"],
)  # fmt: skip
# Where in the body of an event its copy says something else.
REF, PREV = "%ref%", "%prev%"
ELSEWHERE = re.compile(f"({REF}|{PREV})")
# Which event's hash a column holds, by the column with its number.
HASHES = {"head_hash": "head_seq", "event_hash": "event_seq"}
AT_ONCE = 20_000


class Cloner:
    """Copies one case over and over."""

    def __init__(self, connection: Connection, ref: str) -> None:
        self._connection = connection
        self._spelt = Spelling(connection)
        self._ids = {"lifecycle_case": [self._case_id(ref)]}
        for name in ("event", *COPIED):
            if "id" in TABLES[name].c:
                self._ids[name] = self._own_ids(TABLES[name])
        self._chain = self._templates()

    @property
    def events(self) -> int:
        """How many events one copy has."""
        return len(self._ids["event"])

    def clone(self, refs: Iterable[str]) -> list[str]:
        """A copy under each of these names, which are of plain signs."""
        made = list(refs)
        for begin in range(0, len(made), AT_ONCE):
            self._clone(made[begin : begin + AT_ONCE])
        if self._connection.dialect.name == "postgresql":
            self._count_on()
        return made

    def _clone(self, refs: list[str]) -> None:
        _MADE.create_all(self._connection)
        self._hash(refs)
        newest = {name: self._newest(name) for name in self._ids}
        for name in ("lifecycle_case", "event", *COPIED):
            if self._ids.get(name, True):
                self._copy(TABLES[name], newest)
        _MADE.drop_all(self._connection)

    def _hash(self, refs: list[str]) -> None:
        """The chain of each copy, from its beginning."""
        named = [{"n": n, "ref": ref} for n, ref in enumerate(refs)]
        begun = [{"n": n, "seq": 0, "hash": genesis(ref)} for n, ref in enumerate(refs)]
        self._connection.execute(insert(WISH), named)
        self._connection.execute(insert(LINK), begun)
        for seq, template in enumerate(self._chain, 1):
            before = select(WISH, LINK.c.hash.label("prev")).join(LINK, LINK.c.n == WISH.c.n)
            last = before.where(LINK.c.seq == seq - 1).subquery()
            said = {REF: last.c.ref, PREV: self._spelt.hexadecimal(last.c.prev)}
            parts = [said.get(part, literal(part)) for part in ELSEWHERE.split(template)]
            body = self._spelt.bytes(sum(parts[1:], parts[0])).label("body")
            bodies = select(last.c.n, body, last.c.prev).subquery()
            link = select(
                bodies.c.n,
                literal(seq),
                bodies.c.body,
                bodies.c.prev,
                self._spelt.leaf(bodies.c.body),
            )
            self._connection.execute(insert(LINK).from_select(LINK.c.keys(), link))

    def _copy(self, table: Table, newest: dict[str, int]) -> None:
        """The rows of a table for every copy."""
        values = [self._value(column, newest) for column in table.c]
        rows = select(*values).select_from(table.join(WISH, true())).where(self._of_case(table))
        ordered = rows.order_by(WISH.c.n, *table.primary_key.columns)
        self._connection.execute(insert(table).from_select(table.c.keys(), ordered))

    def _value(self, column: Column[Any], newest: dict[str, int]) -> ColumnElement[Any]:
        """What a copy has in this column."""
        table = column.table
        if table is CASE and column.name == "ref":
            return WISH.c.ref
        if table is EVENT and column.name in LINK.c and column.name != "seq":
            return _linked(column.name, EVENT.c.seq)
        if column.name in HASHES:
            return _linked("hash", table.c[HASHES[column.name]])
        parent = table.name if column.name == "id" else PARENTS.get(column.name)
        if parent is None:
            return column
        ids = self._ids[parent]
        place = case({old: n for n, old in enumerate(ids, 1)}, value=column)
        return newest[parent] + WISH.c.n * len(ids) + place

    def _templates(self) -> list[str]:
        """The body of each event, with holes for the name of the case and the hash before."""
        bodies = select(EVENT.c.body).where(self._of_case(EVENT)).order_by(EVENT.c.seq)
        said = [json.loads(body) for body in self._connection.scalars(bodies)]
        return [canonical.write({**each, "case": REF, "prev": PREV}).decode() for each in said]

    def _of_case(self, table: Table) -> ColumnElement[bool]:
        if table is CASE:
            return CASE.c.id.in_(self._ids["lifecycle_case"])
        column = next(name for name in PARENTS if name in table.c)
        return table.c[column].in_(self._ids[PARENTS[column]])

    def _own_ids(self, table: Table) -> list[int]:
        own = select(table.c.id).where(self._of_case(table)).order_by(table.c.id)
        return list(self._connection.scalars(own))

    def _case_id(self, ref: str) -> int:
        return int(
            self._connection.execute(select(CASE.c.id).where(CASE.c.ref == ref)).scalar_one()
        )

    def _newest(self, name: str) -> int:
        return int(self._connection.scalar(select(func.max(TABLES[name].c.id))) or 0)

    def _count_on(self) -> None:
        """Let PostgreSQL count on from the copies: it was not asked for their numbers."""
        for name in self._ids:
            sequence = func.pg_get_serial_sequence(name, "id")
            following = self._newest(name) + 1
            self._connection.execute(select(func.setval(sequence, following, False)))  # noqa: FBT003


def _linked(value: str, seq: ColumnElement[Any]) -> ColumnElement[Any]:
    """What the chain of a copy holds of the event with this number."""
    own = (LINK.c.n == WISH.c.n) & (LINK.c.seq == seq)
    return select(LINK.c[value]).where(own).correlate_except(LINK).scalar_subquery()
