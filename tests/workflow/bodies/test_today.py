"""The Board as appointments alone tell it becomes a body once, on somebody's word."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from workflow.bodies.page import body_page
from workflow.bodies.today import enter_board
from workflow.errors import Invalid
from workflow.people.commands import add_person, appoint
from workflow.people.models import Appointment
from workflow.people.parties import known_party

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SINCE = date(2023, 1, 1)


def appointed(session: Session, *offices: tuple[str, str]) -> None:
    for role, key in offices:
        email = f"{role}.{key}@example.org"
        person = add_person(session, email, "Somebody", "", now=NOW, password_hash="-")
        appoint(session, person, role, known_party(session, key), SINCE, by=None, now=NOW)


def test_members_in_office_get_seats_and_the_chair_its_own(session: Session) -> None:
    appointed(session, ("board_member", "ind"), ("board_chair", "ind"), ("board_member", "bra"))

    enter_board(session, "Board", by=None, now=NOW)

    page = body_page(session, "board")
    assert page.by_default
    assert {(each.party_key, each.place) for each in page.seats} == {
        ("ind", "chair"), ("bra", "member")
    }  # fmt: skip
    assert {each.starts_on for each in page.seats} == {SINCE}


def test_a_donor_that_sat_there_before_gets_no_seat(session: Session) -> None:
    appointed(session, ("board_member", "ind"), ("board_chair", "ind"))
    germany = known_party(session, "deu")
    person = add_person(session, "d@example.org", "Somebody", "", now=NOW, password_hash="-")
    session.add(
        Appointment(person_id=person, role="board_member", party_id=germany, starts_on=SINCE)
    )
    session.flush()

    enter_board(session, "Board", by=None, now=NOW)

    assert [each.party_key for each in body_page(session, "board").seats] == ["ind"]


def test_a_board_without_a_chair_or_a_second_one_is_refused(session: Session) -> None:
    appointed(session, ("board_member", "ind"))
    with pytest.raises(Invalid, match="appoint them first"):
        enter_board(session, "Board", by=None, now=NOW)
    appointed(session, ("board_chair", "ind"))
    enter_board(session, "Board", by=None, now=NOW)

    with pytest.raises(Invalid, match="entered already"):
        enter_board(session, "Board", by=None, now=NOW)
