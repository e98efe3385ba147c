"""A checklist calls a draft under the case to those alone who may know of it: on pages, in lists, and in what was signed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from tests.support import databases
from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, entrance, told
from tests.support.world import HOUSE, World
from tests.workflow.engine.cases.family import HEAD, OFFICER, REF, begun, below, events, part
from tests.workflow.engine.checklists.listed import PARTS, listed
from workflow.audit.events.seats import SignoffGiven
from workflow.closures.checklist import checklists_of
from workflow.closures.queue import closing_queue
from workflow.engine.models import LifecycleCase
from workflow.errors import Incomplete
from workflow.programmes.lists.models import ClosingProgramme

# The officer is asked what becomes of each part, and the head is not.
FIRST, SECOND = f"{REF}.1", f"{REF}.2"
COUNTED = "2 cases of “Part” that were not sent are left"
AUDITOR = "marie.laurent"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, HOUSE) as url:
        world = World(url)
        yield world
        world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    return entrance(world, tmp_path)


def with_drafts(world: World, line: dict[str, Any]) -> None:
    """A case that is to be closed, with two parts under it that nobody was sent."""
    child = part()
    child["states"]["a"]["private"] = True
    begun(world, child, listed(line))
    world.answer(REF, "start", OFFICER, "go")
    assert below(world) == [FIRST, SECOND]


def closing(world: World, who: str) -> str:
    return round_page(world, REF, "closing", who)


def test_the_page_of_a_round_calls_a_draft_to_those_alone_who_may_know_of_it(
    world: World, enter: Enter
) -> None:
    with_drafts(world, PARTS)

    knows, outside = (enter(who).page(closing(world, who)) for who in (OFFICER, HEAD))

    assert f'<a href="/programmes/{FIRST}">{FIRST} (Part) is open</a>' in knows
    assert (FIRST in outside, SECOND in outside) == (False, False)
    assert outside.count(COUNTED) == 2, "in the list, and where it says what is missing"
    with pytest.raises(Incomplete) as refused:
        world.answer(REF, "closing", HEAD, "close")
    assert [str(each) for each in refused.value.missing] == [f"Parts are done: {COUNTED}"]


def test_what_was_signed_tells_every_reader_of_the_history_as_much(
    world: World, enter: Enter
) -> None:
    with_drafts(world, {**PARTS, "or_reason": True})
    answered = decide(
        enter(OFFICER),
        closing(world, OFFICER),
        {"verdict": "close", "reason": "They were given up."},
    )
    world.answer(REF, "closing", HEAD, "close", "They were given up.")

    found = [
        line.left
        for event in events(world, REF)
        if isinstance(event.what, SignoffGiven)
        for line in event.what.checklist
    ]

    assert answered.status_code in {200, 303}
    assert world.state(REF) == "z"
    assert found == [(COUNTED,), (COUNTED,)]
    for address in (f"/histories/{REF}", f"/histories/{REF}/history.csv"):
        assert "(Part) is open" not in enter(HEAD).page(address)
    assert f"“Parts are done”: open, {COUNTED}" in told(enter(AUDITOR).page(f"/histories/{REF}"))


def test_a_draft_that_ended_unsent_is_counted_as_well(world: World, enter: Enter) -> None:
    child = part()
    for state in ("a", "z"):
        child["states"][state]["private"] = True
    begun(world, child, listed(PARTS))
    world.answer(REF, "start", OFFICER, "go")
    for ref in (FIRST, SECOND):
        world.answer(ref, "task", OFFICER, "done")

    outside = enter(HEAD).page(closing(world, HEAD))

    assert (FIRST in outside, SECOND in outside) == (False, False)
    assert "2 cases of “Part” that were not sent have ended" in outside


def test_the_closing_queue_calls_it_to_those_alone_who_may_know_of_it(
    world: World, enter: Enter
) -> None:
    with_drafts(world, PARTS)
    with world.engine.transaction() as session:
        number = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == REF)).one()
        ended = insert(ClosingProgramme).values(case_id=number, ended_at=world.engine.now())
        session.execute(ended)

    outside, knows = (enter(who).page("/closing") for who in (HEAD, AUDITOR))
    taken = enter(HEAD).page("/closing.csv")
    with world.engine.reading() as session:
        everything = closing_queue(session, world.engine, None, "", world.engine.now())
        alone = checklists_of(session, world.engine, REF)

    assert (FIRST in outside, COUNTED in outside, FIRST in taken) == (False, True, False)
    assert FIRST in knows
    for lines in (everything.lines[0].checklist, alone[0][1]):
        assert [each.ref for each in lines[0].found.left] == [FIRST, SECOND]
