"""How open rounds go on under another version: their ends, their clocks, and what opens beside them."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.support.world import World
from tests.workflow.engine.lifecycles import Edit, drop, edited, put
from tests.workflow.engine.migration.second_version import moving, seen, version
from tests.workflow.engine.migration.test_migrate import rounds_of, sound
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from tests.workflow.lifecycles.shipped.test_small_grant import asked
from workflow.engine.migration.migrate import migrate_each, rehearse
from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables

YEAR = {"from": "1 January", "until": "31 December"}


def grant(*edits: Edit) -> Definition:
    """The small grant with these edits."""
    raw = tomllib.loads((SHIPPED / "small-grant.toml").read_text(encoding="utf-8"))
    return from_tables(edited(put("version", "9"), *edits, raw=raw), "grant.toml")


def test_a_round_that_gets_a_window_is_due_when_it_closes(world: World) -> None:
    ref = world.programme("screening")
    windowed = version(drop("rounds/screening/within"), put("rounds/screening/window", YEAR))

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, windowed))

    assert moved.reasons == ()
    assert [each.due_at for each in rounds_of(world, ref)] == [
        datetime(world.clock().year + 1, 1, 1, tzinfo=UTC)
    ]
    assert sound(world)


def test_a_round_that_stood_elsewhere_opens_where_it_stands_now_as_well(world: World) -> None:
    ref = world.programme("screening")
    lapsing = version(put("rounds/return_lapse/states", ["screening", "returned"]))

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, lapsing))

    assert moved.opens == ("Lapse of a returned proposal",)
    assert {each.key for each in rounds_of(world, ref)} == {"screening", "return_lapse"}
    assert sound(world)


def test_what_stands_in_the_state_in_both_is_not_opened_again(world: World) -> None:
    ref = world.programme("screening")

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world))

    assert moved.opens == ()
    assert [each.key for each in rounds_of(world, ref)] == ["screening"]


def test_a_question_that_stopped_a_clock_has_to_let_it_go_on(world: World) -> None:
    ref = asked(world).ref
    quiet, kept = grant(drop("rounds/asking_back/stops")), grant(put("title", "Another grant"))

    (stuck,) = rehearse(world.engine, seen(world, ref), moving(world, quiet))
    (goes,) = rehearse(world.engine, seen(world, ref), moving(world, kept))

    assert [str(each) for each in stuck.reasons] == [
        "“Question to the institution” stopped a clock that it would not let go on any more."
    ]
    assert goes.reasons == ()


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 4001])
def test_a_move_says_why_in_words_that_can_be_kept(world: World, reason: str) -> None:
    ref = world.programme("screening")

    with pytest.raises(Invalid, match="Say why"):
        migrate_each(world.engine, seen(world, ref), replace(moving(world), reason=reason))
