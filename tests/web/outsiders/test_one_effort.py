"""Records of one effort, looked at by whoever may not know of the other one: a draft is counted at most, and never called."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support import databases
from tests.support.visitors import Enter, entrance
from tests.support.world import World
from tests.workflow.programmes.adoption.test_merger import HEAD, both, merge
from tests.workflow.programmes.records import RECORDS
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid
from workflow.programmes.adoption.batch import MERGE, look

FIRST, SECOND, STRANGER, AUDITOR = "SSC-P059", "SSC-P060", "tavita.leota", "marie.laurent"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    return entrance(world, tmp_path)


def unsent(world: World, ref: str) -> None:
    """It stands where its writers alone know of it."""
    with world.engine.transaction() as session:
        its = update(LifecycleCase).where(LifecycleCase.ref == ref)
        session.execute(its.values(state="draft", stage="identification"))


def test_a_record_that_is_not_open_to_a_reader_is_counted_on_the_page_of_its_programme(
    world: World, enter: Enter
) -> None:
    managed = world.programme("active")
    for ref in (FIRST, SECOND):
        both(world, ref, managed)
    unsent(world, SECOND)

    outside, audited = (enter(who).page(f"/programmes/{managed}") for who in (STRANGER, AUDITOR))

    assert (FIRST in outside, SECOND in outside) == (True, False)
    assert "1 more is not open to you." in outside
    assert (SECOND in audited, "not open to you" in audited) == (True, False)


def test_where_none_of_them_is_open_to_a_reader_they_are_counted_alone(
    world: World, enter: Enter
) -> None:
    managed = world.programme("active")
    both(world, FIRST, managed)
    unsent(world, FIRST)

    outside = enter(STRANGER).page(f"/programmes/{managed}")

    assert FIRST not in outside
    assert "1 is not open to you." in outside


def test_the_programme_that_a_record_is_kept_under_is_called_to_those_who_may_know_of_it(
    world: World, enter: Enter
) -> None:
    managed = world.programme("active")
    both(world, FIRST, managed)
    unsent(world, managed)

    outside, audited = (enter(who).page(f"/programmes/{FIRST}") for who in (STRANGER, AUDITOR))

    assert "Of one effort with" not in outside
    assert managed not in outside
    assert managed in audited


def test_no_record_comes_under_a_draft_whose_history_would_tell_of_it(world: World) -> None:
    managed = world.programme("active")
    unsent(world, managed)

    with pytest.raises(Invalid) as refused:
        merge(world, FIRST, managed, HEAD)
    with world.engine.reading() as session:
        (draft,) = look(session, world.engine, [FIRST], MERGE, managed)
        (none,) = look(session, world.engine, [FIRST], MERGE, "SSC-NONE")

    assert "No programme is called" in str(refused.value.faults["into"])
    assert str(draft.lacks[0]).replace(managed, "SSC-NONE") == str(none.lacks[0])
