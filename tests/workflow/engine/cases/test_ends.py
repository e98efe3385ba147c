"""What the end of a case means above and below: a wait is over, people are told once, children end along."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.world import World
from tests.workflow.engine.cases.family import (
    ALL,
    BY_OUTCOME,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    below,
    events,
    part,
)
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import RoundClosed
from workflow.notices.models import Notice
from workflow.vocabulary import EventType

EACH = {**KIND, "for_each": "beneficiary"}
SOME: dict[str, Any] = {"children": "part", "until": "some"}
WHY = "This waits until FAM-1.1 (Part) has ended."


def waiting(world: World, *waits: dict[str, Any], kind: dict[str, Any] = KIND) -> World:
    begun(world, part(), above(*waits, part=kind))
    world.answer(REF, "start", OFFICER, "go")
    return world


def test_a_round_that_waits_is_refused_and_names_what_it_waits_for(world: World) -> None:
    waiting(world, ALL)

    with pytest.raises(RoundClosed) as refused:
        world.answer(REF, "closing", OFFICER, "close")

    assert str(refused.value) == WHY
    assert world.state(REF) == "b"


def test_queue_and_page_say_the_same(world: World) -> None:
    waiting(world, ALL)
    person, now = world.person(OFFICER), world.engine.now()

    with world.engine.reading() as session:
        case = visible_case(session, REF, person, now)
        (own,) = [a for a in actions(session, world.engine, case, person, now) if a.own]
        queue = queue_page.page(session, world.engine, person, QueueFilters(text=REF), now)

    (row,) = [each for each in queue.rows if each.ref == REF]
    assert (own.allowed, [str(each) for each in own.reasons]) == (False, [WHY])
    assert (row.ready, [str(each) for each in row.barred], row.waits) == (False, [WHY], ())


def test_it_is_answered_as_soon_as_all_have_ended(world: World) -> None:
    waiting(world, ALL, kind=EACH)
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    with pytest.raises(RoundClosed, match=r"FAM-1\.2"):
        world.answer(REF, "closing", OFFICER, "close")

    world.answer(f"{REF}.2", "task", OFFICER, "failed")
    world.answer(REF, "closing", OFFICER, "close")

    assert world.state(REF) == "z"


def test_one_that_ended_otherwise_than_it_should_keeps_it_waiting(world: World) -> None:
    waiting(world, {**ALL, "ended_in": ["z"]})

    world.answer(f"{REF}.1", "task", OFFICER, "failed")

    with pytest.raises(RoundClosed, match=r"until FAM-1\.1 \(Part\) has ended as z"):
        world.answer(REF, "closing", OFFICER, "close")


def test_some_are_enough_where_that_is_said(world: World) -> None:
    waiting(world, SOME, kind=EACH)
    with pytest.raises(RoundClosed, match="until 1 more case of “Part” has ended"):
        world.answer(REF, "closing", OFFICER, "close")

    world.answer(f"{REF}.2", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")

    assert world.state(REF) == "z"


def test_who_may_answer_now_is_told_once(world: World) -> None:
    waiting(world, ALL)
    world.answer(f"{REF}.1", "task", OFFICER, "done")

    first, second = sweep(world.engine), sweep(world.engine)

    assert (first, second) == (Swept(heard=1), Swept())
    assert set(told(world).values()) == {1}
    assert world.person(OFFICER) in told(world)
    assert [e.type for e in events(world, REF)].count(EventType.ROUND_FREED) == 1
    assert verify(world.engine.database).sound


def test_whoever_acts_before_the_worker_has_it_known_as_well(world: World) -> None:
    waiting(world, ALL)
    world.answer(f"{REF}.1", "task", OFFICER, "done")

    world.answer(REF, "closing", OFFICER, "close")

    assert [e.type for e in events(world, REF)].count(EventType.ROUND_FREED) == 1
    assert sweep(world.engine) == Swept()


def test_nobody_is_told_where_something_is_waited_for_still(world: World) -> None:
    waiting(world, ALL, kind=EACH)
    world.answer(f"{REF}.1", "task", OFFICER, "done")

    done = sweep(world.engine)

    assert (done, told(world)) == (Swept(heard=1), {})


def test_children_go_on_by_themselves(world: World) -> None:
    waiting(world)

    world.answer(REF, "closing", OFFICER, "close")
    world.answer(f"{REF}.1", "task", OFFICER, "done")

    assert (world.state(REF), world.state(f"{REF}.1")) == ("z", "z")
    assert sweep(world.engine) == Swept(heard=1)


def test_children_end_with_it_where_their_kind_says_so(world: World) -> None:
    leaf = overtaken(part("leaf"))
    inner = overtaken(part()) | {
        "children": {"leaf": {**KIND, "lifecycle": "leaf", "states": ["a"], "ends_with": True}}
    }
    begun(world, leaf, inner, above(part={**KIND, "ends_with": True}, amendment=BY_OUTCOME))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "ask", OFFICER, "asked")

    world.answer(REF, "closing", OFFICER, "close")

    assert below(world) == [f"{REF}.1", f"{REF}.2"]
    assert [world.state(ref) for ref in (f"{REF}.1", f"{REF}.1.1", f"{REF}.2")] == ["y", "y", "a"]
    assert rounds(world, f"{REF}.1") == ["overtaken"]
    assert verify(world.engine.database).sound
    sweep(world.engine)
    assert sweep(world.engine) == Swept()


def overtaken(raw: dict[str, Any]) -> dict[str, Any]:
    raw["states"]["y"]["overtaken_by_parent"] = True
    return raw


def told(world: World) -> dict[int, int]:
    """How often each person was told that a wait is over."""
    with world.engine.reading() as session:
        of = select(Notice.person_id, func.count()).where(Notice.kind == "wait_over")
        return dict(session.execute(of.group_by(Notice.person_id)).all())


def rounds(world: World, ref: str) -> list[str]:
    with world.engine.reading() as session:
        status = (
            select(Round.status)
            .join(LifecycleCase, LifecycleCase.id == Round.case_id)
            .where(LifecycleCase.ref == ref)
        )
        return list(session.scalars(status))
