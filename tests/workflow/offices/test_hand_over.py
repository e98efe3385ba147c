"""Who leaves an office leaves seats open: they are listed, and handed over to a successor."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import NOON, World
from tests.workflow.engine.commands.test_claim import JANE, claims, ended, officer, screen, take
from tests.workflow.engine.permissions.test_mandates import mandate
from workflow import history
from workflow.audit.models import Event
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.history.filters import HistoryFilters
from workflow.offices.hand_over import HandedOver, Succession, hand_over
from workflow.offices.succession import LeftOpen, left_open
from workflow.people.models import Appointment
from workflow.vocabulary import REGISTER

NALEDI = "naledi.khumalo"


def office_of(world: World, who: str) -> int:
    with world.engine.reading() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(who))
        return session.scalars(held.order_by(Appointment.id)).first() or 0


def left(world: World, who: str = JANE, viewer: str = NALEDI) -> LeftOpen:
    today = world.clock().date()
    with world.engine.reading() as session:
        number = office_of(world, who)
        return left_open(session, world.engine, number, world.person(viewer), today)


def passed_on(world: World, to: str, **changed: Any) -> HandedOver:
    wish = Succession(
        changed.get("appointment", office_of(world, JANE)),
        world.person(to),
        changed.get("reason", "She retires."),
    )
    with world.engine.transaction() as session:
        return hand_over(world.engine, session, wish, by=world.person(changed.get("by", NALEDI)))


def successor(world: World, who: str) -> None:
    with world.engine.transaction() as session:
        officer(session, world, who)


def types(world: World) -> list[str]:
    with world.engine.reading() as session:
        return list(session.scalars(select(Event.type).order_by(Event.id)))


def test_the_seats_of_whoever_leaves_are_listed_and_handed_over(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    mandate(world, JANE, "ravi.chand")
    ended(world, JANE)
    before = left(world)

    done = passed_on(world, "ravi.chand")

    assert [(seat.ref, seat.round) for seat in before.taken] == [(ref, "Screening")]
    assert [each.delegate for each in before.mandates] == ["Ravi Chand"]
    assert [each.name for each in before.successors] == ["Ravi Chand"]
    assert before.waiting == 1
    assert done == HandedOver(1, ())
    assert claims(world) == [("jane.okello", "replaced"), ("ravi.chand", "")]
    assert left(world).taken == ()
    assert types(world)[-2:] == ["seat.reassigned", "appointment.handed_over"]
    world.clock.pass_time(days=1)
    assert screen(world, ref, "ravi.chand").state == "consultation"


def test_the_register_says_who_handed_over_what_to_whom(world: World) -> None:
    take(world, world.programme("screening"))
    ended(world, JANE)
    passed_on(world, "ravi.chand")

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"),
            now=world.clock(), filters=HistoryFilters(),
        )[-1]  # fmt: skip

    assert str(told.says) == (
        "Naledi Khumalo handed over what Jane Okello left open as Programme officer, "
        "Special Unit for South-South Cooperation, to Ravi Chand"
    )
    assert ([str(each) for each in told.under], told.reason) == (["1 seat"], "She retires.")


def test_a_seat_that_the_successor_may_not_answer_stays_with_the_office(world: World) -> None:
    take(world, world.programme("screening"))
    successor(world, "joao.lima")
    ended(world, JANE)

    done = passed_on(world, "joao.lima")

    assert done.seats == 0
    assert "João Lima may not answer this seat" in str(done.kept_back[0])
    assert claims(world) == [("jane.okello", "")]


def test_a_case_that_nobody_may_know_of_is_not_named(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    named = left(world, viewer="ravi.chand").taken

    assert [each.ref for each in named] == [ref]
    with pytest.raises(NotFound), world.engine.reading() as session:
        left_open(session, world.engine, 999_999, 0, NOON.date())


@pytest.mark.parametrize(
    ("changed", "to", "sentence"),
    [
        ({}, "elena.petrova", "Choose somebody else who holds this office today"),
        ({}, JANE, "Choose somebody else who holds this office today"),
        ({"reason": " "}, "ravi.chand", "Say why it is handed over."),
        ({"by": "elena.petrova"}, "ravi.chand", "Only an administrator"),
        ({"appointment": 999_999}, "ravi.chand", "no such appointment"),
    ],
)
def test_a_refusal_leaves_no_trace(
    world: World, changed: dict[str, Any], to: str, sentence: str
) -> None:
    take(world, world.programme("screening"))
    ended(world, JANE)
    before = types(world)

    with pytest.raises((Invalid, NotAuthorised, NotFound), match=sentence):
        passed_on(world, to, **changed)

    assert types(world) == before


def test_who_goes_on_in_the_office_keeps_what_they_took(world: World) -> None:
    take(world, world.programme("screening"))
    world.clock.pass_time(days=1)

    with pytest.raises(Invalid, match="has no end; end it first"):
        passed_on(world, "ravi.chand")
