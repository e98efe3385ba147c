"""Two triangular programmes under way, with lessons of several sorts that were told and validated."""

from typing import Any

from tests.support.world import World
from tests.workflow.blockers.house import COAST, SAHEL, running
from tests.workflow.lifecycles.lessons.test_lesson import AGO, BESIDE, MANAGER, OFFICER, OTHER, TOLD
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

CERTIFY, TUTORS, RAINS, SALT = (
    TOLD["heading"], "Pay the tutors in time", "Semez avant les pluies", "Grease what the salt reaches",
)  # fmt: skip
FRENCH = {
    "heading": RAINS,
    "context": "Sols légers du Sahel.",
    "tried": "Des semis après la première pluie.",
    "happened": "La récolte fut perdue à moitié.",
    "holds_for": "Les pays du Sahel.",
    "language": "fr",
}
NEXT_YEAR = 310


def learnt(carried: Carried, who: str, number: int, **said: str) -> str:
    """Somebody tells a lesson and writes it down; its reference."""
    world, ref = carried.world, f"{carried.ref}.{number}"
    carried.answer(who, "telling_a_lesson", "tell")
    world.file(ref, "lesson", who, {**TOLD, **said})
    world.answer(ref, "telling", who, "tell")
    return ref


def validated(carried: Carried, who: str, number: int, **said: str) -> str:
    """The same, and an officer validates it."""
    ref = learnt(carried, who, number, **said)
    carried.world.answer(ref, "validating", OTHER, "validate")
    return ref


def published(world: World) -> None:
    """A house that has what a triangular programme opens."""
    for name in BESIDE:
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))


def two_programmes(world: World, **second: Any) -> tuple[Carried, Carried]:
    """Two programmes with two validated lessons each, and one more of the first that nobody has validated."""
    published(world)
    first = running(world)
    other = running(world, title=COAST, framework="F6", areas=["health", "agriculture"], **second)
    validated(first, MANAGER, 1)
    world.clock.pass_time(days=1)
    validated(first, AGO, 2, heading=TUTORS)
    world.clock.pass_time(days=1)
    validated(other, MANAGER, 1, **FRENCH)
    world.clock.pass_time(days=NEXT_YEAR)
    validated(other, OFFICER, 2, heading=SALT)
    learnt(first, MANAGER, 3, heading="Nobody has looked at this one")
    return first, other


def with_lessons(world: World) -> tuple[Carried, Carried]:
    """The same two programmes, told once in a run and copied from then on."""
    world.made("with-lessons", two_programmes)
    return _held(world, "SSC-2026-001"), _held(world, "SSC-2026-002")


def _held(world: World, ref: str) -> Carried:
    """A programme that is there already."""
    found = Carried.__new__(Carried)
    found.world, found.ref = world, ref
    return found


__all__ = ["COAST", "SAHEL"]
