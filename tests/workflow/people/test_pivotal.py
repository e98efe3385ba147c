import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event, Opening
from workflow.errors import Invalid, NotFound
from workflow.people.commands import designate_pivotal, ensure_party, register_interest
from workflow.people.models import LeadInterest
from workflow.people.queries import pivotal_countries

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MARRAKECH = date(2003, 12, 1)


@pytest.fixture
def india(session: Session) -> int:
    return ensure_party(session, "ind", "country", "India", "IND")


def designate(session: Session, party: int) -> int:
    return designate_pivotal(session, party, MARRAKECH, "Paragraph 15", by=None, now=NOW)


def test_a_country_is_named_as_pivotal_with_evidence(session: Session, india: int) -> None:
    designate(session, india)

    body = json.loads(session.scalars(select(Event.body)).one())
    assert body["type"] == "pivotal.designated"
    assert body["what"] == {"party": "ind", "since": "2003-12-01"}
    assert session.scalars(select(Opening.value)).one() == "Paragraph 15"


def test_a_designation_without_evidence_is_refused(session: Session, india: int) -> None:
    with pytest.raises(Invalid, match="Say where"):
        designate_pivotal(session, india, MARRAKECH, "  ", by=None, now=NOW)

    assert session.scalar(select(func.count()).select_from(Event)) == 0


def test_a_country_is_not_named_twice(session: Session, india: int) -> None:
    designate(session, india)

    with pytest.raises(Invalid, match="India is pivotal already"):
        designate(session, india)


def test_a_traditional_donor_and_an_organisation_cannot_be_pivotal(session: Session) -> None:
    japan = ensure_party(session, "jpn", "country", "Japan", "JPN")
    undp = ensure_party(session, "undp", "organisation", "UNDP")

    for party in (japan, undp):
        with pytest.raises(Invalid, match="not a country of the South"):
            designate(session, party)
    with pytest.raises(NotFound):
        designate(session, 999)


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


def test_countries_not_yet_pivotal_are_not_listed(session: Session, india: int) -> None:
    designate(session, india)

    assert pivotal_countries(session, date(2003, 11, 30)) == ()
