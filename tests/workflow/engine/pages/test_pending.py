"""Whose move it is: by name, with everybody who holds the office, or that nobody does."""

from sqlalchemy import select

from tests.support.world import World
from workflow.engine.models import LifecycleCase
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.people.commands import end_appointment
from workflow.people.models import Appointment


def moves(world: World, ref: str) -> tuple[PendingRound, ...]:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return pending_rounds(session, world.engine, [case])[case]


def leave(world: World, who: str) -> None:
    """End every appointment of a person, from yesterday on."""
    now = world.engine.now()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(who))
        for appointment in session.scalars(held).all():
            end_appointment(session, appointment, now.date(), by=None, now=now)


def test_a_move_names_everybody_who_holds_the_office(world: World) -> None:
    ref = world.programme("screening")

    (move,) = moves(world, ref)

    assert move.owing[0].people == ("Jane Okello", "Ravi Chand")
    assert move.follows == ()


def test_an_empty_office_is_nobodys(world: World) -> None:
    ref = world.programme("formulation")
    leave(world, "kenji.watanabe")
    world.clock.pass_time(days=2)

    (move,) = moves(world, ref)

    assert (move.owing[0].party, move.owing[0].named) == (
        "United Nations Development Programme",
        (),
    )


def test_an_objection_that_all_have_answered_names_who_may_move(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "The tutors are ours.")
    for who in ("priya.menon", "somchai.chaiyasit", "aisyah.rahman"):
        world.answer(ref, "consultation", who, "support")

    (move,) = moves(world, ref)

    assert move.owing == ()
    assert [(each.asks, each.role_label, each.people) for each in move.follows] == [
        ("close the consultation", "Director", ("Elena Petrova",))
    ]
