"""What one administrator asked for is decided on by another, and lapses with the access of the first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.terms.test_requests import BOARD, naledi, pieter, wish
from tests.workflow.people.test_administrators import house
from tests.workflow.people.test_commands import HASH, NOW, TODAY
from workflow.errors import Stale
from workflow.people.accounts import acts
from workflow.people.accounts.links import confirm as confirm_account
from workflow.people.commands import add_person, appoint, disable_person, end_appointment
from workflow.people.models import Appointment
from workflow.people.terms.requests import OfficeWish, carry_out, confirm, decline
from workflow.vocabulary import ADMINISTRATOR

__all__ = ["naledi", "pieter", "wish"]
LATER = NOW + timedelta(days=2)


def no_access(session: Session, person: int) -> None:
    disable_person(session, person, now=NOW)


def no_office(session: Session, person: int) -> None:
    held = session.query(Appointment).filter_by(person_id=person, role=ADMINISTRATOR).one()
    end_appointment(session, held.id, TODAY, by=None, now=NOW)


@pytest.mark.parametrize("lost", [no_access, no_office])
def test_it_lapses_once_whoever_asked_is_no_administrator_with_access(
    session: Session,
    naledi: int,
    pieter: int,
    wish: OfficeWish,
    lost: Callable[[Session, int], None],
) -> None:
    number = carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD).waits or 0
    lost(session, naledi)

    with pytest.raises(Stale, match="it has lapsed"):
        confirm(session, number, by=pieter, now=LATER)
    decline(session, number, "It has lapsed.", by=pieter, now=LATER)


def test_what_lapsed_stands_in_nobodys_way(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    third = add_person(session, "thabo@example.org", "Thabo", "", now=NOW, password_hash=HASH)
    appoint(session, third, ADMINISTRATOR, house(session), TODAY, by=None, now=NOW)
    carry_out(session, wish, by=naledi, now=NOW, two_for=BOARD)
    disable_person(session, naledi, now=NOW)

    number = carry_out(session, wish, by=pieter, now=LATER, two_for=BOARD).waits or 0

    assert confirm(session, number, by=third, now=LATER)


def test_a_link_that_was_asked_for_lapses_as_well(
    session: Session, naledi: int, pieter: int, wish: OfficeWish
) -> None:
    number = acts.ask(session, wish.person_id, acts.LINK, by=naledi, now=NOW)
    disable_person(session, naledi, now=NOW)

    with pytest.raises(Stale, match="it has lapsed"):
        confirm_account(session, number, by=pieter, now=LATER, mail=True)

    assert [each.lapsed for each in acts.waiting(session, pieter, LATER)] == [True]
