"""The tables taken back to an earlier revision, and what would be lost with that, tried and undone before."""

from collections.abc import Iterator
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, cast, column, func, inspect, select, table

from workflow.database import connect
from workflow.errors import Invalid
from workflow.migration.upgrade import alembic_config
from workflow.phrase import Phrase, counted, phrase
from workflow.revision import VERSIONS, known, revision_of, revisions
from workflow.schema import TASK_TABLES

# What a column holds where nobody said anything, besides its default; none is left out by every comparison.
NOTHING = ("", "0", "false")
# The columns of each table, by their names, and what each holds by default.
Columns = dict[str, dict[str, str]]


def refuse_unknown(revision: str) -> None:
    """Refuse to go to a revision that no release ever had."""
    if revision not in revisions():
        raise Invalid(
            phrase(
                "There is no revision %(revision)s; this program knows %(first)s to %(last)s.",
                revision=revision, first=revisions()[0], last=known(),
            )
        )  # fmt: skip


def is_back(url: str, revision: str) -> bool:
    """Whether `revision` is behind the one that the database at `url` is at."""
    database = connect(url)
    try:
        with database.connect().execution_options(reading=True) as connection:
            here = revision_of(connection)
    finally:
        database.dispose()
    return bool(here) and revisions().index(revision) < revisions().index(here)


def losses(url: str, revision: str) -> list[Phrase]:
    """What the database at `url` would lose on the way back: tried in a transaction that is undone."""
    database = connect(url)
    try:
        with database.connect() as connection:
            before = _columns(connection)
            _go(connection, url, revision)
            after = _columns(connection)
            connection.rollback()
            return list(_lost(connection, before, after))
    finally:
        database.dispose()


def take_back(url: str, revision: str) -> None:
    """Take the database at `url` back to `revision`; what only later revisions hold is lost."""
    command.downgrade(alembic_config(url), revision)


def _go(connection: Connection, url: str, revision: str) -> None:
    config = alembic_config(url)
    config.attributes["connection"] = connection
    command.downgrade(config, revision)


def _columns(connection: Connection) -> Columns:
    looked = inspect(connection)
    ours = set(looked.get_table_names()) - TASK_TABLES - {VERSIONS}
    return {
        name: {each["name"]: _unquoted(each["default"]) for each in looked.get_columns(name)}
        for name in ours
    }


def _unquoted(default: str | None) -> str:
    """The text that a column holds by default: what stands in quotes, or nothing."""
    return default.split("'")[1] if default and "'" in default else ""


def _lost(connection: Connection, before: Columns, after: Columns) -> Iterator[Phrase]:
    """A sentence for each table and column with something in it that would be gone."""
    again = _coming_again()
    for name in sorted(before.keys() - again):
        if name not in after:
            rows = _count(connection, name)
            if rows:
                yield counted(
                    "%(num)s row of the table %(table)s", "%(num)s rows of the table %(table)s",
                    rows, table=name,
                )  # fmt: skip
            continue
        for gone in sorted(before[name].keys() - after[name].keys()):
            if f"{name}.{gone}" in again:
                continue
            rows = _count(connection, name, gone, before[name][gone])
            if rows:
                yield counted(
                    "what %(num)s row of the table %(table)s holds as %(column)s",
                    "what %(num)s rows of the table %(table)s hold as %(column)s",
                    rows, table=name, column=gone,
                )  # fmt: skip


def _count(connection: Connection, name: str, holding: str = "", unsaid: str = "") -> int:
    rows: Any = select(func.count()).select_from(table(name))
    if holding:
        rows = rows.where(cast(column(holding), String).not_in((*NOTHING, unsaid)))
    return int(connection.scalar(rows) or 0)


def _coming_again() -> set[str]:
    """The tables, and columns as “table.column”, of which their migrations say that they are made anew."""
    scripts = ScriptDirectory.from_config(alembic_config("")).walk_revisions()
    return {name for script in scripts for name in getattr(script.module, "comes_again", ())}
