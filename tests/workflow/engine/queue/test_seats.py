"""What waits is found by one index in the order of due times, on both databases, whatever the filters."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.engine.queue.test_page import OFFICER, count, many_seats, page
from tests.workflow.engine.queue.test_ways import let
from workflow.engine.queue.query import QueueFilters
from workflow.engine.queue.seats import first_seats, open_seats
from workflow.engine.queue.ways import OnBenches, Scope

# Of the rounds those that stand still are read, by the index that holds no others.
SCAN = re.compile(
    r"Seq Scan on (?:seat|lifecycle_case|round)\b"
    r"|SCAN (?:seat|lifecycle_case|round)\b(?! USING (?:COVERING )?INDEX ix_round_paused_by_state)"
)
WAITING = "seat.status = 'open'"


def plans(connection: Connection, statements: Sequence[tuple[str, Any]]) -> list[str]:
    """How the database would answer each statement if it had many rows."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text("set local enable_seqscan = off"))
    how = "explain query plan" if sqlite else "explain (costs off)"
    return [
        "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{how} {said}", values).all())
        for said, values in statements
    ]


@pytest.mark.parametrize(
    "filters",
    [
        QueueFilters(),
        QueueFilters(after="2026-03-09T12:00:00.000Z_3"),
        QueueFilters(after="_3"),
        QueueFilters(due="late"),
        QueueFilters(due="week"),
        QueueFilters(stage="proposal", text="nurses"),
    ],
)
def test_no_page_of_the_queue_scans_a_table(world: World, filters: QueueFilters) -> None:
    ref = world.programme("screening")
    many_seats(world, 40)
    let(world, ["round:submission", f"case:{ref}"])

    with asked(world.engine.database) as found:
        for who in (OFFICER, "elena.petrova"):
            page(world, who, filters)
            count(world, who)

    sent = [
        each
        for reading in found.readings
        for each in zip(reading.statements, reading.values, strict=True)
        if WAITING in each[0]
    ]
    with world.engine.database.connect() as connection:
        told = plans(connection, sent)
    assert len(told) >= 6
    assert [plan for plan in told if SCAN.search(plan)] == []
    assert all("ix_seat_open" in plan for plan in told)


def test_a_page_sorts_no_more_than_it_shows(world: World) -> None:
    one_way = str(first_seats(((Scope.OFFICE, OnBenches.ANYWHERE),), 26))

    branches = one_way.split("UNION ALL")

    assert len(branches) == 2
    assert all("ORDER BY seat.due_at, seat.id" in branch for branch in branches)
    assert one_way.count("LIMIT") == 3


def test_a_seat_of_a_round_that_stands_still_waits_for_nobody() -> None:
    said = str(open_seats(0, (Scope.OFFICE, OnBenches.ANYWHERE)))

    assert "seat.round_id NOT IN (SELECT round.id" in " ".join(said.split())
    assert "round.paused_for = 'state'" in said
