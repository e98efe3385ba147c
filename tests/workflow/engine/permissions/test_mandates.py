"""Acting for somebody under a mandate: both names on the record, and nothing that bars is lifted."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests.support.badges import queue_count
from tests.support.world import World
from tests.workflow.engine.commands.test_sign import decision, rows
from workflow.engine import commands
from workflow.engine.commands import DeclareInterest, RecuseSeat
from workflow.engine.models import SignOff
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.mandates import received
from workflow.engine.permissions.prior_acts import pasts
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import batch
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, Stale
from workflow.history.filters import HistoryFilters
from workflow.history.reader import selection
from workflow.people.mandates import Grant, grant, revoke
from workflow.people.models import Appointment

DAY = timedelta(days=1)


def mandate(world: World, principal: str, delegate: str, **more: object) -> int:
    """A mandate for the one office of `principal`, from today for a week."""
    today = world.engine.now().date()
    with world.engine.transaction() as session:
        held = session.scalars(
            select(Appointment.id).where(Appointment.person_id == world.person(principal))
        ).first()
        assert held is not None
        command = Grant(held, world.person(delegate), today, today + 7 * DAY, "I am on mission.")
        return grant(
            session,
            world.person(principal),
            replace(command, **more),  # type: ignore[arg-type]
            now=world.engine.now(),
        )


def sign(world: World, ref: str, delegate: str, **more: object) -> None:
    command = decision(world, ref, "screening", "open_consultation", **more)
    commands.sign(world.engine, world.person(delegate), command)


def test_a_delegate_answers_for_the_holder_and_both_are_on_record(world: World) -> None:
    ref = world.programme("screening")
    given = mandate(world, "jane.okello", "paulo.sa")

    sign(world, ref, "paulo.sa")

    with world.engine.reading() as session:
        answer = session.scalars(select(SignOff).order_by(SignOff.id.desc()).limit(1)).one()
        lines = selection(
            session, world.engine, ref,
            person=world.person("jane.okello"), now=world.engine.now(), filters=HistoryFilters(),
        )  # fmt: skip
    assert answer.person_id == world.person("paulo.sa")
    assert answer.mandate_id == given
    assert world.state(ref) == "consultation"
    line = next(each for each in reversed(lines) if each.type == "signoff.given")
    assert line.who.startswith("Paulo")
    assert any("Jane" in str(under) for under in line.under)


def test_a_revoked_mandate_is_worth_nothing_at_once(world: World) -> None:
    ref = world.programme("screening")
    given = mandate(world, "jane.okello", "paulo.sa")
    with world.engine.transaction() as session:
        revoke(session, world.person("jane.okello"), given, now=world.engine.now())
    before = rows(world)

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        sign(world, ref, "paulo.sa")

    assert rows(world) == before


@pytest.mark.parametrize("scope", ["round:approval", "case:SSC-1900-001"])
def test_a_mandate_reaches_no_further_than_its_scope(world: World, scope: str) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa", scope=scope)

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        sign(world, ref, "paulo.sa")


def test_a_mandate_ends_with_its_last_day(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")
    world.clock.pass_time(days=8)

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        sign(world, ref, "paulo.sa")


def test_a_stale_page_is_refused_under_a_mandate_too(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")

    with pytest.raises(Stale):
        sign(world, ref, "paulo.sa", seen_version=1)


def test_a_mandate_does_not_lift_what_bars_the_delegate(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "joao.lima")

    with pytest.raises(ConflictOfDuties, match="You wrote the text"):
        sign(world, ref, "joao.lima")


def test_nobody_does_through_a_delegate_what_they_may_not_do_themselves(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")
    with world.engine.transaction() as session:
        jane = world.person("jane.okello")
        session.execute(
            SignOff.__table__.update()  # type: ignore[attr-defined]
            .where(SignOff.person_id == world.person("joao.lima"))
            .values(person_id=jane)
        )
    world.honest = False

    with pytest.raises(ConflictOfDuties, match="for whom you would act"):
        sign(world, ref, "paulo.sa")


def test_what_was_signed_through_a_delegate_counts_as_the_principals(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")
    sign(world, ref, "paulo.sa")

    with world.engine.reading() as session:
        case = visible_case(session, ref, world.person("jane.okello"), world.engine.now())
        jane = world.person("jane.okello")
        past = pasts(session, [case.id], [jane]).of(case.id, jane)

    assert "screening" in past.signed


def test_what_waits_under_a_mandate_is_told_by_the_same_check(world: World) -> None:
    ref = world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa")
    now, paulo = world.engine.now(), world.person("paulo.sa")

    with world.engine.reading() as session:
        offered = actions(session, world.engine, visible_case(session, ref, paulo, now), paulo, now)
        page = queue_page.page(session, world.engine, paulo, QueueFilters(), now)

    screening = next(each for each in offered if each.round_key == "screening")
    assert screening.allowed
    assert any("for Jane" in name for name in screening.who_can)
    assert [(row.ref, row.principal) for row in page.rows if row.principal] == [
        (ref, "Jane Okello")
    ]


def test_one_person_gives_one_answer_whether_their_own_or_anothers(world: World) -> None:
    ref = world.programme("consultation")
    mandate(world, "priya.menon", "paulo.sa")
    world.answer(ref, "consultation", "paulo.sa", "support")
    priya = world.seat(ref, "consultation", world.person("priya.menon"))
    for_india = decision(world, ref, "consultation", "support", seat=priya)
    before = rows(world)

    with pytest.raises(ConflictOfDuties, match="one person, one answer"):
        commands.sign(world.engine, world.person("paulo.sa"), for_india)

    assert rows(world) == before


def test_the_holder_may_change_what_was_answered_for_them(world: World) -> None:
    ref = world.programme("consultation")
    mandate(world, "priya.menon", "jane.okello")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))
    delegated = decision(world, ref, "consultation", "support", seat=seat)
    commands.sign(world.engine, world.person("jane.okello"), delegated)

    world.answer(ref, "consultation", "priya.menon", "lead")

    with world.engine.reading() as session:
        standing = session.scalars(
            select(SignOff).where(SignOff.seat_id == seat, SignOff.standing)
        ).one()
    assert (standing.person_id, standing.mandate_id) == (world.person("priya.menon"), None)


def test_a_delegate_does_not_step_back_for_the_holder(world: World) -> None:
    ref = world.programme("consultation")
    mandate(world, "priya.menon", "jane.okello")
    seat = world.seat(ref, "consultation", world.person("priya.menon"))
    assert seat is not None
    command = RecuseSeat(
        ref, "consultation", seat, "I am away.", world.version(ref), "key-of-recusal"
    )

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        commands.recuse(world.engine, world.person("jane.okello"), command)


# What waits under a mandate counts like what waits for an office of one's own.


def queue_of(world: World, who: str, **filters: str) -> queue_page.QueuePage:
    with world.engine.reading() as session:
        wanted = QueueFilters(**filters)
        return queue_page.page(session, world.engine, world.person(who), wanted, world.engine.now())


def badge(world: World, who: str) -> int:
    with world.engine.reading() as session:
        return queue_count(session, world.person(who), world.engine.now())


def test_a_mandated_seat_is_in_the_badge_the_tally_and_the_filters(world: World) -> None:
    ref = world.programme("screening")
    before = badge(world, "paulo.sa")
    mandate(world, "jane.okello", "paulo.sa")

    whole = queue_of(world, "paulo.sa")
    narrow = queue_of(world, "paulo.sa", office="unit_officer:special-unit", text=ref)

    assert (before, badge(world, "paulo.sa"), whole.tally.total.number) == (0, 1, 1)
    assert [office.key for office in whole.tally.offices] == ["unit_officer:special-unit"]
    assert [(row.ref, row.principal) for row in narrow.rows] == [(ref, "Jane Okello")]
    assert queue_of(world, "paulo.sa", stage="evaluation").rows == ()


@pytest.mark.parametrize(
    ("scope", "number"),
    [("round:screening", 1), ("round:decision", 0), ("case:SSC-2026-001", 1), ("case:X-1", 0)],
)
def test_a_narrow_mandate_counts_what_it_reaches(world: World, scope: str, number: int) -> None:
    world.programme("screening")
    mandate(world, "jane.okello", "paulo.sa", scope=scope)

    assert badge(world, "paulo.sa") == len(queue_of(world, "paulo.sa").rows) == number


def test_a_seat_that_two_mandates_reach_counts_once(world: World) -> None:
    world.programme("screening")
    for scope in ("round:screening", "case:SSC-2026-001", "all"):
        mandate(world, "jane.okello", "paulo.sa", scope=scope)

    assert badge(world, "paulo.sa") == queue_of(world, "paulo.sa").tally.total.number == 1
    assert len(queue_of(world, "paulo.sa").rows) == 1


def test_a_mandated_seat_can_be_signed_in_the_folder(world: World) -> None:
    ref = world.programme("decision")
    mandate(world, "carla.duarte", "paulo.sa")
    (row,) = queue_of(world, "paulo.sa").rows

    with world.engine.reading() as session:
        (item,) = batch.items(
            session, world.engine, world.person("paulo.sa"), [row.seat], world.engine.now()
        )
    assert (row.in_folder, item.unfit, item.principal) == (True, None, "Carla Duarte")
    for_brazil = decision(world, ref, "decision", item.choices[0].key, seat=item.seat)
    commands.sign(world.engine, world.person("paulo.sa"), for_brazil)

    assert badge(world, "paulo.sa") == 0


def test_the_office_behind_a_mandate_does_not_end_before_the_delegates_answer_is_recorded(
    postgresql_house_url: str,
) -> None:
    world = World(postgresql_house_url)
    given = mandate(world, "jane.okello", "paulo.sa")
    paulo, today = world.person("paulo.sa"), world.engine.now().date()

    with world.engine.transaction() as answering, world.engine.transaction() as ending:
        (used,) = received(answering, paulo, today, locked=True)
        with pytest.raises(OperationalError, match="could not obtain lock"):
            ending.get(Appointment, used.appointment, with_for_update={"nowait": True})

    assert used.id == given
    world.close()


def test_a_delegate_of_whoever_wrote_a_text_answers_for_it_and_does_not_advise_to_approve(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    mandate(world, "kenji.watanabe", "li.wei")
    at, li = world.seat(ref, "appraisal", world.person("kenji.watanabe")), world.person("li.wei")
    none = DeclareInterest(ref, "appraisal", at or 0, world.version(ref), uuid4().hex)
    commands.declare(world.engine, li, none)
    advice, word = (
        decision(world, ref, "appraisal", verdict, seat=at) for verdict in ("recommend", "explain")
    )
    before = rows(world)

    with pytest.raises(Invalid, match="is not for whoever wrote the text") as refused:
        commands.sign(world.engine, li, advice)

    assert (set(refused.value.faults), rows(world)) == ({"verdict"}, before)
    assert commands.sign(world.engine, li, word).verdict == "Answer for the text, without advice"
