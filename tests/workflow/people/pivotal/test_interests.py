import json
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflow.people.pivotal.india import NOW, designate
from workflow.audit.models import Event
from workflow.errors import Invalid
from workflow.people.models import LeadInterest
from workflow.people.pivotal.interests import ask_interest, decline_interest, register_interest
from workflow.people.pivotal.page import AreaAnswer, statuses
from workflow.people.queries import pivotal_countries


def test_an_interest_is_registered_and_told(session: Session, india: int) -> None:
    designate(session, india)

    register_interest(session, india, "hiv-aids", date(2004, 5, 1), " Said so. ", by=None, now=NOW)

    body = json.loads(session.scalars(select(Event.body).order_by(Event.seq.desc())).first() or "")
    assert body["type"] == "interest.registered"
    assert body["what"] == {"party": "ind", "area": "hiv-aids", "on": "2004-05-01"}
    (country,) = pivotal_countries(session, NOW.date())
    assert country.party.key == "ind"
    assert [(i.area, i.note) for i in country.interests] == [("hiv-aids", "Said so.")]


def test_a_country_asked_again_answers_anew(session: Session, india: int) -> None:
    designate(session, india)
    first = register_interest(session, india, "trade", date(2004, 5, 1), "", by=None, now=NOW)

    second = register_interest(session, india, "trade", date(2026, 3, 1), "Yes", by=None, now=NOW)

    interest = session.scalars(select(LeadInterest)).one()
    assert first == second == interest.id
    assert (interest.registered_on, interest.note) == (date(2026, 3, 1), "Yes")
    assert session.scalar(select(func.count()).select_from(Event)) == 3


def test_only_pivotal_countries_and_known_areas_are_registered(
    session: Session, india: int
) -> None:
    with pytest.raises(Invalid, match="India is not a pivotal country on 2004-05-01"):
        register_interest(session, india, "trade", date(2004, 5, 1), "", by=None, now=NOW)
    designate(session, india)
    with pytest.raises(Invalid, match="'astrology' is not an area"):
        register_interest(session, india, "astrology", date(2004, 5, 1), "", by=None, now=NOW)
    with pytest.raises(Invalid, match="not a pivotal country on 2003-11-30"):
        register_interest(session, india, "trade", date(2003, 11, 30), "", by=None, now=NOW)

    assert session.scalars(select(LeadInterest)).all() == []


def test_a_country_that_was_asked_answers_later_or_declines_and_is_not_counted_as_leading(
    session: Session, india: int
) -> None:
    designate(session, india)
    ask_interest(session, india, "trade", date(2026, 2, 1), by=None, now=NOW)
    unanswered = statuses(session)[0].answers

    decline_interest(
        session, india, "trade", "later", date(2026, 2, 9), "In 2027.", by=None, now=NOW
    )

    assert unanswered == (AreaAnswer("trade", date(2026, 2, 1), "", None, ""),)
    answers = statuses(session)[0].answers
    assert answers == (
        AreaAnswer("trade", date(2026, 2, 1), "later", date(2026, 2, 9), "In 2027."),
    )
    assert pivotal_countries(session, NOW.date())[0].interests == ()
    kinds = session.scalars(select(Event.type).order_by(Event.seq)).all()
    assert kinds == ["pivotal.designated", "interest.asked", "interest.declined"]


def test_an_answer_before_the_question_and_one_of_another_word_are_refused(
    session: Session, india: int
) -> None:
    designate(session, india)
    ask_interest(session, india, "trade", date(2026, 2, 1), by=None, now=NOW)

    with pytest.raises(Invalid, match="cannot have answered before") as early:
        register_interest(session, india, "trade", date(2026, 1, 31), "", by=None, now=NOW)
    with pytest.raises(Invalid, match="leads, later or that it declines") as other:
        decline_interest(session, india, "trade", "perhaps", NOW.date(), "", by=None, now=NOW)

    assert (set(early.value.faults), set(other.value.faults)) == ({"on"}, {"answer"})
