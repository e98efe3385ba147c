"""Cases under one that moves to another version: new kinds open, kinds that are gone leave theirs alone."""

from typing import Any

from tests.support.world import World
from tests.workflow.engine.cases.family import ALL, KIND, OFFICER, REF, above, begun, below, part
from tests.workflow.engine.migration.second_version import moving, seen
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.migration.migrate import migrate_each, rehearse
from workflow.lifecycles.loader.files import body_of, from_body


def second(*waits: dict[str, Any], **kinds: dict[str, Any]) -> Any:
    return from_body(body_of(above(*waits, **kinds) | {"version": "2"}))


def test_a_kind_that_is_new_in_the_state_opens_and_is_told(world: World) -> None:
    begun(world, part(), above(part=KIND))
    world.answer(REF, "start", OFFICER, "go")
    to = second(part=KIND, more={**KIND, "label": "Further part"})

    (case,) = migrate_each(world.engine, seen(world, REF), moving(world, to))

    assert (case.reasons, case.opens, case.leaves) == ((), ("Further part",), ())
    assert below(world) == [f"{REF}.1", f"{REF}.2"]
    assert verify(world.engine.database).sound


def test_a_kind_that_is_gone_leaves_its_cases_to_themselves_and_the_plan_says_so(
    world: World,
) -> None:
    begun(world, part(), above(ALL, part=KIND))
    world.answer(REF, "start", OFFICER, "go")
    plan = moving(world, second())

    (tried,) = rehearse(world.engine, seen(world, REF), plan)
    migrate_each(world.engine, seen(world, REF), plan)

    assert (tried.reasons, tried.leaves) == ((), (f"{REF}.1",))
    world.answer(REF, "closing", OFFICER, "close")
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    assert (world.state(REF), world.state(f"{REF}.1")) == ("z", "z")
    assert verify(world.engine.database).sound


def of_two(raw: dict[str, Any], *roles: str) -> dict[str, Any]:
    """The lifecycle, in which the case is closed once these have said so."""
    raw["roles"]["unit_head"] = {**raw["roles"]["unit_officer"], "label": "Head"}
    house = "office:special-unit"
    seats = [{"role": role, "of": house} for role in roles]
    raw["rules"]["closing"] |= {"kind": "all_of", "seats": seats}
    raw["rules"]["closing"]["verdicts"]["close"].pop("outcome")
    raw["rules"]["closing"]["verdicts"]["back"]["stance"] = "against"
    raw["rounds"]["closing"]["outcomes"] = {"complete": "z", "back": "a"}
    return raw


def answered_by_one(world: World) -> None:
    """A case that one of two has closed, and that moves to where one is enough and has to wait."""
    begun(world, part(), of_two(above(part=KIND), "unit_officer", "unit_head"))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "closing", OFFICER, "close")
    to = from_body(body_of(of_two(above(ALL, part=KIND), "unit_officer") | {"version": "2"}))

    (case,) = migrate_each(world.engine, seen(world, REF), moving(world, to))

    assert (case.reasons, case.settles) == ((), ())


def test_an_answer_that_is_enough_there_settles_nothing_that_has_to_wait(world: World) -> None:
    answered_by_one(world)

    assert world.state(REF) == "b"


def test_it_settles_once_what_it_waits_for_has_ended(world: World) -> None:
    answered_by_one(world)
    world.answer(f"{REF}.1", "task", OFFICER, "done")

    assert sweep(world.engine) == Swept(settled=1, heard=1)

    assert (world.state(REF), sweep(world.engine)) == ("z", Swept())
    assert verify(world.engine.database).sound
