"""The schema: every table of the house, and whether a database is what the models say."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect

from workflow.audit import models as audit
from workflow.audit.append_only import closed
from workflow.bodies import models as bodies
from workflow.database import Base, connect
from workflow.deferred import deferred
from workflow.discussions import models as discussions
from workflow.engine import declared_models as declared
from workflow.engine import document_models as documents
from workflow.engine import duty_models as duties
from workflow.engine import models as engine
from workflow.engine.children import models as children
from workflow.engine.children import schedule_models as schedules
from workflow.engine.offers import models as offers
from workflow.engine.texts import models as texts
from workflow.erasure import register
from workflow.evaluations import models as evaluations
from workflow.forecast import models as forecasts
from workflow.frameworks import models as frameworks
from workflow.health import demonstration
from workflow.health import models as health
from workflow.ledger import models as ledger
from workflow.notices import models as notices
from workflow.orders import models as orders
from workflow.oversight import models as oversight
from workflow.partners import models as partners
from workflow.people import models as people
from workflow.people.groupings import models as groupings
from workflow.people.reporting import models as reporting
from workflow.programmes import models as programmes
from workflow.programmes.knowledge import models as knowledge
from workflow.programmes.lead_groups import models as leading
from workflow.programmes.lists import models as lists
from workflow.publication import models as publication
from workflow.results import models as results
from workflow.revision import (
    VERSIONS,
    known,
    other_release,
    revision_of,
    revisions,
    would_be_made,
)
from workflow.sharing import models as sharing
from workflow.timekeeping import models as clocks
from workflow.tlog.store import models as tlog
from workflow.tlog.witnesses import models as witnesses
from workflow.working_copies import models as working_copies

__all__ = ["METADATA", "RECORDS", "TASK_TABLES", "closed", "drift", "drift_at_start", "ours"]

if TYPE_CHECKING:
    from workflow.migration.comparison import differences
else:
    differences = deferred("workflow.migration.comparison", "differences")

# Importing a room's records is what puts its tables into the metadata.
RECORDS = (
    audit, tlog, people, bodies, demonstration, notices, engine, documents, declared, duties, offers, texts, register, frameworks, programmes, witnesses,
    oversight, health, clocks, orders, lists, working_copies, publication, forecasts, children, schedules, ledger,
    results, sharing, evaluations, knowledge, reporting, partners, groupings, discussions,
    leading,
)  # fmt: skip
METADATA = Base.metadata
# The columns of each table, by their names.
Shape = Mapping[str, frozenset[str]]

# The task engine keeps its own tables: on SQLite among ours, on PostgreSQL in their own schema.
TASK_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)


# What programmes, lessons and what countries share are searched by: indexes over words, on SQLite tables of FTS5.
WORDS = ("programme_words", "lesson_words", "shared_words")


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a thing found in a database is ours to compare with the models."""
    if any(words in (name or "") for words in WORDS):
        return False
    return kind != "table" or name not in TASK_TABLES


def drift(url: str) -> list[str]:
    """A sentence for each way in which the database at `url` is not what this release expects.

    Refuses one that a newer release migrated.
    """
    return _drift(url, _compared)


def drift_at_start(url: str) -> list[str]:
    """The same, but types and constraints are compared only where a table or a column is amiss."""
    return _drift(url, lambda at: _compared(at) if _shape_of(at) != _shape() else [])


def _drift(url: str, compare: Callable[[Connection], list[str]]) -> list[str]:
    if would_be_made(url):
        return [_behind("")]
    database = connect(url)
    try:
        with database.connect().execution_options(reading=True) as connection:
            here = revision_of(connection)
            if here and here not in revisions():
                raise other_release(here)
            if here != known():
                return [_behind(here)]
            return [*compare(connection), *closed(connection)]
    finally:
        database.dispose()


def _behind(here: str) -> str:
    return f"The database is at revision {here or 'none'}, not at {known()}: migrate it."


def _compared(connection: Connection) -> list[str]:
    return list(_sentences(differences(connection, METADATA, ours)))


def _shape() -> Shape:
    return {name: frozenset(table.columns.keys()) for name, table in METADATA.tables.items()}


def _shape_of(connection: Connection) -> Shape:
    """The columns of each of our tables in a database."""
    found = inspect(connection).get_multi_columns()
    return {
        name: frozenset(column["name"] for column in columns)
        for (_, name), columns in found.items()
        if name != VERSIONS and ours(name, "table", None)
    }


def _sentences(found: Any) -> Iterator[str]:
    for difference in found:
        if isinstance(difference, list):
            yield from _sentences(difference)
        else:
            yield f"The models say otherwise: {' '.join(map(str, difference))}."
