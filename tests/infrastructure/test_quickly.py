"""What makes tests quick changes nothing about what they test."""

import pytest
from sqlalchemy import text

from tests.support.run import quickly
from workflow import database


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
