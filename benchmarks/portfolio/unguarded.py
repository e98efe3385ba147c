"""A database without triggers and without the indexes that no constraint needs, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

FOUND = {
    "sqlite": "select type, name, sql from sqlite_master"
    " where type in ('index', 'trigger') and sql is not null",
    "postgresql": "select 'index', c.relname, pg_get_indexdef(c.oid) from pg_class c"
    " join pg_index i on i.indexrelid = c.oid join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'public'"
    " and not exists (select 1 from pg_constraint k where k.conindid = c.oid)",
}
MASTER = "select rolsuper from pg_roles where rolname = current_user"
TABLES = "select distinct event_object_table from information_schema.triggers"


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Take both away, and bring them back at the end; whoever writes keeps in step what triggers would.

    On PostgreSQL triggers stand aside, and those of foreign keys too for whoever may say so.
    """
    kind = connection.dialect.name
    found = connection.exec_driver_sql(FOUND[kind]).all()
    aside = list(_standing_aside(connection)) if kind == "postgresql" else []
    for what, name, _ in found:
        connection.exec_driver_sql(f'drop {what} "{name}"')
    yield
    for _, _, made in found:
        connection.exec_driver_sql(made)
    for table in aside:
        connection.exec_driver_sql(f'alter table "{table}" enable trigger user')


def _standing_aside(connection: Connection) -> Iterator[str]:
    """Let triggers stand aside; the tables at which they were told one by one."""
    if connection.exec_driver_sql(MASTER).scalar():
        connection.exec_driver_sql("set local session_replication_role = replica")
        return
    for table in connection.exec_driver_sql(TABLES).scalars().all():
        connection.exec_driver_sql(f'alter table "{table}" disable trigger user')
        yield table
