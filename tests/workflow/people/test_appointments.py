"""The days of an appointment: both ends are its own, and one without an end goes on."""

from datetime import date, timedelta

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from tests.workflow.people.test_commands import NOW, an_office
from workflow.people.appointments import in_force, lasting, meets
from workflow.people.commands import appoint
from workflow.people.models import Appointment

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
BEFORE, AFTER = FIRST - DAY, LAST + DAY


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (in_force(BEFORE), False),
        (in_force(FIRST), True),
        (in_force(LAST), True),
        (in_force(AFTER), False),
        (lasting(BEFORE), True),
        (lasting(LAST), True),
        (lasting(AFTER), False),
        (meets(BEFORE, BEFORE), False),
        (meets(BEFORE, FIRST), True),
        (meets(LAST, AFTER), True),
        (meets(AFTER, None), False),
        (meets(BEFORE, None), True),
    ],
)
def test_an_appointment_has_its_first_and_its_last_day(
    session: Session, condition: ColumnElement[bool], holds: bool
) -> None:
    amina, brazil = an_office(session)

    held = appoint(session, amina, "board_member", brazil, FIRST, LAST, by=None, now=NOW)

    assert session.scalars(select(Appointment.id).where(condition)).all() == [held] * holds


def test_one_without_an_end_goes_on(session: Session) -> None:
    amina, brazil = an_office(session)
    held = appoint(session, amina, "board_member", brazil, FIRST, by=None, now=NOW)

    found = select(Appointment.id).where(in_force(AFTER), lasting(AFTER), meets(AFTER, None))

    assert session.scalars(found).all() == [held]
