"""A database without triggers, and without the indexes and constraints that can be had back, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

ON_SQLITE = (
    "select type, name, sql from sqlite_master"
    " where type in ('index', 'trigger') and sql is not null"
)
INDEXES = (
    "select c.relname, pg_get_indexdef(c.oid) from pg_class c"
    " join pg_index i on i.indexrelid = c.oid join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'public'"
    " and not exists (select 1 from pg_constraint k where k.conindid = c.oid)"
)
# What refers to other rows goes first and comes last: it stands on what says that they are unique.
CONSTRAINTS = (
    "select r.relname, k.conname, pg_get_constraintdef(k.oid) from pg_constraint k"
    " join pg_class r on r.oid = k.conrelid join pg_namespace n on n.oid = k.connamespace"
    " where n.nspname = 'public' and k.contype in ('f', 'u') order by k.contype, r.relname, k.conname"
)
GUARDED = (
    "select distinct event_object_table from information_schema.triggers"
    " where event_object_schema = 'public'"
)
COUNTED = (
    "select t.relname, s.oid::regclass from pg_class s join pg_namespace n on n.oid = s.relnamespace"
    " join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i')"
    " join pg_class t on t.oid = d.refobjid"
    " join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid"
    " where n.nspname = 'public' and s.relkind = 'S' and a.attname = 'id'"
)
# Indexes are built in memory, and so is what is sorted before it is written.
ROOM = ("maintenance_work_mem = '1GB'", "work_mem = '256MB'")


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Take all three away, and bring them back at the end; whoever writes keeps in step what triggers would.

    On PostgreSQL numbers are counted on from what was written.
    """
    aside = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    with aside(connection):
        yield


@contextmanager
def _sqlite(connection: Connection) -> Iterator[None]:
    found = connection.exec_driver_sql(ON_SQLITE).all()
    for what, name, _ in found:
        connection.exec_driver_sql(f'drop {what} "{name}"')
    yield
    for _, _, made in found:
        connection.exec_driver_sql(made)


@contextmanager
def _postgresql(connection: Connection) -> Iterator[None]:
    """Triggers that check what rows refer to run row by row; taken away, all are checked at once."""
    for room in ROOM:
        connection.exec_driver_sql(f"set local {room}")
    constraints, indexes = (connection.exec_driver_sql(x).all() for x in (CONSTRAINTS, INDEXES))
    guarded = connection.exec_driver_sql(GUARDED).scalars().all()
    for table, name, _ in constraints:
        connection.exec_driver_sql(f'alter table "{table}" drop constraint "{name}"')
    for name, _ in indexes:
        connection.exec_driver_sql(f'drop index "{name}"')
    for table in guarded:
        connection.exec_driver_sql(f'alter table "{table}" disable trigger user')
    yield
    for _, made in indexes:
        connection.exec_driver_sql(made)
    for table, name, made in reversed(constraints):
        connection.exec_driver_sql(f'alter table "{table}" add constraint "{name}" {made}')
    for table in guarded:
        connection.exec_driver_sql(f'alter table "{table}" enable trigger user')
    for table, sequence in connection.exec_driver_sql(COUNTED).all():
        following = f'select coalesce(max(id), 0) + 1 from "{table}"'
        connection.exec_driver_sql(f"select setval('{sequence}', ({following}), false)")
