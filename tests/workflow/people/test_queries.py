from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.people.commands import add_person, appoint, disable_person, ensure_party
from workflow.people.queries import (
    Office,
    offices,
    party_keys,
    people_list,
    person_page,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def a_person(session: Session, name: str) -> int:
    email = f"{name.lower()}@example.org"
    return add_person(session, email, name, "", now=NOW, password_hash="x")


@pytest.fixture
def brazil(session: Session) -> int:
    return ensure_party(session, "bra", "country", "Brazil", "BRA")


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2025, 12, 31), 0), (FIRST, 1), (LAST, 1), (date(2026, 7, 1), 0)],
)
def test_an_office_is_held_on_its_first_and_last_day(
    session: Session, brazil: int, day: date, held: int
) -> None:
    amina = a_person(session, "Amina")
    appoint(session, amina, "board_member", brazil, FIRST, LAST, by=None, now=NOW)

    assert len(offices(session, amina, day)) == held


def test_an_office_says_which_role_of_which_party(session: Session, brazil: int) -> None:
    amina = a_person(session, "Amina")
    made = appoint(session, amina, "board_member", brazil, FIRST, by=None, now=NOW)

    assert offices(session, amina, LAST) == (Office(made, "board_member", brazil, "bra", "Brazil"),)


def test_somebody_without_access_holds_nothing(session: Session, brazil: int) -> None:
    amina = a_person(session, "Amina")
    appoint(session, amina, "board_member", brazil, FIRST, by=None, now=NOW)

    disable_person(session, amina, now=NOW)

    assert offices(session, amina, LAST) == ()


def test_people_are_listed_by_name_a_page_at_a_time(session: Session, brazil: int) -> None:
    for name in ("Chidi", "Amina", "Bakari"):
        appoint(session, a_person(session, name), "donor", brazil, FIRST, by=None, now=NOW)

    first = people_list(session, LAST, limit=2)
    second = people_list(session, LAST, after=(first[-1].name, first[-1].id), limit=2)

    assert [line.name for line in first] == ["Amina", "Bakari"]
    assert [line.name for line in second] == ["Chidi"]
    assert second[0].offices[0].party_name == "Brazil"


def test_a_persons_page_tells_what_was_what_is_and_what_will_be(
    session: Session, brazil: int
) -> None:
    amina = a_person(session, "Amina")
    for role, starts, ends in (
        ("observer", date(2025, 1, 1), date(2025, 12, 31)),
        ("donor", FIRST, None),
        ("auditor", date(2027, 1, 1), None),
    ):
        appoint(session, amina, role, brazil, starts, ends, by=None, now=NOW)

    page = person_page(session, amina, LAST)

    roles = [
        [term.office.role for term in terms] for terms in (page.earlier, page.current, page.later)
    ]
    assert roles == [["observer"], ["donor"], ["auditor"]]
    assert (page.name, page.email, page.disabled_at) == ("Amina", "amina@example.org", None)


def test_nobody_has_no_page(session: Session) -> None:
    with pytest.raises(NotFound, match="no such person"):
        person_page(session, 999, LAST)


def test_parties_that_are_no_country_are_found_by_their_keys(session: Session, brazil: int) -> None:
    unit = ensure_party(session, "unit", "office", "Special Unit")

    found = party_keys(session)

    assert found["unit"] == unit
    assert brazil not in found.values()
