"""Cases are moved by two administrators: the plan is kept, tried again as it is confirmed, and told."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from tests.support.world import NURSES, World
from tests.workflow.engine.lifecycles import put
from tests.workflow.engine.migration.second_version import SECOND, moving, seen, version
from tests.workflow.engine.migration.test_migrate import follows, rounds_of, told
from tests.workflow.publication.register import kinds, page, retiring, two
from workflow.audit.verification.verify import verify
from workflow.demo import path
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal, Stale
from workflow.lifecycles.definition import Definition
from workflow.people.accounts.access import end_access
from workflow.publication import requests
from workflow.publication.migration.page import PlanPage, plan_page
from workflow.publication.migration.requests import (
    MigrationOutcome,
    MigrationWish,
    carry_out,
    confirm,
    tried_again,
)
from workflow.publication.wishes import LifecycleWish, publication


def wish(world: World, *refs: str, to: Definition = SECOND, **more: object) -> MigrationWish:
    before = follows(world, refs[0]).digest
    asked = MigrationWish(
        before=before, wanted=tuple(seen(world, *refs)), migration=moving(world, to)
    )
    return replace(asked, **more)


def asked(world: World, *refs: str, **more: object) -> int:
    return carry_out(world.engine, wish(world, *refs, **more)).waits or 0


def confirmed(world: World, number: int, seen: str = "") -> MigrationOutcome:
    return confirm(world.engine, number, by=two(world)[1], seen=seen)


def plan(world: World, number: int) -> PlanPage:
    with world.engine.reading() as session:
        found = plan_page(session, world.engine, number, two(world)[1], world.engine.now())
    assert found is not None
    return found


def sound(world: World) -> bool:
    checked = verify(world.engine.database)
    assert checked.differences == []
    return checked.sound


def test_they_wait_and_are_moved_by_the_second(world: World) -> None:
    first, second = two(world)
    ref, other = world.programme("screening"), world.programme("consultation")

    number = asked(world, ref, other)
    while_it_waits = follows(world, ref)
    read = plan(world, number)
    done = confirmed(world, number)

    assert while_it_waits != SECOND
    assert (read.plan.refs, read.to) == ((ref, other), SECOND)
    assert [each.rounds[0].label for each in read.plan.cases] == [
        "Screening", "What countries say",
    ]  # fmt: skip
    assert {ref, other} == set(read.titles)
    assert not done.otherwise
    assert {each.ref for each in done.cases if each.moves} == {ref, other}
    assert [follows(world, each) for each in (ref, other)] == [SECOND, SECOND]
    (event,) = told(world, ref)
    assert (event.request, event.asked_by) == (number, first)
    assert kinds(world)[-2:] == ["lifecycle.asked", "lifecycle.cases_moved"]
    assert second != first
    assert sound(world)
    with pytest.raises(Stale, match="decided on already"):
        confirmed(world, number)


def test_the_only_administrator_moves_them_at_once(world: World) -> None:
    ref = world.programme("screening")
    first, second = two(world)
    with world.engine.transaction() as session:
        end_access(session, second, "Has left.", by=first, now=world.engine.now())

    done = carry_out(world.engine, wish(world, ref))

    assert (done.waits, follows(world, ref)) == (None, SECOND)
    assert told(world, ref)[0].request is None
    assert sound(world)


def test_the_setting_has_even_the_only_one_wait(world: World) -> None:
    ref = world.programme("screening")
    first, second = two(world)
    with world.engine.transaction() as session:
        end_access(session, second, "Has left.", by=first, now=world.engine.now())

    done = carry_out(world.engine, wish(world, ref), two_for=("director",))

    assert done.waits is not None
    assert follows(world, ref) != SECOND


def test_who_asked_and_a_stranger_confirm_nothing(world: World) -> None:
    ref = world.programme("screening")
    number = asked(world, ref)

    with pytest.raises(NotAuthorised, match="cannot confirm"):
        confirm(world.engine, number, by=two(world)[0])
    with pytest.raises(NotAuthorised, match="Only an administrator"):
        confirm(world.engine, number, by=world.person("jane.okello"))
    stranger = replace(moving(world), by=world.person("jane.okello"))
    by_a_stranger = replace(wish(world, ref), migration=stranger)
    with pytest.raises(NotAuthorised, match="Only an administrator"):
        carry_out(world.engine, by_a_stranger)
    with pytest.raises(NotFound):
        confirmed(world, number + 1)

    assert told(world, ref) == []


def test_what_was_declined_moves_nothing_and_can_be_asked_for_again(world: World) -> None:
    ref = world.programme("screening")
    number = asked(world, ref)

    with pytest.raises(Stale, match="waits for a second administrator already"):
        asked(world, ref)
    with world.engine.transaction() as session:
        requests.decline(session, number, "Not yet.", by=two(world)[1], now=world.engine.now())
    with pytest.raises(Stale, match="decided on already"):
        confirmed(world, number)

    assert asked(world, ref) == number + 1
    assert told(world, ref) == []
    assert sound(world)


def test_what_comes_out_otherwise_is_not_done_before_it_was_read(world: World) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")
    number = asked(world, ref, other)
    path.carry(world, ref, NURSES, "consultation")

    first_try = confirmed(world, number)
    untouched = (follows(world, ref), follows(world, other))
    again = confirmed(world, number, first_try.mark)

    assert first_try.otherwise
    assert SECOND not in untouched
    assert {each.was for each in first_try.cases} == {"Consultation of pivotal countries"}
    assert not again.otherwise
    assert [follows(world, each) for each in (ref, other)] == [SECOND, SECOND]
    assert sound(world)


def test_each_for_itself_those_that_cannot_be_moved_by_now_stay(world: World) -> None:
    ref, ends = world.programme("screening"), world.programme("consultation")
    soon = version(put("rounds/consultation/within", {"amount": 1, "unit": "days"}))
    number = asked(world, ref, ends, to=soon)
    world.clock.at += timedelta(days=3)

    otherwise = confirmed(world, number)
    done = confirmed(world, number, otherwise.mark)

    assert [each.ref for each in otherwise.stuck] == [ends]
    assert "would be up already" in str(otherwise.stuck[0].reasons[0])
    assert not done.otherwise
    assert (follows(world, ref), follows(world, ends) == soon) == (soon, False)
    assert sound(world)


def test_all_or_none_is_not_confirmed_while_one_cannot_be_moved(world: World) -> None:
    ref, ends = world.programme("screening"), world.programme("consultation")
    soon = version(put("rounds/consultation/within", {"amount": 1, "unit": "days"}))
    number = asked(world, ref, ends, to=soon, together=True)
    world.clock.at += timedelta(days=3)

    otherwise = confirmed(world, number)
    still = confirmed(world, number, otherwise.mark)

    assert (otherwise.otherwise, still.otherwise) == (True, True)
    assert told(world, ref) == []
    assert len(page(world).waiting) == 1


def test_what_cannot_be_moved_is_said_at_once_and_not_asked_for(world: World) -> None:
    ref, stuck = world.programme("screening"), world.programme("operational_closure")

    together = carry_out(world.engine, wish(world, ref, stuck, together=True))
    alone = carry_out(world.engine, wish(world, stuck))
    each = carry_out(world.engine, wish(world, ref, stuck))

    assert (together.waits, alone.waits) == (None, None)
    assert [one.ref for one in together.stuck] == [stuck]
    assert each.waits is not None
    assert plan(world, each.waits).plan.refs == (ref,)


def test_a_version_that_is_not_offered_takes_cases_only_where_it_is_said(world: World) -> None:
    ref = world.programme("screening")
    later = version(put("states/screening/label", "First look"), number="6")
    start = world.engine.now().date() + timedelta(days=30)
    _two_do(world, publication(later, starts_on=start, why="From next month on."))
    of = replace(moving(world, later, published=False), number=_number(world, later))
    bare = MigrationWish(
        before=follows(world, ref).digest, wanted=tuple(seen(world, ref)), migration=of
    )

    with pytest.raises(Invalid, match="offered from a later day on") as refused:
        carry_out(world.engine, bare)
    number = carry_out(world.engine, replace(bare, although_not_offered=True)).waits or 0
    done = confirmed(world, number)

    assert "although_not_offered" in refused.value.faults
    assert not done.otherwise
    assert follows(world, ref) == later
    assert sound(world)


def test_a_version_retired_while_it_waits_takes_no_case(world: World) -> None:
    ref = world.programme("screening")
    target = version(number="6")
    _two_do(world, publication(target, why="Now."))
    of = replace(moving(world, target, published=False), number=_number(world, target))
    bare = MigrationWish(
        before=follows(world, ref).digest, wanted=tuple(seen(world, ref)), migration=of
    )
    number = carry_out(world.engine, bare).waits or 0
    with world.engine.transaction() as session:
        requests.carry_out(session, retiring(starts_on=None), by=None, now=world.engine.now())

    with pytest.raises(Invalid, match="retired"):
        confirmed(world, number)

    assert told(world, ref) == []


def test_it_lapses_with_the_access_of_whoever_asked(world: World) -> None:
    first, second = two(world)
    ref = world.programme("screening")
    number = asked(world, ref)
    with world.engine.transaction() as session:
        end_access(session, first, "Has left.", by=second, now=world.engine.now())

    with pytest.raises(Stale, match="it has lapsed"):
        confirmed(world, number)
    lapsed = page(world).waiting[0].lapsed
    with world.engine.transaction() as session:
        requests.decline(session, number, "Lapsed.", by=second, now=world.engine.now())

    assert lapsed
    assert page(world).waiting == ()
    assert told(world, ref) == []
    assert sound(world)


def test_what_lapsed_stands_in_nobodys_way(world: World) -> None:
    first, second = two(world)
    ref = world.programme("screening")
    asked(world, ref)
    with world.engine.transaction() as session:
        end_access(session, first, "Has left.", by=second, now=world.engine.now())

    done = carry_out(
        world.engine, replace(wish(world, ref), migration=replace(moving(world), by=second))
    )

    assert (done.waits, follows(world, ref)) == (None, SECOND)


def test_trying_again_keeps_nothing(world: World) -> None:
    ref = world.programme("screening")
    number = asked(world, ref)
    before = rounds_of(world, ref)

    found = tried_again(world.engine, number, by=two(world)[1])

    assert found.mark == MigrationOutcome(plan(world, number).plan.cases).mark
    assert rounds_of(world, ref) == before
    assert told(world, ref) == []


def test_of_two_who_confirm_and_decline_at_once_one_is_told_so(world: World) -> None:
    ref = world.programme("screening")
    number = asked(world, ref)
    second = two(world)[1]
    other = world.another_engine()
    start, came = Barrier(2), []

    def confirming() -> None:
        start.wait()
        try:
            came.append(("confirmed", confirm(world.engine, number, by=second).otherwise))
        except Refusal as refused:
            came.append(("confirmed", str(refused)))

    def declining() -> None:
        start.wait()
        try:
            with other.transaction() as session:
                requests.decline(session, number, "No.", by=second, now=other.now())
            came.append(("declined", False))
        except Refusal as refused:
            came.append(("declined", str(refused)))

    threads = [Thread(target=each) for each in (confirming, declining)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    done = [kind for kind, what in came if what is False]
    assert len(done) == 1, came
    assert (follows(world, ref) == SECOND) == (done == ["confirmed"])
    assert sound(world)


def test_a_plan_altered_behind_the_register_is_found(world: World) -> None:
    ref = world.programme("screening")
    asked(world, ref)

    with world.engine.database.begin() as connection:
        connection.execute(
            text("update lifecycle_request set body = :body"), {"body": b'{"cases":[]}'}
        )

    assert not verify(world.engine.database).sound


def _two_do(world: World, of: LifecycleWish) -> None:
    first, second = two(world)
    with world.engine.transaction() as session:
        number = requests.carry_out(session, of, by=first, now=world.engine.now()).waits or 0
    with world.engine.transaction() as session:
        requests.confirm(session, number, by=second, now=world.engine.now())


def _number(world: World, definition: Definition) -> int:
    with world.engine.database.connect() as connection:
        found = connection.execute(
            text("select id from definition_version where digest = :digest"),
            {"digest": definition.digest},
        )
        return int(found.scalar_one())
