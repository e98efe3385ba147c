"""Programmes that two administrators move while others act, time acts, or the machine dies: whole, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.reliability.dying import AFTER_THE_COMMIT, POINTS
from tests.reliability.interleaving import at_once
from tests.support.programs import module
from tests.support.world import World
from tests.workflow.engine.lifecycles import put
from tests.workflow.engine.migration.second_version import SECOND, version
from tests.workflow.engine.migration.test_migrate import follows, rounds_of, told
from tests.workflow.publication.migration.test_requests import asked, sound, wish
from tests.workflow.publication.register import page, two
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.engine.rounds.decision import Decision
from workflow.errors import Refusal, Stale
from workflow.publication.migration.requests import MigrationOutcome, carry_out, confirm

OFFICER = "jane.okello"


def passes(world: World, ref: str) -> Decision:
    """What the officer sends from the page that they opened."""
    return Decision(
        ref=ref, round="screening", verdict="open_consultation",
        seen_version=world.version(ref), key="",
    )  # fmt: skip


def confirming(world: World, number: int) -> MigrationOutcome:
    """The second administrator confirms what they read, and what they read anew where it comes otherwise."""
    done = confirm(world.engine, number, by=two(world)[1])
    return (
        done
        if not done.otherwise
        else confirm(world.engine, number, by=two(world)[1], seen=done.mark)
    )


@pytest.mark.processes
@pytest.mark.parametrize("point", POINTS)
def test_a_machine_that_dies_leaves_all_of_it_or_nothing(world: World, point: str) -> None:
    refs = (world.programme("screening"), world.programme("consultation"))
    number = asked(world, *refs)
    words = (world.url, world.clock().isoformat(), point, len(refs), number, two(world)[1])

    with module("tests.reliability.acts.moving", *words) as dying:
        killed = dying.ended()
    moved = [follows(world, ref) == SECOND for ref in refs]
    waits = len(page(world).waiting)
    checked = sound(world)
    if waits:
        confirming(world, number)

    assert killed == -9
    assert moved == [point == AFTER_THE_COMMIT] * 2
    assert waits == (0 if point == AFTER_THE_COMMIT else 1)
    assert checked
    assert [follows(world, ref) for ref in refs] == [SECOND, SECOND]
    assert [len(told(world, ref)) for ref in refs] == [1, 1]
    assert sound(world)


def test_an_answer_at_the_same_moment_counts_or_is_told_so(world: World) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")
    number = asked(world, ref, other)
    engine, sent, officer = world.another_engine(), passes(world, ref), world.person(OFFICER)

    answer, done = at_once(
        [lambda: commands.sign(engine, officer, sent), lambda: confirming(world, number)]
    )

    answered = not isinstance(answer, Refusal)
    assert isinstance(done, MigrationOutcome)
    assert world.state(ref) == ("consultation" if answered else "screening")
    if done.otherwise:
        done = confirming(world, number)
    assert [follows(world, each) for each in (ref, other)] == [SECOND, SECOND]
    assert len(rounds_of(world, ref)) >= 1
    assert sound(world)


def test_the_sweep_at_the_same_moment_settles_once(world: World) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")
    later = version(put("rounds/screening/within/amount", 1))
    number = asked(world, ref, other, to=later)
    world.clock.at += timedelta(days=400)
    engine = world.another_engine()

    swept, done = at_once([lambda: sweep(engine), lambda: confirming(world, number)])
    sweep(world.engine)

    assert not isinstance(swept, Refusal)
    assert isinstance(done, MigrationOutcome | Refusal)
    assert len(told(world, ref)) <= 1
    assert len(told(world, other)) <= 1
    assert sound(world)


def test_of_two_windows_in_which_it_is_confirmed_at_once_one_moves_them(world: World) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")
    number, second = asked(world, ref, other), two(world)[1]
    engines = (world.another_engine(), world.another_engine())

    came = at_once(
        [
            lambda: confirm(engines[0], number, by=second),
            lambda: confirm(engines[1], number, by=second),
        ]
    )

    done = [isinstance(each, MigrationOutcome) and not each.otherwise for each in came]
    told_so = [isinstance(each, Stale) or getattr(each, "otherwise", False) for each in came]
    assert (sum(done), sum(told_so)) == (1, 1), came
    assert [follows(world, each) for each in (ref, other)] == [SECOND, SECOND]
    assert [len(told(world, each)) for each in (ref, other)] == [1, 1]
    assert sound(world)


def test_of_two_administrators_who_ask_at_once_one_is_told_and_may_confirm(world: World) -> None:
    ref = world.programme("screening")
    engine, asking = world.another_engine(), two(world)
    mine = wish(world, ref)
    other = replace(mine, migration=replace(mine.migration, by=asking[1]))

    came = at_once([lambda: carry_out(world.engine, mine), lambda: carry_out(engine, other)])
    (waits,) = page(world).waiting
    (told_so,) = (who for who, each in zip(asking, came, strict=True) if isinstance(each, Stale))
    done = confirm(world.engine, waits.number, by=told_so)

    assert not done.otherwise
    assert follows(world, ref) == SECOND
    assert len(told(world, ref)) == 1
    assert sound(world)


def test_two_workers_and_somebody_who_answers_while_it_is_confirmed_leave_one_of_the_orders(
    world: World,
) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")
    later = version(put("rounds/screening/within/amount", 1))
    number = asked(world, ref, other, to=later)
    world.clock.at += timedelta(days=400)
    one, two_, three = (world.another_engine() for _ in range(3))
    sent, officer = passes(world, ref), world.person(OFFICER)

    came = at_once(
        [
            lambda: sweep(one),
            lambda: sweep(two_),
            lambda: commands.sign(three, officer, sent),
            lambda: confirming(world, number),
        ]
    )
    sweep(world.engine)

    assert not [
        each for each in came if isinstance(each, Exception) and not isinstance(each, Refusal)
    ]
    assert not [each for each in came[:2] if isinstance(each, Refusal)]
    answered = not isinstance(came[2], Refusal)
    assert (world.state(ref) == "consultation") is answered
    assert [len(told(world, each)) <= 1 for each in (ref, other)] == [True, True]
    assert sound(world)
