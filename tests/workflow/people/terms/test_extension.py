"""An appointment that is extended goes on until a later day, or without an end."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.test_administrators import house
from tests.workflow.people.test_commands import NOW, TODAY, an_office, told
from workflow.audit.verification.verify import examine_case
from workflow.errors import Invalid, NotFound
from workflow.people.commands import appoint, end_appointment
from workflow.people.models import Appointment
from workflow.people.register import claim_register
from workflow.people.terms.extension import extend_appointment
from workflow.vocabulary import ADMINISTRATOR

LAST = TODAY + timedelta(days=30)
LATER = LAST + timedelta(days=60)


def a_term(session: Session, first: date = TODAY, last: date | None = LAST) -> int:
    person, party = an_office(session)
    return appoint(
        session, person, "donor", party, first, last, by=None, now=NOW, letter="OC/2026/17"
    )


def test_an_appointment_is_extended_told_and_still_verifies(session: Session) -> None:
    held = a_term(session)

    extend_appointment(session, held, LATER, by=None, now=NOW)
    extend_appointment(session, held, None, by=None, now=NOW)

    assert session.get_one(Appointment, held).ends_on is None
    assert [what["ends_on"] for kind, what in told(session) if kind.endswith("extended")] == [
        LATER.isoformat(),
        None,
    ]
    assert "OC/2026/17" not in str(told(session))
    examined = examine_case(session.connection(), claim_register(session).case_id)
    assert examined.difference is None


def test_what_is_no_extension_is_refused(session: Session) -> None:
    held = a_term(session)
    before = told(session)

    with pytest.raises(Invalid, match="name a later day, or none") as refusal:
        extend_appointment(session, held, LAST, by=None, now=NOW)
    with pytest.raises(Invalid, match="make a new one"):
        extend_appointment(session, held, LATER, by=None, now=NOW + timedelta(days=40))
    with pytest.raises(NotFound):
        extend_appointment(session, 99, None, by=None, now=NOW)

    assert list(refusal.value.faults) == ["ends_on"]
    assert told(session) == before


def test_an_open_appointment_has_nothing_to_extend(session: Session) -> None:
    held = a_term(session, last=None)

    with pytest.raises(Invalid, match="has no end"):
        extend_appointment(session, held, LATER, by=None, now=NOW)


def test_two_terms_of_one_office_do_not_meet(session: Session) -> None:
    held = a_term(session)
    kept = session.get_one(Appointment, held)
    appoint(session, kept.person_id, "donor", kept.party_id, LATER, None, by=None, now=NOW)

    with pytest.raises(Invalid, match="Another appointment of the same person"):
        extend_appointment(session, held, LATER, by=None, now=NOW)
    extend_appointment(session, held, LATER - timedelta(days=1), by=None, now=NOW)
    end_appointment(session, held, TODAY, by=None, now=NOW)

    assert kept.ends_on == TODAY


@pytest.mark.parametrize("first", [ADMINISTRATOR, "unit_head"])
def test_no_extension_makes_an_administrator_hold_another_office(
    session: Session, first: str
) -> None:
    person, unit = an_office(session)[0], house(session)
    second = {"unit_head", ADMINISTRATOR} - {first}
    held = appoint(session, person, first, unit, TODAY, LAST, by=None, now=NOW)
    appoint(session, person, *second, unit, LATER, None, by=None, now=NOW)

    for last in (LATER, None):
        with pytest.raises(Invalid, match="on some of these days") as refusal:
            extend_appointment(session, held, last, by=None, now=NOW)
        assert list(refusal.value.faults) == ["ends_on"]
    extend_appointment(session, held, LATER - timedelta(days=1), by=None, now=NOW)
