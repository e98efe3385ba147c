"""Every way to a PostgreSQL server leads to one that answers."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support import postgres
from tests.support.run import runs

pytestmark = [pytest.mark.postgresql, pytest.mark.processes]


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="primemover-tests-") as name:
        yield Path(name)


@contextmanager
def launched(binaries: Path, folder: Path, source: str) -> Iterator[postgres.Server]:
    server = postgres.launch(binaries, folder, source)
    try:
        yield server
    finally:
        server.stop()


def ask(url: str, question: str) -> object:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return connection.execute(text(question)).scalar_one()
    finally:
        engine.dispose()


def test_the_wheel_carries_a_server_that_answers(folder: Path) -> None:
    with launched(postgres.wheel_binaries(folder), folder, "wheel") as server:
        assert ask(server.url, "select 1") == 1


@pytest.mark.proof(apart=True)
def test_a_server_of_the_system_answers(folder: Path) -> None:
    binaries = postgres.system_binaries()
    if binaries is None:
        pytest.skip("this machine has no PostgreSQL of its own; the wheel's is tested instead")

    with launched(binaries, folder, "system") as server:
        assert ask(server.url, "select 1") == 1


def test_a_given_server_is_preferred_and_left_running(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = runs.running()
    monkeypatch.setenv(postgres.GIVEN, ours.url.replace("postgresql+psycopg", "postgresql"))

    server = postgres.start(folder)
    server.stop()

    assert server == postgres.Server(ours.url, "given")
    assert ask(server.url, "select 1") == 1


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    (folder / "initdb").write_text("#!/bin/sh\necho 'the disk is full'; exit 1\n")
    for name in ("initdb", "postgres"):
        (folder / name).touch()
        (folder / name).chmod(0o755)
    (folder / "postgres").write_text("#!/bin/sh\necho 'postgres 16'\n")

    with pytest.raises(postgres.NoServer, match="the disk is full"):
        postgres.launch(folder, folder, "broken")


def test_the_server_folds_case_as_unicode_does(postgresql_url: str) -> None:
    assert ask(postgresql_url, "select lower('ÉÇ')") == "éç"
