"""How Alembic reaches the database: every revision asked for in one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from workflow.database import Instant, connect
from workflow.schema import METADATA, ours


def plain(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column type as SQLAlchemy's, so that revisions need none of our code."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def run(url: str) -> None:
    """Run the revisions that were asked for on the database at `url`."""
    engine = connect(url)
    try:
        with engine.begin() as connection:
            run_on(connection)
    finally:
        engine.dispose()


def run_on(connection: Connection) -> None:
    """Run them in a transaction that somebody else ends."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        compare_type=True,
        include_name=ours,
        render_item=plain,
        render_as_batch=False,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    run(context.config.attributes["url"])
else:
    run_on(given)
