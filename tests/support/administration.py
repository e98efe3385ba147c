"""Making, naming and dropping the databases of a PostgreSQL server."""

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url


def named(url: str, name: str) -> str:
    """The address, for SQLAlchemy, of the database called `name` on the server at `url`."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def plain(url: str) -> str:
    """An address of SQLAlchemy's as PostgreSQL's own programs write it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def connected(url: str) -> psycopg.Connection:
    """A connection that commits each statement."""
    return psycopg.connect(plain(url), autocommit=True)


def overlooked(url: str) -> psycopg.Connection:
    """A connection that commits each statement, before which triggers and foreign keys look away.

    It is so from its first statement on: to say so later throws away what it has planned.
    """
    looking_away = "-c session_replication_role=replica"
    return psycopg.connect(plain(url), autocommit=True, options=looking_away)


def create(url: str, name: str, *, template: str) -> None:
    """Make a database as a copy of another."""
    with connected(url) as connection:
        copying = " strategy file_copy" if connection.info.server_version >= 150000 else ""
        connection.execute(
            sql.SQL("create database {} template {}" + copying).format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def disconnect(url: str, name: str) -> None:
    """End what is connected to a database: an open connection forbids copying it."""
    with connected(url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
        )


def drop(url: str, name: str) -> None:
    """Drop a database, whoever is connected to it."""
    with connected(url) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def drop_all(url: str, tag: str) -> None:
    """Drop every database with this tag in its name."""
    with connected(url) as connection:
        rows = connection.execute("select datname from pg_database where datname ~ %s", [tag])
        tagged = [name for (name,) in rows]
    for name in tagged:
        drop(url, name)
