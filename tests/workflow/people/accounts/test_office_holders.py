"""Whose account takes two administrators, and who may be the second."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.test_administrators import an_administrator, house
from tests.workflow.people.test_commands import NOW, TODAY, a_person, an_office
from workflow.people.accounts.office_holders import holds_office, second_administrators
from workflow.people.commands import appoint, end_appointment
from workflow.vocabulary import ADMINISTRATOR

DAY = timedelta(days=1)


def an_holder(session: Session, since: int = -90) -> tuple[int, int]:
    amina, brazil = an_office(session)
    begun = TODAY + since * DAY
    return amina, appoint(session, amina, "pivotal_focal", brazil, begun, by=None, now=NOW)


@pytest.mark.parametrize(("after", "holds"), [(0, True), (30, True), (31, False)])
def test_an_office_counts_for_thirty_days_after_its_end(
    session: Session, after: int, holds: bool
) -> None:
    amina, held = an_holder(session)
    end_appointment(session, held, TODAY, by=None, now=NOW)

    assert holds_office(session, amina, NOW + after * DAY) is holds


def test_an_end_entered_for_a_day_long_past_opens_no_account(session: Session) -> None:
    amina, held = an_holder(session)
    end_appointment(session, held, TODAY - 60 * DAY, by=None, now=NOW)

    assert holds_office(session, amina, NOW + 29 * DAY)
    assert not holds_office(session, amina, NOW + 31 * DAY)


def test_who_is_to_hold_an_office_counts_and_who_never_did_does_not(session: Session) -> None:
    amina, _ = an_holder(session, since=20)

    assert holds_office(session, amina, NOW)
    assert not holds_office(session, a_person(session, "kofi@example.org"), NOW)


def test_whom_an_administrator_made_one_is_no_second_for_a_week(session: Session) -> None:
    naledi, _ = an_administrator(session)
    kofi = a_person(session, "kofi@example.org")
    long_ago = TODAY - 90 * DAY
    appoint(session, kofi, ADMINISTRATOR, house(session), long_ago, by=naledi, now=NOW)

    assert second_administrators(session, NOW, but={naledi}) == frozenset()
    assert second_administrators(session, NOW + 7 * DAY, but={naledi}) == {kofi}
    assert second_administrators(session, NOW, but={kofi}) == {naledi}
