"""How Alembic reaches the database: every revision asked for in one transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

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
            context.configure(
                connection=connection,
                target_metadata=METADATA,
                compare_type=True,
                include_name=ours,
                render_item=plain,
                render_as_batch=False,
            )
            context.run_migrations()
    finally:
        engine.dispose()


run(context.config.attributes["url"])
