"""What takes two administrators waits for the second, and is never decided on by the first."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflow.people.test_administrators import an_administrator, house
from tests.workflow.people.test_commands import HASH, NOW, TODAY, an_office, told
from workflow.audit.verification.verify import examine_case
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.people.commands import add_person, appoint, disable_person
from workflow.people.models import Appointment, OfficeAct
from workflow.people.register import claim_register
from workflow.people.terms.requests import (
    END,
    EXTEND,
    MAKE,
    OfficeWish,
    carry_out,
    confirm,
    decline,
    wish_about,
)
from workflow.vocabulary import ADMINISTRATOR

BOARD = ("board_member", "board_chair")
LAST = TODAY + timedelta(days=90)


@pytest.fixture
def naledi(session: Session) -> int:
    return an_administrator(session)[0]


@pytest.fixture
def pieter(session: Session) -> int:
    number = add_person(session, "pieter@example.org", "Pieter", "", now=NOW, password_hash=HASH)
    appoint(session, number, ADMINISTRATOR, house(session), TODAY, by=None, now=NOW)
    return number


@pytest.fixture
def wish(session: Session) -> OfficeWish:
    amina, brazil = an_office(session)
    return OfficeWish(MAKE, amina, "board_member", brazil, TODAY, LAST, "OC/17")


def held(session: Session) -> list[tuple[str, object]]:
    rows = session.execute(
        select(Appointment.role, Appointment.ends_on).where(Appointment.role != ADMINISTRATOR)
    )
    return [tuple(row) for row in rows]


def kinds(session: Session) -> list[str]:
    return [kind for kind, _ in told(session)][-4:]


def test_without_four_eyes_it_is_done_at_once(
    session: Session, naledi: int, wish: OfficeWish
) -> None:
    done = carry_out(session, wish, by=naledi, now=NOW)

    assert done.appointment is not None
    assert held(session) == [("board_member", LAST)]
    assert session.get_one(Appointment, done.appointment).letter == "OC/17"


def test_with_four_eyes_it_waits_and_is_done_by_the_second(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD)
    before = held(session)
    assert asked.waits is not None
    confirm(session, asked.waits, by=pieter, now=NOW)

    assert before == []
    assert held(session) == [("board_member", LAST)]
    assert kinds(session)[1:] == ["act.asked", "act.confirmed", "appointment.made"]
    kept = session.get_one(OfficeAct, asked.waits)
    assert (kept.outcome, kept.asked_by, kept.decided_by) == ("confirmed", naledi, pieter)
    assert examine_case(session.connection(), claim_register(session).case_id).difference is None


def test_who_asked_decides_on_nothing(session: Session, naledi: int, wish: OfficeWish) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0

    with pytest.raises(NotAuthorised, match="Who asked for this"):
        confirm(session, asked, by=naledi, now=NOW)
    with pytest.raises(NotAuthorised, match="Who asked for this"):
        decline(session, asked, "No.", by=naledi, now=NOW)

    assert held(session) == []


def test_a_stranger_keeps_no_office(session: Session, naledi: int, wish: OfficeWish) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0

    with pytest.raises(NotAuthorised, match="Only an administrator"):
        carry_out(session, wish, by=wish.person_id, now=NOW)
    with pytest.raises(NotAuthorised, match="Only an administrator"):
        confirm(session, asked, by=wish.person_id, now=NOW)


def test_what_is_declined_says_why_and_is_over(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0

    with pytest.raises(Invalid, match="Say why"):
        decline(session, asked, " ", by=pieter, now=NOW)
    decline(session, asked, "The letter is of another year.", by=pieter, now=NOW)
    with pytest.raises(Stale, match="decided on already"):
        confirm(session, asked, by=pieter, now=NOW)
    with pytest.raises(NotFound):
        confirm(session, 99, by=pieter, now=NOW)

    assert held(session) == []
    assert kinds(session)[-1] == "act.declined"
    assert "another year" not in str(told(session))


def test_what_could_not_be_done_is_refused_at_once(
    session: Session, naledi: int, wish: OfficeWish
) -> None:
    backwards = replace(wish, ends_on=TODAY - timedelta(days=1))
    before = told(session)

    with pytest.raises(Invalid, match="cannot end before"):
        carry_out(session, backwards, by=naledi, now=NOW, two_for=BOARD)

    assert told(session) == before


def test_ending_and_extending_take_two_as_well(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    office = wish.person_id, wish.role, wish.party_id, wish.starts_on, wish.ends_on
    made = appoint(session, *office, by=naledi, now=NOW)

    for act, day in ((EXTEND, LAST + timedelta(days=9)), (END, TODAY)):
        later = wish_about(session, made, act, day)
        asked = carry_out(session, later, by=pieter, now=NOW, two_for=BOARD).waits or 0
        assert held(session) != [("board_member", day)]
        confirm(session, asked, by=naledi, now=NOW)
        assert held(session) == [("board_member", day)]

    with pytest.raises(NotFound):
        wish_about(session, 99, END, TODAY)


def test_what_waits_for_the_second_is_not_asked_for_again(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    first = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0
    overlapping = replace(wish, starts_on=TODAY + timedelta(days=9), ends_on=None)
    before = told(session)

    for who, alike in ((naledi, wish), (pieter, overlapping)):
        with pytest.raises(Invalid, match=f"as act {first}") as refusal:
            carry_out(session, alike, by=who, now=NOW, two_for=BOARD)
        assert list(refusal.value.faults) == ["role"]
    later = replace(wish, starts_on=LAST + timedelta(days=1), ends_on=None)

    assert told(session) == before
    assert carry_out(session, later, by=naledi, now=NOW, two_for=BOARD).waits is not None
    decline(session, first, "Another year.", by=pieter, now=NOW)
    assert carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits is not None


def test_an_end_that_waits_is_not_asked_for_again_with_another_day(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    office = wish.person_id, wish.role, wish.party_id, wish.starts_on, wish.ends_on
    made = appoint(session, *office, by=naledi, now=NOW)
    carry_out(session, wish_about(session, made, END, TODAY), by=naledi, now=NOW, two_for=BOARD)

    other = wish_about(session, made, END, TODAY + timedelta(days=1))

    with pytest.raises(Invalid, match="asked for already") as refusal:
        carry_out(session, other, by=pieter, now=NOW, two_for=BOARD)
    assert list(refusal.value.faults) == ["ends_on"]


def test_nobody_appoints_themselves_alone_or_as_the_second(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    later = TODAY + timedelta(days=1)
    own = wish_about(session, _term(session, naledi), END, TODAY)
    carry_out(session, own, by=pieter, now=NOW)
    mine = replace(wish, person_id=naledi, starts_on=later)
    theirs = carry_out(session, mine, by=pieter, now=NOW, two_for=BOARD).waits or 0

    with pytest.raises(Invalid, match="Nobody appoints themselves") as refusal:
        carry_out(session, mine, by=naledi, now=NOW)
    with pytest.raises(NotAuthorised, match="Nobody appoints themselves"):
        confirm(session, theirs, by=naledi, now=NOW)

    assert list(refusal.value.faults) == ["role"]
    assert held(session) == []


def test_the_last_administrator_is_not_ended(session: Session, naledi: int, pieter: int) -> None:
    day = TODAY + timedelta(days=9)
    ends = wish_about(session, _term(session, naledi), END, day)
    carry_out(session, ends, by=naledi, now=NOW)

    last = wish_about(session, _term(session, pieter), END, day)

    for who in (naledi, pieter):
        with pytest.raises(Invalid, match="last administrator") as refusal:
            carry_out(session, last, by=who, now=NOW)
        assert list(refusal.value.faults) == ["ends_on"]


def test_where_some_acts_take_two_one_alone_makes_no_second(
    session: Session, naledi: int, wish: OfficeWish
) -> None:
    friend = replace(wish, role=ADMINISTRATOR, party_id=house(session))

    asked = carry_out(session, friend, by=naledi, now=NOW, two_for=BOARD)

    assert asked.waits is not None
    assert held(session) == []


def test_who_has_no_access_any_more_decides_on_nothing(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0
    disable_person(session, pieter, now=NOW)

    with pytest.raises(NotAuthorised, match="Only an administrator"):
        confirm(session, asked, by=pieter, now=NOW)

    assert held(session) == []


def _term(session: Session, person: int) -> int:
    return session.scalars(select(Appointment.id).where(Appointment.person_id == person)).one()


def test_a_lone_administrator_appoints_and_the_register_says_that_nobody_else_saw_it(
    session: Session, naledi: int, wish: OfficeWish
) -> None:
    carry_out(session, wish, by=naledi, now=NOW)

    kind, what = told(session)[-1]
    assert (kind, what.get("alone")) == ("appointment.made", True)


def test_a_seat_of_a_board_takes_two_as_soon_as_there_are_two_whatever_the_installation_says(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    asked = carry_out(session, wish, by=naledi, now=NOW)
    donor = carry_out(session, replace(wish, role="donor", on=None), by=naledi, now=NOW)
    disable_person(session, pieter, now=NOW)
    alone = carry_out(session, wish, by=naledi, now=NOW)

    assert (asked.appointment, donor.waits, alone.waits) == (None, None, None)
    assert [what.get("alone") for _, what in told(session)[-2:]] == [None, True]
