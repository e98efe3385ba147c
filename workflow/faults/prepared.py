"""Statements that a connection keeps prepared, and what to do once the tables under them were changed."""

from typing import Any

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

# Statements that stay prepared on one connection to PostgreSQL: what all pages and acts ask together.
# With fewer, each page would drive out what the next one asks.
PREPARED = 500


def keep_prepared(dbapi: Any, _record: ConnectionPoolEntry) -> None:
    """Let a connection keep prepared what every page asks."""
    dbapi.prepared_max = PREPARED


def outdated(fault: BaseException | None) -> bool:
    """Whether what was prepared before tables were changed no longer fits them: asked anew it does."""
    # https://www.postgresql.org/docs/current/errcodes-appendix.html: feature not supported.
    return getattr(fault, "sqlstate", None) == "0A000" and "cached plan" in str(fault)


def begin_anew_where_outdated(context: ExceptionContext) -> None:
    """Have connections whose prepared statements no longer fit replaced, this one and all others."""
    if outdated(context.original_exception):
        context.is_disconnect = True
