"""What is in force of the nearest case above that says it, with what its amendments changed."""

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import BY_OUTCOME, KIND, OFFICER, REF, begun, part
from tests.workflow.engine.documents.above.test_kept import (
    BELOW,
    PLAN,
    TOTAL,
    family,
    filed,
    planned,
    report,
)
from workflow.engine.commands.settle_due import sweep
from workflow.engine.documents.above.said import offered_above
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.documents import Field

__all__ = ["family"]


def offered(world: World, ref: str = BELOW) -> tuple[str, tuple[tuple[str, str], ...]]:
    field = Field("of", "Of", "choice", vocabulary="parent:facts:outputs.code")
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        return tuple(offered_above(session, case.id, field))


def test_the_rows_above_are_offered_with_what_they_are_called(family: World) -> None:
    assert offered(family) == (
        REF, (("1.1", "1.1: Teachers trained"), ("1.2", "1.2: Schools equipped")),
    )  # fmt: skip
    assert offered(family, REF) == ("", ())


def test_the_nearest_case_above_counts_that_has_the_place(world: World) -> None:
    between = part("between") | {
        "children": {"leaf": {**KIND, "lifecycle": "part", "states": ["a"]}}
    }
    begun(world, report(), between, planned(part={**KIND, "lifecycle": "between"}))
    world.file(REF, "paper", OFFICER, PLAN)
    world.answer(REF, "start", OFFICER, "go")

    assert offered(world, f"{BELOW}.1")[0] == REF
    world.file(f"{BELOW}.1", "paper", OFFICER, {"of": "1.2"})
    assert filed(world, f"{BELOW}.1")[0]["parent:paper"] == {"total": "1000.00"}


def test_an_amendment_that_is_heard_says_what_is_in_force(world: World) -> None:
    change = part("change")
    change["documents"]["paper"]["sections"] = [{"key": "all", "title": "All", "fields": [TOTAL]}]
    change["rounds"]["task"] |= {
        "text": ["paper"], "facts": {"outcome": "done", "document": "paper", "of": "parent"},
    }  # fmt: skip
    begun(
        world, report(), change,
        planned(part=KIND, amendment={**BY_OUTCOME, "lifecycle": "change"}),
    )  # fmt: skip
    world.file(REF, "paper", OFFICER, PLAN)
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "ask", OFFICER, "asked")
    world.file(f"{REF}.2", "paper", OFFICER, {"total": "2000.00"})
    world.file(BELOW, "paper", OFFICER, {"spent": "1"})
    world.answer(f"{REF}.2", "task", OFFICER, "done")
    sweep(world.engine)

    world.file(BELOW, "paper", OFFICER, {"spent": "2"})

    told = [(each["known"], each["parent:paper"]["total"]) for each in filed(world)]
    assert told == [("1000.00", "1000.00"), ("2000.00", "2000.00")]


def test_where_nothing_is_filed_above_nothing_is_offered_and_nothing_held_against(
    world: World,
) -> None:
    begun(world, report(), planned())
    world.answer(REF, "start", OFFICER, "go")

    world.file(BELOW, "paper", OFFICER, {"spent": "9000"})
    world.answer(BELOW, "task", OFFICER, "done")

    assert offered(world) == (REF, ())
    assert world.state(BELOW) == "z"
