"""What of lessons is left before something is closed, of several programmes at once."""

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lessons.house import with_lessons
from tests.workflow.lifecycles.lessons.test_lesson import MANAGER, OTHER
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.engine.children.models import ChildCase
from workflow.engine.models import LifecycleCase
from workflow.lessons.owed import ToldLesson, lessons_validated, validated
from workflow.lifecycles.children.checklist import Measured


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


def measured(world: World, *refs: str) -> list[Measured]:
    """How the lessons of these programmes stand."""
    with world.engine.reading() as session:
        numbers = dict(
            session.execute(
                select(LifecycleCase.ref, LifecycleCase.id).where(LifecycleCase.ref.in_(refs))
            ).all()
        )
        found = lessons_validated(session, numbers.values(), world.clock().date())
        return [found[numbers[ref]] for ref in refs]


def test_one_that_nobody_validated_is_left(both: tuple[Carried, Carried]) -> None:
    first, second = measured(both[0].world, both[0].ref, both[1].ref)

    left = [(each.ref, each.kind) for each in first.left]
    assert (first.looked_at, left) == (3, [(f"{both[0].ref}.3", "Lesson")])
    assert (second.looked_at, second.left) == (2, ())


@pytest.mark.parametrize(
    ("key", "who", "verdict"),
    [("validating", OTHER, "validate"), ("withdrawing", MANAGER, "withdraw")],
)
def test_nothing_is_left_once_it_is_validated_or_withdrawn(
    both: tuple[Carried, Carried], key: str, who: str, verdict: str
) -> None:
    both[0].world.answer(f"{both[0].ref}.3", key, who, verdict, "As it stands.")

    assert measured(both[0].world, both[0].ref)[0].left == ()


def test_those_deeper_down_count_as_well(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    world.honest = False
    with world.engine.transaction() as session:
        upper, lower = (
            session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == each.ref)).one()
            for each in both
        )
        session.add(ChildCase(case_id=lower, parent_id=upper, kind="part", number=9))

    (whole,) = measured(world, both[0].ref)

    assert (whole.looked_at, len(whole.left)) == (5, 1)


def test_it_does_not_apply_where_none_was_told(both: tuple[Carried, Carried]) -> None:
    (none,) = measured(both[0].world, f"{both[0].ref}.3")

    assert str(none.why_not) == "No lesson was told under it."


def test_it_is_a_table_of_what_was_told() -> None:
    assert validated([]).why_not is not None
    assert validated([ToldLesson("A.1", "Lesson", open=False)]) == Measured(1)
    assert [
        each.ref
        for each in validated(
            [ToldLesson("A.1", "Lesson", open=True), ToldLesson("A.2", "Lesson", open=False)]
        ).left
    ] == ["A.1"]
