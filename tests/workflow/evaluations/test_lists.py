"""A page of a list of evaluations is read from an index in its order, however many there are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

from workflow.evaluations.filters import EvaluationFilters, EvaluationList
from workflow.evaluations.lists import evaluation_lines

TODAY = date(2026, 3, 2)
TABLES = {
    EvaluationList.RECOMMENDATIONS: "recommendation",
    EvaluationList.ACTIONS: "key_action",
    EvaluationList.RATINGS: "criterion_rating",
}


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Engine]:
    """An installation in which there is nothing yet."""
    found = create_engine(sqlite_url)
    yield found
    found.dispose()


def steps(database: Engine, filters: EvaluationFilters) -> list[str]:
    """How SQLite goes about one page of a list."""
    asked: list[tuple[str, Any]] = []

    def note(_of: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(database, "before_cursor_execute", note)
    with Session(database) as session:
        evaluation_lines(session, 1, filters, TODAY)
    event.remove(database, "before_cursor_execute", note)
    ((statement, values),) = asked
    with database.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [row.detail for row in plan]


@pytest.mark.parametrize("year", [None, 2026])
@pytest.mark.parametrize("after", ["", "7_1"])
@pytest.mark.parametrize("of", EvaluationList)
def test_a_page_is_read_in_its_order_and_nothing_is_sorted(
    database: Engine, of: EvaluationList, year: int | None, after: str
) -> None:
    found = steps(database, EvaluationFilters(year=year, of=of, after=after))

    assert any(f"ix_{TABLES[of]}_newest" in step for step in found)
    assert "USE TEMP B-TREE FOR ORDER BY" not in found
