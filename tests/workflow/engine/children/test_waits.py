"""What a round waits for, of the pure function over the rows and of the engine: they agree."""

from itertools import product
from random import Random

import pytest

from tests.support.sizes import SEED
from tests.support.world import World
from tests.workflow.engine.cases.family import (
    BY_OUTCOME,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    below,
    part,
)
from workflow.engine.children.waits import CaseBelow, unmet_waits
from workflow.engine.commands.settle_due import sweep
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import RoundClosed
from workflow.lifecycles.children.waits import ChildStanding, is_over
from workflow.lifecycles.loader.files import body_of, from_body

EACH = {**KIND, "for_each": "beneficiary"}


def test_each_wait_that_is_not_over_has_a_sentence() -> None:
    waits = [
        {"children": "part", "until": "all"},
        {"children": "part", "until": "some", "least": 2, "ended_in": ["z"]},
    ]
    definition = from_body(body_of(above(*waits, part=KIND)))
    spec = definition.rounds["closing"]
    ends = (("a", False), ("z", True), ("y", True))

    for number in range(4):
        for standing in product(ends, repeat=number):
            rows = [
                CaseBelow(f"R.{at}", ChildStanding("part", *each))
                for at, each in enumerate(standing, 1)
            ]
            said = [str(each) for each in unmet_waits(definition, spec, rows)]
            unmet = [w for w in spec.waits_for if not is_over(w, [row.standing for row in rows])]
            assert len(said) == len(unmet)


def test_a_long_list_is_cut_and_counted() -> None:
    definition = from_body(body_of(above({"children": "part", "until": "all"}, part=KIND)))
    rows = [CaseBelow(f"R.{at}", ChildStanding("part", "a", final=False)) for at in range(1, 9)]

    (said,) = unmet_waits(definition, definition.rounds["closing"], rows)

    assert str(said) == (
        "This waits until 8 cases of “Part” have ended: R.1, R.2, R.3, R.4, R.5 and …."
    )


@pytest.mark.parametrize("seed", [SEED, SEED + 1])
def test_a_round_is_answered_exactly_when_its_waits_are_over(world: World, seed: int) -> None:
    chance = Random(seed)
    waits = [
        {"children": kind, "until": until, **extra}
        for kind, until, extra in (
            ("part", chance.choice(("all", "some")), {}),
            ("amendment", "all", chance.choice(({}, {"ended_in": ["z"]}))),
        )
    ]
    begun(world, part(), above(*waits, part=EACH, amendment=BY_OUTCOME))
    world.answer(REF, "start", OFFICER, "go")
    for _ in range(chance.randrange(3)):
        world.answer(REF, "ask", OFFICER, "asked")
    waiting = below(world)
    chance.shuffle(waiting)
    ended: dict[str, str] = {}

    for ref in [*waiting, ""]:
        over = expected(world, ended)
        assert shown(world) == (over, over)
        if not over:
            with pytest.raises(RoundClosed):
                world.answer(REF, "closing", OFFICER, "close")
        if ref:
            ended[ref] = chance.choice(("done", "done", "failed"))
            world.answer(ref, "task", OFFICER, ended[ref])
            if chance.random() < 0.5:
                sweep(world.engine)

    if expected(world, ended):
        world.answer(REF, "closing", OFFICER, "close")
        assert world.state(REF) == "z"


def expected(world: World, ended: dict[str, str]) -> bool:
    """What the pure function says of the cases as they stand, told without asking the engine for waits."""
    states = {"done": "z", "failed": "y"}
    with world.engine.reading() as session:
        case = visible_case(session, REF, world.person(OFFICER), world.engine.now())
        definition = world.engine.definition(case.definition_id, session)
    kinds = ["part", "part", *["amendment"] * (len(below(world)) - 2)]
    rows = [
        ChildStanding(kind, states.get(ended.get(ref, ""), "a"), ref in ended)
        for kind, ref in zip(kinds, below(world), strict=True)
    ]
    return all(is_over(each, rows) for each in definition.rounds["closing"].waits_for)


def shown(world: World) -> tuple[bool, bool]:
    """Whether page and queue of an officer offer the round to be answered."""
    person, now = world.person(OFFICER), world.engine.now()
    with world.engine.reading() as session:
        case = visible_case(session, REF, person, now)
        offered = actions(session, world.engine, case, person, now)
        queue = queue_page.page(session, world.engine, person, QueueFilters(text=REF), now)
    (page,) = (each.allowed for each in offered if each.round_key == "closing")
    (row,) = (each.ready for each in queue.rows if (each.ref, each.round_key) == (REF, "closing"))
    return page, row
