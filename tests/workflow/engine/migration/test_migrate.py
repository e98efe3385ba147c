"""Open cases moved to another version of their lifecycle: whole, told, and found sound afterwards."""

import tomllib
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.engine.lifecycles import STANDARD, edited, put, rename
from tests.workflow.engine.migration.second_version import (
    ADMINISTRATOR,
    SECOND,
    STATES,
    everywhere,
    moving,
    seen,
    version,
)
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_emergency import APPEAL
from workflow.audit.envelope import what_in
from workflow.audit.events.cases import CaseMigrated
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.bodies.commands import Charter, SeatGiven, describe_body, found_body, seat_party
from workflow.bodies.seats import CHAIR
from workflow.demo import path
from workflow.engine import round_state
from workflow.engine.commands.settle_due import sweep
from workflow.engine.migration.migrate import migrate_all, migrate_each, rehearse
from workflow.engine.models import LifecycleCase, Seat
from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.notices.models import Notice

EMERGENCY = STANDARD.parent / "emergency.toml"


def follows(world: World, ref: str) -> Definition:
    """The version that a programme follows."""
    with world.engine.reading() as session:
        number = session.scalars(
            select(LifecycleCase.definition_id).where(LifecycleCase.ref == ref)
        ).one()
        return world.engine.definition(number or 0, session)


def told(world: World, ref: str) -> list[CaseMigrated]:
    """What the trail of a programme says of its being moved."""
    with world.engine.reading() as session:
        bodies = session.scalars(
            select(Event.body)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.type == "case.migrated")
        ).all()
    return [what_in(body, CaseMigrated) for body in bodies]


def rounds_of(world: World, ref: str) -> list[round_state.RoundState]:
    """The open rounds of a programme."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return round_state.open_rounds(session, case)


def sound(world: World) -> bool:
    """Whether everything verifies."""
    checked = verify(world.engine.database)
    assert checked.differences == []
    return checked.sound


def test_a_programme_goes_on_under_the_new_version(world: World) -> None:
    ref = world.programme("screening")
    (before,) = rounds_of(world, ref)

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world))

    (now,) = rounds_of(world, ref)
    assert moved.moves
    assert follows(world, ref) == SECOND
    assert before.due_at is not None
    assert now.due_at is not None
    assert now.due_at > before.due_at
    assert (now.key, now.turn, now.content_digest) == (
        before.key,
        before.turn,
        before.content_digest,
    )
    assert [each.due for each in told(world, ref)[0].rounds] == [now.due_at]
    assert sound(world)


def test_a_sign_off_after_it_counts_and_the_programme_goes_on(world: World) -> None:
    ref = world.programme("screening")
    migrate_each(world.engine, seen(world, ref), moving(world))

    path.carry(world, ref, NURSES, "decision")

    assert world.state(ref) == "decision"
    assert sound(world)


def test_answers_given_before_stay_bound_and_count(world: World) -> None:
    ref = world.programme("consultation")
    who, (verdict, reason) = next(iter(NURSES.positions.items()))
    world.answer(ref, "consultation", who, verdict, reason)
    (before,) = rounds_of(world, ref)

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world))

    (now,) = rounds_of(world, ref)
    assert [each.kept for each in moved.rounds] == [1]
    assert now.answers() == before.answers()
    assert now.content_digest == before.content_digest
    assert sound(world)


def test_thirteen_programmes_of_which_five_move_and_two_cannot(world: World) -> None:
    # Those that take longest come first: for the others no time is up yet.
    refs = {n: world.programme(STATES[n]) for n in reversed(range(len(STATES)))}
    moving_on, stuck = [refs[n] for n in (0, 1, 2, 6, 9)], [refs[n] for n in (10, 11)]
    untouched = [ref for ref in refs.values() if ref not in {*moving_on, *stuck}]
    sweep(world.engine)
    before = {ref: world.version(ref) for ref in refs.values()}

    found = migrate_each(world.engine, seen(world, *moving_on, *stuck), moving(world))

    assert {each.ref: each.reasons for each in found if each.ref in moving_on} == dict.fromkeys(
        moving_on, ()
    )
    assert {each.ref: [str(why) for why in each.reasons] for each in found if not each.moves} == {
        ref: ["The form of “Final report” no longer holds what version 1 says."] for ref in stuck
    }
    assert all(follows(world, ref) == SECOND for ref in moving_on)
    assert all(follows(world, ref) != SECOND for ref in (*stuck, *untouched))
    assert {ref: world.version(ref) for ref in (*stuck, *untouched)} == {
        ref: before[ref] for ref in (*stuck, *untouched)
    }
    assert sound(world)


def test_all_or_none(world: World) -> None:
    first, second = world.programme("screening"), world.programme("operational_closure")

    found = migrate_all(world.engine, seen(world, first, second), moving(world))

    assert [each.reasons == () for each in found] == [True, False], found[0].reasons
    assert told(world, first) == []
    assert told(world, second) == []


def test_a_rehearsal_writes_nothing(world: World) -> None:
    ref = world.programme("screening")
    (before,) = rounds_of(world, ref)

    (tried,) = rehearse(world.engine, seen(world, ref), moving(world, published=False))

    assert tried.moves
    assert tried.rounds[0].due_at != before.due_at
    assert rounds_of(world, ref) == [before]
    assert told(world, ref) == []


def test_states_and_rounds_under_other_keys_are_mapped(world: World) -> None:
    ref = world.programme("consultation")
    now = version(
        rename("states/consultation", "hearing"),
        everywhere("consultation", "hearing"),
    )
    unmapped = rehearse(world.engine, seen(world, ref), moving(world, now))

    (moved,) = migrate_each(
        world.engine,
        seen(world, ref),
        moving(world, now, states={"consultation": "hearing"}, rounds={"consultation": "hearing"}),
    )

    assert [str(why) for why in unmapped[0].reasons][:1] == [
        "The state “Consultation of pivotal countries” is gone; say which takes its place."
    ]
    assert moved.reasons == ()
    assert world.state(ref) == "hearing"
    assert [each.key for each in rounds_of(world, ref)] == ["hearing"]
    assert sound(world)


def test_a_programme_that_moved_on_meanwhile_is_refused_by_name(world: World) -> None:
    ref = world.programme("screening")
    (stale,) = seen(world, ref)
    wish = moving(world)
    path.carry(world, ref, NURSES, "consultation")

    (found,) = migrate_each(world.engine, [stale], wish)

    assert not found.moves
    assert str(found.reasons[0]).startswith(f"{ref} has moved on")
    assert told(world, ref) == []


def test_only_an_administrator_moves_programmes(world: World) -> None:
    ref = world.programme("screening")
    wish = moving(world)
    stranger = world.person("jane.okello")

    (found,) = migrate_each(
        world.engine, seen(world, ref), type(wish)(wish.to, wish.number, stranger, reason="Why not")
    )

    assert not found.moves
    assert told(world, ref) == []


def test_a_version_that_was_not_published_moves_nothing(world: World) -> None:
    ref = world.programme("screening")

    with pytest.raises(Invalid, match="Publish this version first"):
        migrate_each(world.engine, seen(world, ref), moving(world, published=False))


def test_two_administrators_at_once_move_it_once(world: World) -> None:
    ref = world.programme("screening")
    wish, start, found = moving(world), Barrier(2), []
    cases, engines = seen(world, ref), [world.engine, world.another_engine()]

    def move(number: int) -> None:
        start.wait()
        found.extend(migrate_each(engines[number], cases, wish))

    threads = [Thread(target=move, args=(number,)) for number in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(each.moves for each in found) == [False, True]
    assert len(told(world, ref)) == 1
    assert sound(world)


def test_an_end_that_would_have_passed_is_refused(world: World) -> None:
    ref = world.programme("screening")
    world.clock.at += timedelta(days=3)
    now = version(put("rounds/screening/within/amount", 1))

    (found,) = rehearse(world.engine, seen(world, ref), moving(world, now))

    assert [str(each) for each in found.reasons] == ["The time of “Screening” would be up already."]


def test_seats_that_are_gone_are_closed_and_those_that_came_are_told(world: World) -> None:
    ref = world.programme("screening")
    head = version(put("rules/screening_check/seats/0/role", "unit_head"), number="6")
    back = version(put("states/screening/label", "First look"), number="6")

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, head))
    (again,) = rehearse(world.engine, seen(world, ref), moving(world, back))

    assert moved.reasons == ()
    assert [(seat.role, seat.status) for seat in rounds_of(world, ref)[0].seats] == [
        ("unit_head", "open")
    ]
    assert "would be asked again" in str(again.reasons[0])
    assert sound(world)
    world.answer(ref, "screening", "elena.petrova", "open_consultation")
    assert world.state(ref) == "consultation"
    assert sound(world)


@pytest.mark.parametrize("state", ["screening", "consultation", "active", "inception"])
def test_who_is_told_is_told_once_of_a_round_that_asks_them(world: World, state: str) -> None:
    ref = world.programme(state)

    migrate_each(world.engine, seen(world, ref), moving(world))

    with world.engine.reading() as session:
        rows = session.execute(
            select(Notice.person_id, Notice.label, Seat.round_key, Notice.round_id, Seat.round_id)
            .join(Event, (Event.case_id == Notice.case_id) & (Event.seq == Notice.event_seq))
            .join(Seat, Seat.id == Notice.seat_id)
            .where(Event.type == "case.migrated")
        ).all()
        open_rounds = {each.key for each in rounds_of(world, ref)}
    assert rows
    assert len({person for person, *_ in rows}) == len(rows)
    assert all(label == SECOND.rounds[key].label for _, label, key, *_ in rows)
    assert all(named == seated for *_, named, seated in rows)
    assert {key for _, _, key, *_ in rows} <= open_rounds


def test_a_seat_is_not_put_on_another_body(world: World) -> None:
    ref = world.programme("decision")
    (asked, *_) = rounds_of(world, ref)[0].seats
    by, now = world.person(ADMINISTRATOR), world.engine.now()
    chair = SeatGiven(party_id=asked.party_id, starts_on=now.date(), place=CHAIR)
    with world.engine.transaction() as session:
        body = found_body(
            session, "steering-two", Charter(kind="steering", name="Steering"), by=by, now=now
        )
        seat_party(session, body, chair, by=by, now=now)
        charter = Charter(kind="steering", name="Steering", by_default=True)
        describe_body(session, body, charter, by=by, now=now)

    (found,) = rehearse(world.engine, seen(world, ref), moving(world, version(_steered)))

    assert f"The seat of {asked.party_name} in “Board decision” would be on another body." in [
        str(each) for each in found.reasons
    ]


def _steered(raw: dict[str, Any]) -> None:
    """The Board's members are asked for its decision on the steering committee instead."""
    rule = raw["rules"][raw["rounds"]["decision"]["rule"]]
    rule["seats"] = [{"role": "board_member", "of": "body:steering"}]


def test_another_lifecycle_takes_a_case_only_where_everything_has_its_place(world: World) -> None:
    ref = world.programme("screening")
    emergency = load_file(EMERGENCY)

    (tried,) = rehearse(world.engine, seen(world, ref), moving(world, emergency))

    told_why = [str(each) for each in tried.reasons]
    assert "The state “Screening” is gone; say which takes its place." in told_why
    assert "The round “Submission” is gone; say which takes its place." in told_why
    assert "The document “Proposal” is filed, and gone." in told_why


def test_a_case_of_another_lifecycle_moves_to_its_next_version(world: World) -> None:
    sent = Carried(world, "emergency", APPEAL)
    sent.answer("joao.lima", "appealing", "appeal")
    raw = tomllib.loads(EMERGENCY.read_text(encoding="utf-8"))
    edits = (put("version", "9"), put("rounds/checking/label", "A look at the ceiling"))
    second = from_tables(edited(*edits, raw=raw), "emergency.toml")

    (moved,) = migrate_each(world.engine, seen(world, sent.ref), moving(world, second))

    sent.answer("jane.okello", "checking", "circulate")
    assert moved.reasons == ()
    assert follows(world, sent.ref) == second
    assert world.state(sent.ref) == "silence"
    assert sound(world)
