"""Parties that come with an import or from the reference list stand on the register, once."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.errors import NotFound
from workflow.people.directory.arrivals import (
    bring_countries,
    bring_parties,
    enter_country,
    named_party,
)
from workflow.people.directory.page import party_entry
from workflow.people.parties import PartyFacts, ensure_party, known_among

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def told(session: Session) -> list[tuple[str, str, str]]:
    """Each party that the register tells of, with its kind and its name, in turn."""
    bodies = [json.loads(body) for body in session.scalars(select(Event.body).order_by(Event.seq))]
    assert {body["type"] for body in bodies} <= {"party.described"}
    return [(each["what"]["party"], each["what"]["kind"], each["what"]["name"]) for each in bodies]


def test_whatever_an_import_brings_is_told_once_countries_among_it(
    session: Session,
) -> None:
    known = ensure_party(session, "fao", "organisation", "FAO")
    brought = [
        PartyFacts("fao", "organisation", "FAO"),
        PartyFacts("a-fund", "organisation", "A  Fund"),
        PartyFacts("ken", "country", "Kenya", "KEN"),
        PartyFacts("a-bank", "organisation", "A Bank", gives=True, sort="donor"),
        PartyFacts("a-fund", "organisation", "A  Fund"),
    ]

    found = bring_parties(session, brought, came="import", by=None, now=NOW)
    again = bring_parties(session, brought, came="import", by=None, now=NOW)

    assert found["fao"] == known
    assert again == found
    assert set(found) == {"fao", "a-fund", "ken", "a-bank"}
    assert told(session) == [
        ("a-fund", "organisation", "A Fund"),
        ("ken", "country", "Kenya"),
        ("a-bank", "donor", "A Bank"),
    ]
    assert came(session) == ["import"] * 3
    assert party_entry(session, "a-fund").name == "A Fund"


def came(session: Session) -> list[str]:
    """With what each party came that the register tells of; nothing where an act entered it."""
    bodies = [json.loads(body) for body in session.scalars(select(Event.body).order_by(Event.seq))]
    return [body["what"].get("came", "") for body in bodies]


def test_countries_that_a_proposal_names_are_entered_and_told_and_others_left(
    session: Session,
) -> None:
    keys = ["ken", "undp", "fji"]

    for _ in range(2):
        bring_countries(session, keys, came="proposal", by=None, now=NOW)

    assert told(session) == [("ken", "country", "Kenya"), ("fji", "country", "Fiji")]
    assert came(session) == ["proposal"] * 2
    assert "undp" not in known_among(session, ["undp"])


def test_a_country_is_taken_from_the_list_and_told_once(session: Session) -> None:
    first = enter_country(session, " ken", by=None, now=NOW)
    second = enter_country(session, "KEN", by=None, now=NOW)

    assert first == second
    assert told(session) == [("ken", "country", "Kenya")]


def test_whoever_an_act_names_is_entered_and_told_only_if_it_is_a_country_that_is_new(
    session: Session,
) -> None:
    fund = ensure_party(session, "a-fund", "organisation", "A Fund")

    found = [named_party(session, key, by=None, now=NOW) for key in ("A-fund", "ken", "KEN")]

    assert found[0] == fund
    assert found[1] == found[2]
    assert told(session) == [("ken", "country", "Kenya")]
    with pytest.raises(NotFound, match="There is no party called"):
        named_party(session, "nobody", by=None, now=NOW)


@pytest.mark.parametrize("letters", ["", "other-org", "XYZ"])
def test_other_letters_are_refused(session: Session, letters: str) -> None:
    with pytest.raises(NotFound, match="There is no party called"):
        enter_country(session, letters, by=None, now=NOW)

    assert told(session) == []
