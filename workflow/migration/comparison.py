"""A database compared with what the models say, table by table."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData


def differences(connection: Connection, models: MetaData, include: Any) -> Any:
    """What would have to be changed in a database for it to be what the models say."""
    chosen = {"compare_type": True, "include_name": include}
    return compare_metadata(MigrationContext.configure(connection, opts=chosen), models)
