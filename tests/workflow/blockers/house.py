"""Two triangular programmes under way, with two blockers each that were raised and told."""

from typing import Any

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_blocker import AGENCY, AGO, DIRECTOR, MANAGER, MOZ, TOLD
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, concluded, sent
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

SAHEL, COAST = "Soil laboratories for the Sahel", "Reefs of the coast"


def running(world: World, **changed: Any) -> Carried:
    """A programme that was signed and runs."""
    carried = sent(world, {**ALONE, **changed})
    concluded(carried)
    carried.board("deciding", "approve")
    for who in (DIRECTOR, MOZ, AGO, AGENCY):
        carried.answer(who, "signing", "sign")
    return carried


def raised(carried: Carried, who: str, number: int, owner: str, **said: str) -> str:
    """Somebody raises a blocker and tells it; its reference."""
    world, ref = carried.world, f"{carried.ref}.{number}"
    carried.answer(who, "raising_a_blocker", "raise")
    world.file(ref, "blocker", who, {**TOLD, **said})
    world.answer(ref, "telling", who, "tell", answers={"owner": owner})
    return ref


def published(world: World) -> None:
    """A house that has what a triangular programme opens."""
    for name in ("amendment", "follow-up", "evaluation", "blocker"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))


def two_programmes(world: World) -> tuple[Carried, Carried]:
    """Two programmes with two blockers each, told on the same day; customs first, then money, by age."""
    published(world)
    first = running(world)
    second = running(world, title=COAST, framework="F6")
    raised(first, MANAGER, 1, "moz")
    raised(first, AGO, 2, "undp", blocked="No trainer", category="people", since="2026-03-20")
    raised(second, MANAGER, 1, "ago", blocked="No money", category="money", since="2026-02-20")
    raised(
        second, MOZ, 2, "special-unit", blocked="An election", category="decision",
        since="2026-04-01", sort="risk", decides="board",
    )  # fmt: skip
    return first, second
