"""Many copies of many cases: one statement for each table writes all of some copies at once.

A copy has its own name, numbers and chain, and else says what its original says.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    case,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    table,
    true,
    update,
)
from sqlalchemy.orm import Session

from benchmarks.portfolio.belonging import copied, of_chosen, parent_of
from benchmarks.portfolio.pattern import TABLES
from benchmarks.spelling import Spelling
from workflow.framework_pages.comparison import make_follow

EVENTS_AT_ONCE = 400_000
WORDS = "programme_words"
_MADE = MetaData()
TEMPORARY: dict[str, Any] = {"prefixes": ["temporary"]}
CHOSEN = Table(
    "chosen_case", _MADE, Column("id", Integer, primary_key=True), Column("ref", String),
    Column("key", String), **TEMPORARY,
)  # fmt: skip
WISH = Table("wished_copy", _MADE, Column("n", Integer, primary_key=True), **TEMPORARY)
LINK = Table(
    "copied_link", _MADE, *(Column(each, Integer, primary_key=True) for each in ("n", "case_id", "seq")),
    Column("body", LargeBinary), Column("prev", LargeBinary), Column("hash", LargeBinary),
    **TEMPORARY,
)  # fmt: skip
# Which event's hash a column holds, by the column with its number.
HASHES = {"head_hash": "head_seq", "event_hash": "event_seq"}


class Many:
    """Writes copies of these cases, named after them, a letter and a number."""

    def __init__(self, connection: Connection, originals: Sequence[int], letter: str) -> None:
        self._connection = connection
        self._spelt = Spelling(connection)
        self._letter = letter
        _MADE.drop_all(connection)
        _MADE.create_all(connection)
        self._choose(originals)
        self._of = {each.name: self._put_aside(each) for each in copied()}
        self._connection.exec_driver_sql("create index original_seq on original_event (seq)")
        self._connection.exec_driver_sql(
            "create index original_in_case on original_event (case_id, seq)"
        )
        self._spans = {name: self._span(name) for name in self._of if "id" in TABLES[name].c}

    def write(self, times: int) -> None:
        """So many copies of each, and what the database keeps in step with them."""
        event = self._of["event"]
        most = max(1, EVENTS_AT_ONCE // self._asked(select(func.count()).select_from(event)))
        for begin in range(0, times, most):
            self._some(range(begin, min(times, begin + most)))
        self._count(self._spans["lifecycle_case"][0])
        for name in self._of:
            self._connection.exec_driver_sql(f"drop table original_{name}")

    def _some(self, numbers: range) -> None:
        """The copies with these numbers."""
        for each in (WISH, LINK):
            # What is deleted stays in its place until the end, and would be gone through every time.
            each.drop(self._connection)
            each.create(self._connection)
        self._connection.execute(insert(WISH), [{"n": n} for n in numbers])
        self._analyze(WISH.name)
        for seq in range(1, self._asked(select(func.max(self._of["event"].c.seq))) + 1):
            self._link(seq)
            # Often while there are few links, and ever more rarely: to count them takes as long as to write them.
            if not seq & seq - 1:
                self._analyze(LINK.name)
        self._analyze(LINK.name)
        for name in self._of:
            self._copy(TABLES[name])

    def _choose(self, originals: Sequence[int]) -> None:
        case_, imported = TABLES["lifecycle_case"], TABLES["imported_programme"]
        told = select(case_.c.id, case_.c.ref, func.coalesce(imported.c.external_key, ""))
        told = told.outerjoin(imported, imported.c.case_id == case_.c.id)
        rows = self._connection.execute(told.where(case_.c.id.in_(originals))).all()
        chosen = [dict(zip(CHOSEN.c.keys(), row, strict=True)) for row in rows]
        self._connection.execute(insert(CHOSEN), chosen)
        self._analyze(CHOSEN.name)

    def _put_aside(self, of: Table) -> FromClause:
        """The rows of a table that belong to what is copied."""
        name = f"original_{of.name}"
        self._connection.exec_driver_sql(
            f"create temporary table {name} as select * from {of.name} where {of_chosen(of)}"
        )
        self._analyze(name)
        return table(name, *(column(each.name, each.type) for each in of.c))

    def _span(self, name: str) -> tuple[int, int]:
        """After which number copies begin, and by how much those of each are further on."""
        newest = self._asked(select(func.max(TABLES[name].c.id)))
        return newest, self._asked(select(func.max(self._of[name].c.id)))

    def _link(self, seq: int) -> None:
        """Hash the events of this number in every chain."""
        event, before = self._of["event"], LINK.alias()
        last = (before.c.n == WISH.c.n) & (before.c.case_id == event.c.case_id)
        prev = func.coalesce(before.c.hash, self._spelt.genesis(self._named(CHOSEN.c.ref)))
        chains = event.join(CHOSEN, CHOSEN.c.id == event.c.case_id).join(WISH, true())
        chains = chains.outerjoin(before, last & (before.c.seq == seq - 1))
        body = self._body(event, prev).label("body")
        linked = select(WISH.c.n, event.c.case_id, body, prev.label("prev"))
        # Written out once: each body is hashed and kept.
        told = linked.select_from(chains).where(event.c.seq == seq).cte("told")
        told = told.prefix_with("materialized")
        hashed = select(
            told.c.n, told.c.case_id, literal(seq), told.c.body, told.c.prev, self._spelt.leaf(told.c.body)
        )  # fmt: skip
        self._connection.execute(insert(LINK).from_select(LINK.c.keys(), hashed))

    def _body(self, event: FromClause, prev: ColumnElement[Any]) -> ColumnElement[Any]:
        """What the copy of an event says: its own name, and what its chain came to before."""
        ref, key, hexadecimal = CHOSEN.c.ref, CHOSEN.c.key, self._spelt.hexadecimal
        said = self._spelt.text(event.c.body)
        said = func.replace(said, _quoted(ref), _quoted(self._named(ref)))
        said = func.replace(said, hexadecimal(event.c.prev), hexadecimal(prev))
        keyed = literal('"external_key":')
        its, new = keyed.concat(_quoted(key)), keyed.concat(_quoted(self._named(key)))
        return self._spelt.bytes(case((key == "", said), else_=func.replace(said, its, new)))

    def _copy(self, of: Table) -> None:
        """The rows of a table for every copy that is wished for."""
        rows = self._of[of.name]
        parent = "case_id" if "case_id" in of.c else "id"
        many = rows.join(WISH, true())
        if of.name == "event":
            many = many.join(LINK, self._is_linked(rows.c.case_id, rows.c.seq))
        if "case_id" in of.c or of.name == "lifecycle_case":
            many = many.join(CHOSEN, CHOSEN.c.id == rows.c[parent])
        values = [self._value(each, rows) for each in of.c]
        key = [rows.c[each.name] for each in of.primary_key]
        made = select(*values).select_from(many).order_by(WISH.c.n, *key)
        self._connection.execute(insert(of).from_select(of.c.keys(), made))

    def _value(self, of: Column[Any], rows: FromClause) -> ColumnElement[Any]:
        """What a copy has in this column."""
        own = rows.c[of.name]
        if of.name == "ref":
            return self._named(own)
        if of.name == "external_key":
            return self._named(own)
        if of.name == "search_text":
            return func.replace(
                own, func.lower(CHOSEN.c.ref), func.lower(self._named(CHOSEN.c.ref))
            )
        if of.name in HASHES or (of.table.name == "event" and of.name in {"body", "prev", "hash"}):
            return self._linked(of, rows)
        parent = parent_of(of)
        if parent not in self._spans:
            return own
        newest, span = self._spans[parent]
        return own + (newest + WISH.c.n * span)

    def _linked(self, of: Column[Any], rows: FromClause) -> ColumnElement[Any]:
        """What the chain of a copy holds of the event that a row is about."""
        case_id = rows.c["id" if of.table.name == "lifecycle_case" else "case_id"]
        seq = rows.c[HASHES.get(of.name, "seq")]
        if of.table.name == "event":
            return LINK.c[of.name]
        found = select(LINK.c.hash).where(self._is_linked(case_id, seq))
        return found.correlate_except(LINK).scalar_subquery()

    def _is_linked(
        self, case_id: ColumnElement[Any], seq: ColumnElement[Any]
    ) -> ColumnElement[bool]:
        """Whether a link is that of the event with this number in the copy of a case."""
        return (LINK.c.n == WISH.c.n) & (LINK.c.case_id == case_id) & (LINK.c.seq == seq)

    def _named(self, original: ColumnElement[Any]) -> ColumnElement[Any]:
        number = cast(WISH.c.n, Text)
        return original.concat(f"-{self._letter}").concat(number)

    def _count(self, newest: int) -> None:
        """Count the copies, which have numbers above this one, as triggers would have."""
        listed, change = TABLES["listed_programme"], TABLES["portfolio_change"]
        kinds = [listed.c[name] for name in ("framework_id", "stage", "private")]
        more = select(*kinds, func.count()).where(listed.c.case_id > newest).group_by(*kinds)
        counted = [*(each.name for each in kinds), "number"]
        self._connection.execute(insert(change).from_select(counted, more))
        histories = select(func.count()).select_from(TABLES["history_news"]).scalar_subquery()
        self._connection.execute(update(TABLES["history_tally"]).values(number=histories))
        with (
            Session(self._connection, join_transaction_mode="create_savepoint") as session,
            session.begin(),
        ):
            make_follow(session)
        if self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(
                f"insert into {WORDS} (rowid, search_text)"
                f" select case_id, search_text from programme where case_id > {newest}"
            )

    def _analyze(self, name: str) -> None:
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"analyze {name}")

    def _asked(self, question: Any) -> int:
        return int(self._connection.scalar(question) or 0)


def _quoted(text: ColumnElement[Any]) -> ColumnElement[Any]:
    return literal('"').concat(text).concat('"')
