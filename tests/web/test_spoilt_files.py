"""A database of one file that is full, held, spoilt or incomplete is told in a sentence, or stays a fault."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.support.deciding import opened
from tests.support.visitors import entrance, words
from tests.support.world import NURSES, World
from tests.web.test_unavailable import objection_in
from web import logs
from workflow.faults.repetition import Sparing

TITLE = "Wells for all " + "and for everybody " * 10


@pytest.fixture(autouse=True)
def sparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is left out because of what an earlier test wrote."""
    monkeypatch.setattr(logs, "sparing", Sparing())


@pytest.fixture
def file_world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    yield world
    world.engine.database.dispose()


def spoilt_by(world: World, pragma: str) -> None:
    """Have every connection from now on begin with this pragma."""
    world.engine.database.dispose()
    event.listen(
        world.engine.database, "connect", lambda dbapi, _record: dbapi.execute(f"pragma {pragma}")
    )


@pytest.mark.parametrize(
    ("pragma", "status", "sentence"),
    [
        ("max_page_count=1", 507, "The disk is full."),
        ("query_only=on", 503, "The database can only be read at present."),
    ],
)
def test_a_file_that_takes_nothing_is_told_in_a_sentence(
    file_world: World, tmp_path: Path, pragma: str, status: int, sentence: str
) -> None:
    joao = entrance(file_world, tmp_path)("joao.lima")
    form = {**opened(joao, "/proposals/new"), "party": str(file_world.party("moz"))}
    spoilt_by(file_world, pragma)

    until_full = (
        joao.flask.post("/proposals/new", data={**form, "title": TITLE, "key": f"{number:032}"})
        for number in range(200)
    )
    told = next(each for each in until_full if each.status_code != 303)

    assert told.status_code == status
    assert sentence in words(told)
    assert TITLE in words(told)
    assert "Tell those who run this site" in words(told)
    assert told.headers["Retry-After"] == "120"


@pytest.mark.proof(apart=True)
def test_a_file_that_somebody_holds_is_told_in_a_sentence(
    file_world: World, tmp_path: Path
) -> None:
    objection = objection_in(file_world, tmp_path, NURSES)
    spoilt_by(file_world, "busy_timeout=50")
    holder = sqlite3.connect(str(file_world.engine.database.url.database), isolation_level=None)
    holder.execute("begin exclusive")

    told = objection.sent()
    holder.close()

    assert told.status_code == 503
    assert "Something else holds the database for long." in words(told)
    assert objection.sent().status_code == 303


def test_a_file_that_is_no_database_is_told_in_a_sentence(
    file_world: World, tmp_path: Path
) -> None:
    priya = entrance(file_world, tmp_path)("priya.menon")
    file_world.engine.database.dispose()
    place = Path(str(file_world.engine.database.url.database))
    place.write_bytes(b"no database, but a letter of somebody to somebody. " * 200)

    told = priya.get("/queue")

    assert told.status_code == 503
    assert "The database or its disk cannot be read." in words(told)


def test_a_table_that_is_missing_stays_a_fault(
    file_world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    priya = entrance(file_world, tmp_path)("priya.menon")
    with file_world.engine.database.connect() as connection:
        connection.exec_driver_sql("pragma foreign_keys=off")
        connection.exec_driver_sql("alter table seat rename to chair")
        connection.commit()

    answer = priya.get("/queue")

    assert answer.status_code == 500
    assert "Traceback" in capfd.readouterr().err
