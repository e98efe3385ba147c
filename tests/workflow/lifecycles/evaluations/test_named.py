"""What only whoever was named answers waits for them alone, and nobody else is told of it."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.engine.queue.test_page import count, page
from tests.workflow.lifecycles.evaluations.evaluated import (
    ASSURER,
    EVALUATOR,
    INCEPTION,
    OTHER,
    Evaluated,
    ended,
)
from workflow.engine.commands.settle_due import sweep
from workflow.engine.declared_models import PersonalRound
from workflow.engine.models import LifecycleCase, Round
from workflow.month.months import Month
from workflow.month.page import month_page
from workflow.notices.models import Notice

BOTH = EVALUATOR, OTHER


@pytest.fixture
def evaluation(world: World) -> Evaluated:
    """The final evaluation of a programme that has ended, in an office of two evaluators."""
    found = ended(world)
    found.programme.appoint(OTHER, "evaluator", "evaluation-office")
    found.terms_set()
    return found


def told(world: World, who: str, key: str) -> int:
    """How often somebody was told of a round of this key."""
    asked = (
        select(Notice.id)
        .join(Round, Round.id == Notice.round_id)
        .where(Notice.person_id == world.person(who), Round.key == key)
    )
    with world.engine.reading() as session:
        return len(session.scalars(asked).all())


def waiting(world: World) -> dict[str, tuple[list[str], int, int]]:
    """Of both: the rounds in the queue, the badge, and how many lines the month has."""
    with world.engine.reading() as session:
        now = world.engine.now()
        months = {
            who: month_page(session, world.engine, world.person(who), Month.of(now), now)
            for who in BOTH
        }
    return {
        who: (
            [row.round_key for row in page(world, who).rows],
            count(world, who),
            len(months[who].all) + sum(len(each.falling) for each in months[who].ahead.months),
        )
        for who in BOTH
    }


def test_only_whoever_was_named_is_asked(evaluation: Evaluated) -> None:
    world = evaluation.world

    evaluation.named()

    assert waiting(world) == {EVALUATOR: (["taking_on"], 1, 1), OTHER: ([], 0, 0)}
    assert [told(world, who, "taking_on") for who in BOTH] == [1, 0]


def test_whoever_is_named_in_their_place_is_asked_instead(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.named()
    evaluation.answer(EVALUATOR, "taking_on", "decline", "I am away.")

    evaluation.named(OTHER)

    assert waiting(world) == {EVALUATOR: ([], 0, 0), OTHER: (["taking_on"], 1, 1)}
    assert [told(world, who, "taking_on") for who in BOTH] == [1, 1]


def test_nobody_else_is_reminded(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.named()
    evaluation.answer(EVALUATOR, "taking_on", "take_on")

    world.clock.at += timedelta(days=25)
    sweep(world.engine)

    assert [told(world, who, "beginning") for who in BOTH] == [1, 0]


def test_whoever_holds_another_office_is_asked_as_ever(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.named()
    evaluation.answer(EVALUATOR, "taking_on", "take_on")
    evaluation.file(EVALUATOR, "inception_report", INCEPTION)

    evaluation.answer(EVALUATOR, "beginning", "file")

    assert page(world, ASSURER).rows[0].round_key == "accepting_the_inception"
    assert told(world, ASSURER, "accepting_the_inception") == 1


def test_a_round_of_the_same_name_in_another_lifecycle_is_of_its_whole_office(
    world: World,
) -> None:
    ref = world.programme("screening")
    before = count(world, "jane.okello")
    with world.engine.transaction() as session:
        follows = session.scalars(
            select(LifecycleCase.definition_id).where(LifecycleCase.ref == ref)
        ).one()
        other = session.scalars(
            select(Round.key)
            .join(LifecycleCase)
            .where(LifecycleCase.ref == ref, Round.status == "open")
        ).one()
        declared = {"round_key": other, "named_in": "appointing", "question": "officer"}
        numbers = set(session.scalars(select(PersonalRound.definition_id))) - {follows}
        session.execute(insert(PersonalRound).values(definition_id=min(numbers), **declared))

    assert (before, count(world, "jane.okello")) == (1, 1)
