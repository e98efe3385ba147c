"""An appointment that counts wherever its party sits is tied to one body, once, and told so."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflow.people.test_commands import NOW, TODAY, an_office, told
from workflow.bodies.commands import Charter, SeatGiven, found_body, seat_party
from workflow.errors import Invalid, NotFound
from workflow.people.commands import appoint, end_appointment
from workflow.people.models import Appointment
from workflow.people.parties import known_party
from workflow.people.sittings import Sitting, sitting
from workflow.people.terms.extension import extend_appointment
from workflow.people.terms.tie import tie_appointment


@pytest.fixture
def fund(session: Session) -> Sitting:
    charter = Charter(kind="board", name="Board of the fund")
    return Sitting(found_body(session, "fund", charter, by=None, now=NOW), "fund")


def test_it_counts_on_that_body_alone_and_the_register_says_so(
    session: Session, fund: Sitting
) -> None:
    amina, brazil = an_office(session)
    made = appoint(session, amina, "board_member", brazil, TODAY, by=None, now=NOW)

    tie_appointment(session, made, fund, by=None, now=NOW)

    assert sitting(session, session.get_one(Appointment, made).body_id) == fund
    assert told(session)[-1][0] == "appointment.tied"


def test_it_is_tied_once_and_only_if_it_is_there(session: Session, fund: Sitting) -> None:
    amina, brazil = an_office(session)
    made = appoint(session, amina, "board_member", brazil, TODAY, by=None, now=NOW, on=fund)

    with pytest.raises(Invalid, match="tied to a body already"):
        tie_appointment(session, made, fund, by=None, now=NOW)
    with pytest.raises(NotFound):
        tie_appointment(session, 0, fund, by=None, now=NOW)


def test_one_person_may_sit_for_one_party_on_two_bodies_and_on_each_once(
    session: Session, fund: Sitting
) -> None:
    amina, brazil = an_office(session)
    other = found_body(session, "main", Charter(kind="board", name="Main"), by=None, now=NOW)
    first = appoint(session, amina, "board_member", brazil, TODAY, TODAY, by=None, now=NOW, on=fund)
    main = Sitting(other, "main")
    appoint(session, amina, "board_member", brazil, TODAY, by=None, now=NOW, on=main)

    for on in (fund, None):
        with pytest.raises(Invalid, match="holds this office already"):
            appoint(session, amina, "board_member", brazil, TODAY, by=None, now=NOW, on=on)
    extend_appointment(session, first, None, by=None, now=NOW)
    end_appointment(session, first, TODAY, by=None, now=NOW)

    assert len(session.scalars(select(Appointment.id)).all()) == 2


def test_a_party_gets_no_second_board_while_somebody_would_answer_on_both(
    session: Session, fund: Sitting
) -> None:
    amina, brazil = an_office(session)
    other = found_body(session, "main", Charter(kind="board", name="Main"), by=None, now=NOW)
    given = SeatGiven(party_id=brazil, place="chair", starts_on=TODAY)
    seat_party(session, fund.body, given, by=None, now=NOW)
    made = appoint(session, amina, "board_member", brazil, TODAY, by=None, now=NOW)
    with pytest.raises(Invalid, match="would answer on both"):
        seat_party(session, other, given, by=None, now=NOW)

    tie_appointment(session, made, fund, by=None, now=NOW)
    seat_party(session, other, given, by=None, now=NOW)

    assert known_party(session, "bra") == brazil
