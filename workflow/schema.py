"""The schema: every table of the house, and whether a database is what the models say."""

from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from workflow.audit import models as audit
from workflow.audit.append_only import closed
from workflow.database import Base, alembic_config, connect
from workflow.dossiers import models as dossiers
from workflow.engine import duty_models as duties
from workflow.engine import models as engine
from workflow.erasure import register
from workflow.frameworks import models as frameworks
from workflow.health import models as health
from workflow.notices import models as notices
from workflow.oversight import models as oversight
from workflow.people import models as people
from workflow.programmes import models as programmes
from workflow.revision import other_release, revisions
from workflow.timekeeping import models as clocks
from workflow.tlog.store import models as tlog
from workflow.tlog.witnesses import models as witnesses

__all__ = ["METADATA", "RECORDS", "TASK_TABLES", "closed", "drift", "ours"]

# Importing a room's records is what puts its tables into the metadata.
RECORDS = (
    audit, tlog, people, notices, engine, duties, register, frameworks, programmes, witnesses,
    oversight, health, clocks, dossiers,
)  # fmt: skip
METADATA = Base.metadata

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


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a thing found in a database is ours to compare with the models."""
    return kind != "table" or name not in TASK_TABLES


def drift(url: str) -> list[str]:
    """A sentence for each way in which the database at `url` is not what this release expects.

    Refuses one that a newer release migrated.
    """
    database = connect(url)
    head = ScriptDirectory.from_config(alembic_config(url)).get_current_head()
    try:
        with database.connect().execution_options(reading=True) as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_name": ours}
            )
            here = context.get_current_revision() or "none"
            if here not in {"none", *revisions()}:
                raise other_release(here)
            if here != head:
                return [f"The database is at revision {here}, not at {head}: migrate it."]
            return [*_sentences(compare_metadata(context, METADATA)), *closed(connection)]
    finally:
        database.dispose()


def _sentences(differences: Any) -> Iterator[str]:
    for difference in differences:
        if isinstance(difference, list):
            yield from _sentences(difference)
        else:
            yield f"The models say otherwise: {' '.join(map(str, difference))}."
