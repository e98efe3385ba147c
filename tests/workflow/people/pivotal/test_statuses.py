import json
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.workflow.people.pivotal.india import MARRAKECH, NOW, designate
from workflow.audit.models import Event, Opening
from workflow.errors import Invalid, NotFound
from workflow.people.commands import ensure_party
from workflow.people.parties import known_party
from workflow.people.pivotal.page import statuses
from workflow.people.pivotal.statuses import designate_pivotal, end_pivotal
from workflow.people.queries import pivotal_countries


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


def test_countries_not_yet_pivotal_are_not_listed(session: Session, india: int) -> None:
    designate(session, india)

    assert pivotal_countries(session, date(2003, 11, 30)) == ()


def test_an_ended_status_keeps_its_evidence_and_says_on_what_grounds(
    session: Session, india: int
) -> None:
    designate(session, india)

    end_pivotal(session, india, date(2026, 3, 1), "A letter.", by=None, now=NOW)

    line = statuses(session)[0]
    assert (line.until, line.evidence, line.ended_for) == (
        date(2026, 3, 1), "Paragraph 15", "A letter."
    )  # fmt: skip
    assert (line.holds(date(2026, 3, 1)), line.holds(date(2026, 3, 2))) == (True, False)
    assert pivotal_countries(session, NOW.date()) == ()
    body = json.loads(session.scalars(select(Event.body).order_by(Event.seq.desc())).first())
    assert (body["type"], body["what"]["until"]) == ("pivotal.ended", "2026-03-01")


@pytest.mark.parametrize(
    ("until", "ground", "field"),
    [(date(2003, 11, 30), "A letter.", "until"), (date(2026, 3, 1), " ", "ground")],
)
def test_an_end_before_the_beginning_or_without_grounds_is_refused_at_its_field(
    session: Session, india: int, until: date, ground: str, field: str
) -> None:
    designate(session, india)

    with pytest.raises(Invalid) as refused:
        end_pivotal(session, india, until, ground, by=None, now=NOW)

    assert set(refused.value.faults) == {field}


def test_what_is_not_pivotal_cannot_end_and_may_be_named_anew_after_its_end(
    session: Session, india: int
) -> None:
    with pytest.raises(Invalid, match="no pivotal status that could end"):
        end_pivotal(session, india, NOW.date(), "A letter.", by=None, now=NOW)
    designate(session, india)
    end_pivotal(session, india, date(2026, 3, 1), "A letter.", by=None, now=NOW)

    with pytest.raises(Invalid, match="India is pivotal already"):
        designate_pivotal(session, india, date(2026, 3, 1), "Again", by=None, now=NOW)
    designate_pivotal(session, india, date(2026, 3, 2), "Again", by=None, now=NOW)

    assert [line.since for line in statuses(session)] == [MARRAKECH, date(2026, 3, 2)]


@pytest.mark.parametrize("iso3", ["RUS", "ATA", "POL", "ISR"])
def test_what_is_of_no_region_of_the_south_cannot_be_pivotal(session: Session, iso3: str) -> None:
    party = known_party(session, iso3)

    with pytest.raises(Invalid, match="not a country of the South") as refused:
        designate(session, party)

    assert set(refused.value.faults) == {"country"}
