"""Every test that asks for a database has a migrated one to itself."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.support import databases
from tests.support.run import runs


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def leave_a_mark(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("create table mark (id integer)"))
    engine.dispose()


def test_a_database_is_migrated(database_url: str) -> None:
    assert "alembic_version" in tables(database_url)


@pytest.mark.postgresql
def test_two_databases_of_one_test_share_nothing(tmp_path: Path) -> None:
    for fresh in (databases.fresh_postgresql, lambda: databases.fresh_sqlite(tmp_path)):
        with fresh() as first, fresh() as second:
            leave_a_mark(first)

            assert "mark" in tables(first)
            assert "mark" not in tables(second)


def test_an_empty_database_has_no_tables(empty_postgresql_url: str) -> None:
    assert tables(empty_postgresql_url) == set()


def test_a_run_removes_what_a_killed_one_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(runs.RUN, "")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    for name, owner in (("killed", gone.pid), ("running", os.getpid())):
        folder = tmp_path / f"{runs.PREFIX}{name}"
        folder.mkdir()
        (folder / "owner").write_text(str(owner))

    runs.begin_run()

    left = {path.name.removeprefix(runs.PREFIX) for path in tmp_path.iterdir()}
    assert "killed" not in left
    assert "running" in left
