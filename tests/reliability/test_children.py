"""A case and one under it, acted on at the same moment: whatever wins, both come out whole and nobody waits for ever."""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import count
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.reliability.interleaving import Act, at_once
from tests.support.sizes import sized
from tests.support.waiting import PATIENCE
from tests.support.world import World
from tests.workflow.engine.cases.family import (
    ALL,
    BY_OUTCOME,
    KIND,
    OFFICER,
    above,
    begun,
    below,
    events,
    part,
)
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.cases.beginnings import open_children
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.settle_due import sweep
from workflow.engine.engine import Engine
from workflow.engine.rounds.decision import Decision
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.errors import Refusal
from workflow.lifecycles.children.schedule import Occurrence
from workflow.notices.models import Notice
from workflow.vocabulary import EventType

OTHER = "ravi.chand"
TIMES = sized(4, 40)
REFS = (f"RACE-{number}" for number in count(1))


def signing(world: World, engine: Engine, at: tuple[str, str], who: str, verdict: str) -> Act:
    """A verdict from a page that is opened now, sent when it is called."""
    ref, key = at
    person = world.person(who)
    decision = Decision(
        ref, key, verdict, world.version(ref), uuid4().hex, world.seat(ref, key, person)
    )
    return lambda: commands.sign(engine, person, decision)


def family(world: World, raw: dict[str, object], *others: dict[str, object]) -> str:
    """A case of the lifecycle that has entered the state in which its cases open."""
    ref = begun(world, *others, raw, ref=next(REFS))
    world.answer(ref, "start", OFFICER, "go")
    return ref


def run(
    world: World, acts: Callable[[str], list[Act]], begin: Callable[[], str]
) -> list[list[object]]:
    """What came of the acts, each time on a case of its own; none may be an error."""
    found = []
    for _ in range(TIMES):
        ref = begin()
        came = at_once(acts(ref))
        assert not [
            each for each in came if isinstance(each, Exception) and not isinstance(each, Refusal)
        ]
        found.append([type(each).__name__ for each in came])
    assert verify(world.engine.database).sound
    return found


def test_a_case_that_ends_with_the_other_and_is_answered_meanwhile(world: World) -> None:
    child = part()
    child["states"]["y"]["overtaken_by_parent"] = True
    raw = above(part={**KIND, "for_each": "beneficiary", "ends_with": True})
    one, other = world.another_engine(), world.another_engine()
    refs: list[str] = []

    def acts(ref: str) -> list[Act]:
        refs.append(ref)
        return [
            signing(world, one, (ref, "closing"), OFFICER, "close"),
            signing(world, other, (f"{ref}.1", "task"), OTHER, "done"),
            signing(world, world.engine, (f"{ref}.2", "task"), OTHER, "failed"),
        ]

    came = run(world, acts, lambda: family(world, raw, child))

    assert {each[0] for each in came} == {"Receipt"}
    assert [world.state(ref) for ref in refs] == ["z"] * TIMES
    ends = {world.state(each) for ref in refs for each in below(world, ref)}
    assert ends <= {"y", "z"}


def test_the_last_case_ends_while_the_round_that_waits_for_it_is_answered(world: World) -> None:
    raw = above(ALL, part=KIND)
    one, other = world.another_engine(), world.another_engine()
    refs: list[str] = []

    def acts(ref: str) -> list[Act]:
        refs.append(ref)
        return [
            signing(world, one, (ref, "closing"), OFFICER, "close"),
            signing(world, other, (f"{ref}.1", "task"), OTHER, "done"),
        ]

    came = run(world, acts, lambda: family(world, raw, part()))

    assert {each[1] for each in came} == {"Receipt"}
    for ref, (first, _) in zip(refs, came, strict=True):
        assert (world.state(ref) == "z") is (first == "Receipt")
    sweep(world.engine)
    for ref in refs:
        freed = [e for e in events(world, ref) if e.type == EventType.ROUND_FREED]
        # Whoever answered as the other ended need not be told that they may.
        assert len(freed) == 1 or (not freed and world.state(ref) == "z")


def test_two_workers_and_somebody_who_acts_make_an_end_known_once(world: World) -> None:
    raw = above(ALL, part=KIND)
    one, other = world.another_engine(), world.another_engine()
    refs: list[str] = []

    def begin() -> str:
        ref = family(world, raw, part())
        world.answer(f"{ref}.1", "task", OFFICER, "done")
        refs.append(ref)
        return ref

    def acts(ref: str) -> list[Act]:
        page = signing(world, world.engine, (ref, "closing"), OFFICER, "close")
        return [lambda: sweep(one), lambda: sweep(other), page]

    run(world, acts, begin)

    with world.engine.reading() as session:
        told = session.execute(
            select(Notice.case_id, Notice.person_id, func.count())
            .where(Notice.kind == "wait_over")
            .group_by(Notice.case_id, Notice.person_id)
        ).all()
        unheard = session.scalars(select(ChildCase).where(ChildCase.heard_at.is_(None))).all()
    assert {number for *_, number in told} == {1}
    assert unheard == []


def test_two_who_ask_for_a_case_at_once_get_one_each_with_a_number_of_its_own(world: World) -> None:
    raw = above(amendment=BY_OUTCOME)
    one, other = world.another_engine(), world.another_engine()

    def acts(ref: str) -> list[Act]:
        return [
            signing(world, engine, (ref, "ask"), who, "asked")
            for engine, who in ((one, OFFICER), (other, OTHER))
        ]

    came = run(world, acts, lambda: family(world, raw, part()))

    assert {tuple(sorted(each)) for each in came} == {("Receipt", "Stale")}


@pytest.mark.parametrize("for_each", ["", "beneficiary"])
def test_a_period_opens_once_though_two_workers_come_to_it_at_once(
    world: World, for_each: str
) -> None:
    kind = {**KIND, "opens": "by schedule", "every": "quarter", "states": ["a", "b"]}
    raw = above(part={**kind, "for_each": for_each} if for_each else kind)
    one, other = world.another_engine(), world.another_engine()
    quarter = Occurrence(date(2030, 4, 1), date(2030, 1, 1), date(2030, 3, 31))

    def opening(engine: Engine, ref: str) -> Act:
        def act() -> object:
            with engine.transaction() as session:
                case = lock_case(session, ref)
                definition = engine.definition(case.definition_id, session)
                work = UnitOfWork(session, case, definition, None, engine.now())
                found = open_children(work, definition.children["part"], quarter)
                work.close()
                return found

        return act

    for _ in range(TIMES):
        ref = family(world, raw, part())
        came = at_once([opening(one, ref), opening(other, ref)])
        opened = [each for each in came if each]
        assert all(isinstance(each, tuple) for each in came), came
        assert len(opened) == 1
        assert list(opened[0]) == below(world, ref)  # type: ignore[call-overload]
    assert verify(world.engine.database).sound


def test_locking_upward_stands_still_on_postgresql(postgresql_house_url: str) -> None:
    """What an act on a case does not do: two that take both rows in either order wait for each other."""
    with closing(World(postgresql_house_url)) as world:
        ref = family(world, above(part=KIND), part())
        both = Barrier(2)

        def locking(engine: Engine, first: str, second: str) -> Act:
            def act() -> object:
                try:
                    with engine.transaction() as session:
                        lock_case(session, first)
                        both.wait(PATIENCE)
                        lock_case(session, second)
                except DBAPIError as stood_still:
                    return stood_still
                return "done"

            return act

        downward = locking(world.another_engine(), ref, f"{ref}.1")
        upward = locking(world.another_engine(), f"{ref}.1", ref)
        came = at_once([downward, upward])

        assert [each for each in came if isinstance(each, DBAPIError)]
