"""What makes tests quick changes nothing about what they test."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.run import quickly
from tests.workflow.engine.lifecycles import RAW, edited, put, written
from workflow import database
from workflow.errors import FaultyFile
from workflow.lifecycles.loader.files import load_file


def test_an_engine_that_never_connected_spoils_no_other(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quickly, "FIRST", {})
    unused, used = database.connect(postgresql_url), database.connect(postgresql_url)

    with database.reading(used) as session:
        answer = session.scalar(text("select 1"))

    assert answer == 1
    for each in (unused, used):
        each.dispose()


def test_a_lifecycle_is_read_again_where_its_file_says_something_else(tmp_path: Path) -> None:
    first = load_file(written(tmp_path, RAW))
    again = load_file(written(tmp_path, RAW))
    other = load_file(written(tmp_path, edited(put("title", "Another life"))))

    assert first is again
    assert (first.title, other.title) == (RAW["title"], "Another life")
    with pytest.raises(FaultyFile, match="cannot be taken"):
        load_file(tmp_path / "nowhere.toml")
