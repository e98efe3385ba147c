"""The programmes of one's parties on the first page: under way, known to one, the last to move first."""

import pytest
from sqlalchemy import text

from tests.support.world import World
from workflow.programmes.lists import own
from workflow.programmes.lists.own import own_programmes

SUBMITTER, COUNTRY, AUDITOR = "joao.lima", "arjun.mehta", "marie.laurent"
ENDED = text("update lifecycle_case set stage = 'end' where ref = :ref")


def shown(world: World, who: str, limit: int = 6) -> list[str]:
    now = world.engine.now()
    with world.engine.reading() as session:
        found = own_programmes(session, world.engine, world.person(who), now, limit)
    return [each.ref for each in found]


def test_the_one_that_moved_last_stands_first_and_no_more_than_asked_for(world: World) -> None:
    first, second = world.programme("screening"), world.programme("screening")
    world.clock.pass_time(days=1)
    moved = world.programme("consultation")

    assert shown(world, SUBMITTER)[0] == moved
    assert {*shown(world, SUBMITTER)} >= {first, second, moved}
    assert shown(world, SUBMITTER, 1) == [moved]


def test_a_draft_is_shown_to_whoever_proposes_it_and_to_no_other_party(world: World) -> None:
    draft, known = world.programme("draft"), world.programme("consultation")

    assert {draft, known} <= {*shown(world, SUBMITTER)}
    assert draft not in shown(world, COUNTRY)
    assert shown(world, AUDITOR) == []


def test_of_very_many_the_newest_are_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = world.programme("screening"), world.programme("screening")
    whole = shown(world, SUBMITTER)

    monkeypatch.setattr(own, "LOOKED_AT", 1)

    assert {older, newer} <= {*whole}
    assert shown(world, SUBMITTER) == [newer]


def test_what_has_ended_is_left_out(world: World) -> None:
    world.honest = False
    ended, goes_on = world.programme("screening"), world.programme("screening")

    with world.engine.database.begin() as connection:
        connection.execute(ENDED, {"ref": ended})

    assert ended not in shown(world, SUBMITTER)
    assert goes_on in shown(world, SUBMITTER)
