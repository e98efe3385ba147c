"""Administrators hold nothing else, act for nobody, and nobody acts for them."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.test_commands import HASH, NOW, TODAY, an_office, told
from workflow.errors import Invalid, NotAuthorised
from workflow.people.administrators import administers
from workflow.people.commands import add_person, appoint, end_appointment, ensure_party
from workflow.people.mandates import Grant, grant
from workflow.vocabulary import ADMINISTRATOR, HOUSE

DAY = timedelta(days=1)


def house(session: Session) -> int:
    return ensure_party(session, HOUSE, "office", "Special Unit")


def an_administrator(session: Session) -> tuple[int, int]:
    naledi = add_person(session, "naledi@example.org", "Naledi", "", now=NOW, password_hash=HASH)
    held = appoint(session, naledi, ADMINISTRATOR, house(session), TODAY, by=None, now=NOW)
    return naledi, held


def test_an_administrator_is_appointed_to_the_house_and_it_is_told(session: Session) -> None:
    naledi, _ = an_administrator(session)

    kind, what = told(session)[-1]
    assert kind == "appointment.made"
    assert (what["of"], what["role"], what["party"]) == (f"p{naledi}", ADMINISTRATOR, HOUSE)
    assert administers(session, naledi, TODAY, None)
    assert not administers(session, naledi, TODAY - 9 * DAY, TODAY - DAY)


def test_an_administrator_is_of_the_house_alone(session: Session) -> None:
    amina, brazil = an_office(session)

    with pytest.raises(Invalid, match="the office of the house alone") as refusal:
        appoint(session, amina, ADMINISTRATOR, brazil, TODAY, by=None, now=NOW)

    assert list(refusal.value.faults) == ["party"]


def test_an_administrator_can_hold_no_other_office(session: Session) -> None:
    naledi, _ = an_administrator(session)

    with pytest.raises(Invalid, match="can hold no other office") as refusal:
        appoint(session, naledi, "unit_officer", house(session), TODAY, by=None, now=NOW)

    assert list(refusal.value.faults) == ["role"]


def test_who_holds_an_office_becomes_administrator_once_it_has_ended(session: Session) -> None:
    amina, brazil = an_office(session)
    held = appoint(session, amina, "pivotal_focal", brazil, TODAY, by=None, now=NOW)

    with pytest.raises(Invalid, match="cannot be an administrator"):
        appoint(session, amina, ADMINISTRATOR, house(session), TODAY, by=None, now=NOW)
    end_appointment(session, held, TODAY, by=None, now=NOW)
    appoint(session, amina, ADMINISTRATOR, house(session), TODAY + DAY, by=None, now=NOW)

    assert administers(session, amina, TODAY + DAY, TODAY + DAY)


def test_nobody_acts_for_an_administrator_and_no_administrator_for_others(
    session: Session,
) -> None:
    naledi, held = an_administrator(session)
    amina, brazil = an_office(session)
    focal = appoint(session, amina, "pivotal_focal", brazil, TODAY, by=None, now=NOW)

    with pytest.raises(NotAuthorised, match="act for an administrator"):
        grant(session, naledi, Grant(held, amina, TODAY, TODAY, "Away."), now=NOW)
    with pytest.raises(Invalid, match="acts for no office") as refusal:
        grant(session, amina, Grant(focal, naledi, TODAY, TODAY, "Away."), now=NOW)

    assert list(refusal.value.faults) == ["delegate"]
