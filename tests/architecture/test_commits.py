"""Every place where something is made to last, or a connection is had; a new one is entered here."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.support.sentences import tree_of

ROOT = Path(__file__).resolve().parents[2]
LOOKED_THROUGH = ("workflow", "web", "config", "migrations/env.py", "wsgi.py")

# What makes writes last. Everything about programmes and people goes through the first.
COMMITS = {
    "workflow.transactions.transaction.open_transaction": "the one place: whole, or not at all",
    "workflow.transactions.transaction.Transaction.commit": "the end of the one place",
    "workflow.transactions.transaction.Transaction.refuse": "what was to stay stays",
    "workflow.transactions.wire.Wire.run_last": "the same end, sent along with what is written",
    "workflow.database.transaction": "the same for what stands below the engine",
    "workflow.database._prepare_sqlite": "SQLite begins when we say so, for the place above",
    "workflow.database._begin_sqlite": "how SQLite begins a transaction of the place above",
    "workflow.people.terms.requests.carry_out": "tries what is to be asked for, and undoes it",
    "workflow.erasure.erase.sweep": "overwriting old copies of rows is possible in no transaction",
    "workflow.erasure.erase._empty_journal": "the first page as it is, so that SQLite's journal is cut off",
    "workflow.exports.ocel_sqlite.write_ocel_sqlite": "a file made for somebody, not our database",
    "workflow.tasks.liveness.Alive.__init__": "a lock held by a connection; it writes nothing",
    "workflow.tasks.liveness.Alive._held": "the same connection, anew where it was lost",
    "workflow.tasks.port.migrate": "the queue of jobs makes its own tables",
    "workflow.tasks.port.Tasks.__init__": "the queue of jobs keeps its own tables in order",
    "workflow.tasks.port.Worker.__init__": "the queue of jobs keeps its own tables in order",
    "workflow.tlog.witnesses.witness_store.WitnessStore.make": "the witness's own file",
    "workflow.tlog.witnesses.witness_store.WitnessStore.turn": "the witness's own file",
    "workflow.tlog.witnesses.witness_store.WitnessStore._connect": "the witness's own file",
    "migrations.env.run": "the tables themselves change; there is no engine yet",
}
# Who opens a transaction without an engine above it, and the engine itself.
WITHOUT_ENGINE = {
    "workflow.engine.engine.Engine.writing": "hands it to every command",
    "workflow.tlog.store.sequencer.Sequencer.take": "the log stands below the engine",
    "workflow.tlog.store.sequencer.Sequencer.step": "the log stands below the engine",
    "workflow.tlog.store.sequencer.Sequencer.release": "the log stands below the engine",
    "workflow.tlog.store.sequencer.Sequencer._reconcile": "the log stands below the engine",
    "workflow.tlog.signer.signer.Signer._publish": "the signer is a process without an engine",
    "workflow.tlog.signer.signer.Signer._show": "the signer is a process without an engine",
    "workflow.timekeeping.timekeeper.Timekeeper.vouch": "the clock is looked at before the engine acts",
    "workflow.timekeeping.timekeeper.Timekeeper._tell": "the clock is looked at before the engine acts",
    "workflow.health.heartbeats.Heartbeats.begun": "the signer is a process without an engine",
    "workflow.health.heartbeats.Heartbeats._write": "the signer is a process without an engine",
    "workflow.tlog.signer.keyring.Keyring._claimed": "the signer is a process without an engine",
}
# Connections that only read.
READS = {
    "workflow.database.reading": "what every page reads through",
    "workflow.database._end_reading": "ends what only read, on a connection that cannot write",
    "workflow.database.for_reading": "how its transactions begin: read-only, at one state of things",
    "workflow.database.for_writing": "how the one place begins; it lasts only where that commits",
    "workflow.transactions.wire.Wire._sent": "how it begins again where something was only tried",
    "workflow.database.connect": "the database itself",
    "workflow.audit.verification.verify._snapshot": "one state of things for the whole check",
    "workflow.revision.refuse_newer": "asks which revision the tables are of",
    "workflow.revision.RevisionWatch.ask_anew": "asks which revision the tables are of",
    "workflow.downgrade.is_back": "asks which revision the tables are of",
    "workflow.downgrade.losses": "tries the way back in a transaction that is undone",
    "workflow.schema._drift": "compares the tables with the models",
    "workflow.backups.sqlite.copied": "a copy of the file",
    "workflow.backups.sqlite.refuse_damaged": "a look at the copy",
    "workflow.tlog.witnesses.http.Address.post": "a connection to a witness, not a database",
}

# Other things that are begun, or called.
ELSEWHERE = {
    "Witness", "_keys_of(settings)", "background", "databases", "part", "path", "self._home",
    "self._loop", "signing",
}  # fmt: skip

MAKERS = {
    "Session",
    "ReadingSession",
    "sessionmaker",
    "scoped_session",
    "create_engine",
    "DBOS",
    "DBOSClient",
}
ACTS = {"begin", "begin_nested", "commit", "raw_connection", "executescript", "connect"}
SENDS = {"execute", "exec_driver_sql", "text"}
ORDERS = ("begin", "commit", "vacuum")

Found = Iterator[tuple[str, ast.AST]]


def test_nothing_is_made_to_last_but_where_it_is_known() -> None:
    found = {name for name, node in everything() if lasts(node)}

    known = COMMITS.keys() | READS.keys()
    print(f"to the tables of programmes and people commits 1 place, elsewhere {len(COMMITS) - 8}")
    assert sorted(found - known) == [], "use engine.transaction(), or enter it with its reason"
    assert sorted(known - found) == [], "nothing is there any more"


def test_only_what_stands_below_the_engine_opens_a_transaction_without_it() -> None:
    found = {name for name, node in everything() if opens(node)}

    assert found == WITHOUT_ENGINE.keys()


@pytest.mark.parametrize(
    "line",
    [
        "session.commit()",
        "with Session(database) as s, s.begin(): pass",
        "connection.execute(text('COMMIT'))",
        "create_engine(url, isolation_level='AUTOCOMMIT')",
        "sqlite3.connect(path)",
        "dbapi.isolation_level = None",
    ],
)
def test_the_search_finds_what_it_looks_for(line: str) -> None:
    assert any(lasts(node) for node in ast.walk(ast.parse(line)))


@cache
def everything() -> tuple[tuple[str, ast.AST], ...]:
    """Every piece of our code with the function that it stands in."""
    return tuple(_everything())


def _everything() -> Found:
    for each in LOOKED_THROUGH:
        root = ROOT / each
        for file in [root] if root.is_file() else sorted(root.rglob("*.py")):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            yield from within(module, tree_of(file))


def within(name: str, node: ast.AST) -> Found:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        yield name, child
        yield from within(f"{name}.{child.name}" if named else name, child)


def lasts(node: ast.AST) -> bool:
    """Whether this can make writes last, or hands out something that can."""
    match node:
        case ast.Attribute(attr="isolation_level", ctx=ast.Store()):
            return True
        case ast.keyword(arg="isolation_level"):
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in MAKERS or (name in SENDS and orders(node))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="DBOS"), attr="migrate")):
            return True
        case ast.Call(func=ast.Attribute(attr=name, value=of)):
            ours = name in ACTS and ast.unparse(of) not in ELSEWHERE
            return ours or (name in SENDS and orders(node))
    return False


def orders(call: ast.Call) -> bool:
    words = (each.value for each in ast.walk(call) if isinstance(each, ast.Constant))
    return any(isinstance(word, str) and word.lower().startswith(ORDERS) for word in words)


def opens(node: ast.AST) -> bool:
    """Whether this opens a transaction itself."""
    if not isinstance(node, ast.Call):
        return False
    return ast.unparse(node.func) in {"transaction", "databases.transaction", "open_transaction"}
