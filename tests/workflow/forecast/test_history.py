"""What one closed case shows, read on either database from a life that real commands led."""

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.forecast.lifecycles import shipped
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.forecast.history import closed_cases, observed
from workflow.forecast.simulation.observations import AskedAs, Pace, waited
from workflow.forecast.simulation.working_time import instant
from workflow.lifecycles.seat import Part

STANDARD = shipped("programme-standard")
SCREENING = AskedAs("screening", "unit_officer", Part.DECIDES)


def test_a_case_that_is_under_way_teaches_nothing_yet(world: World) -> None:
    world.programme("screening")

    with world.engine.reading() as session:
        assert closed_cases(session, STANDARD.key) == ()
        assert observed(session, STANDARD).waits == ()


def test_a_closed_case_shows_how_long_each_seat_took_and_what_it_said(world: World) -> None:
    ref = world.programme("closed")

    with world.engine.reading() as session:
        seen = observed(session, STANDARD)
        (case,) = closed_cases(session, STANDARD.key)
        opened, at, verdict = session.execute(
            select(Seat.opened_at, SignOff.at, SignOff.verdict)
            .join(SignOff, SignOff.seat_id == Seat.id)
            .join(Round, Round.id == Seat.round_id)
            .where(Round.key == "screening")
        ).one()
        assert session.scalar(select(LifecycleCase.ref).where(LifecycleCase.id == case)) == ref

    (wait,) = [each for each in seen.waits if each.asked == SCREENING]
    assert (wait.case, wait.verdict) == (case, verdict)
    assert wait.days == waited(Pace.WORKING_DAYS, instant(opened), instant(at))
    assert all(each.days >= 0 for each in seen.waits)
    assert {each.case for each in seen.waits} == {case}


def test_it_shows_how_many_are_asked_and_that_no_initiative_came(world: World) -> None:
    world.programme("closed")

    with world.engine.reading() as session:
        seen = observed(session, STANDARD)
        focal = session.scalars(
            select(Seat.id)
            .join(Round, Round.id == Seat.round_id)
            .where(Round.key == "consultation")
        ).all()

    assert seen.sizes[AskedAs("consultation", "pivotal_focal", Part.DECIDES)] == (len(focal),)
    (stay,) = [s for s in seen.stays if (s.state, s.round) == ("screening", "withdrawal")]
    assert not stay.came
    assert stay.days >= 0


def test_a_lifecycle_without_the_round_learns_nothing_of_it(world: World) -> None:
    world.programme("closed")

    with world.engine.reading() as session:
        assert observed(session, shipped("emergency")).waits == ()
