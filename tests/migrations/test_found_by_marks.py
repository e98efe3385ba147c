"""On SQLite a question by a mark that is set is answered from the index of the rows that bear it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy.engine import make_url

from workflow.database import migrate
from workflow.migration.upgrade import alembic_config

(MARKS,) = Path("migrations/versions").resolve().glob("*_found_by_what_is_so.py")
BEFORE = f"{int(MARKS.name[:4]) - 1:04}"
ASKED = {
    "ix_sign_off_standing_seat": "select 1 from sign_off where seat_id = 1 and standing = 1",
    "ix_sign_off_standing_person": "select 1 from sign_off where round_id = 1 and standing = 1",
    "ix_body_default_kind": "select 1 from body where kind = 'board' and by_default = 1",
}


def answered_from_an_index(url: str) -> set[str]:
    """Which of the indices SQLite chooses for the question that it is there for."""
    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        return {
            name
            for name, asked in ASKED.items()
            if any(name in step for *_, step in connection.execute(f"explain query plan {asked}"))
        }


def test_each_question_has_its_index_after_the_move_and_none_before(sqlite_url: str) -> None:
    command.downgrade(alembic_config(sqlite_url), BEFORE)
    before = answered_from_an_index(sqlite_url)

    migrate(sqlite_url)

    assert (before, answered_from_an_index(sqlite_url)) == (set(), set(ASKED))


def test_one_answer_of_a_seat_stands_after_the_move_as_before(sqlite_url: str) -> None:
    """The rows are of nobody: it is the index alone that is tried."""
    columns = [0, 1, 1, 1, 0, None, None, "", "", "{}", "", "", 1, "", 1, "", None, None]
    row = f"insert into sign_off values ({', '.join('?' for _ in columns)})"
    with closing(sqlite3.connect(make_url(sqlite_url).database or "")) as connection:
        connection.execute(row, [1, *columns[1:4], 1, *columns[5:]])

        with pytest.raises(sqlite3.IntegrityError, match=r"sign_off\.seat_id$"):
            connection.execute(row, [2, *columns[1:4], 2, *columns[5:]])
