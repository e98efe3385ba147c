"""Very many programmes: the file of them is whole and takes little memory, the page says how many."""

import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from tests.support.sizes import sized
from tests.support.visitors import Enter
from tests.support.world import World

# No file of 70,000 may take more than 50 MiB of the process. Read in portions it takes 8 MB of objects,
# read whole 28; of 7,000, which every run tries, 5 and 7.
MANY = sized(7_000, 70_000)
MOST_GROWN = sized(6, 12) * 1024**2
CASES = """
insert into lifecycle_case (ref, subject, title, definition_id, state, stage, entered_at, opened_at,
                            version, head_seq)
with recursive each (number) as (select 1 union all select number + 1 from each where number < :many)
select 'MANY-' || number, 'programme', 'Programme ' || number || ' of very many',
       (select max(id) from definition_version where key = 'programme-standard'), 'closed', 'end', '2026-03-01 12:00:00.000000',
       '2026-03-01 12:00:00.000000', 1, 0
from each
"""
PROGRAMMES = """
insert into programme (case_id, fund, modality, sector_code, sector, summary, starts, ends,
                       executing_agency, search_text)
select id, '', '', '', '', '', '', '', '', lower(title) from lifecycle_case where ref like 'MANY-%'
"""


@contextmanager
def many(world: World, number: int) -> Iterator[None]:
    """So many programmes that ended, without a history; they go before anything is verified."""
    with world.engine.transaction() as session:
        session.execute(text(CASES), {"many": number})
        session.execute(text(PROGRAMMES))
    yield
    with world.engine.transaction() as session:
        of_many = "(select id from lifecycle_case where ref like 'MANY-%')"
        session.execute(text(f"delete from programme where case_id in {of_many}"))
        session.execute(text("delete from lifecycle_case where ref like 'MANY-%'"))


@contextmanager
def held() -> Iterator[Callable[[], int]]:
    """How many bytes of objects were held at most since it began: no matter what the process held before."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        yield lambda: tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


@pytest.mark.proof
@pytest.mark.proof(apart=True)
def test_the_file_of_thousands_of_programmes_is_whole_and_takes_little_memory(
    world: World, enter: Enter
) -> None:
    visitor = enter("jane.okello")
    visitor.get("/programmes.csv?text=nobody").close()

    with (
        many(world, MANY),
        held() as most,
        visitor.get("/programmes.csv", buffered=False) as answer,
    ):
        rows = sum(piece.count(b"\n") for piece in answer.response)
        grown = most()

    assert rows == MANY + 1
    assert grown < MOST_GROWN


def test_the_page_of_many_says_how_many_there_are(world: World, enter: Enter) -> None:
    visitor = enter("jane.okello")

    with many(world, 1200):
        every, found = visitor.page("/programmes"), visitor.page("/programmes?text=very%20many")

    assert "1,200 programmes · 0 live" in every
    assert "1,200 programmes" in found
