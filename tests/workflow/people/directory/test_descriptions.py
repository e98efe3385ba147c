"""Parties entered and changed by hand, and what each kind may do."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.models import Event, Opening
from workflow.errors import Invalid, NotFound
from workflow.people.directory.descriptions import Described, describe_party, enter_party
from workflow.people.directory.page import party_entries, party_entry
from workflow.people.parties import known_party

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHO = Described(
    kind="agency", name="World Health Organization", executes=True, languages="en fr",
    contact="The desk for laboratories.",
)  # fmt: skip


def enter(session: Session, key: str = "who", described: Described = WHO) -> int:
    return enter_party(session, key, described, by=None, now=NOW)


def test_an_agency_is_entered_and_told_with_its_contact_sealed(session: Session) -> None:
    enter(session)

    entry = party_entry(session, "who")
    assert (entry.kind, entry.executes, entry.gives) == ("agency", True, False)
    assert (entry.languages, entry.contact) == ("en fr", WHO.contact)
    body = json.loads(session.scalars(select(Event.body)).one())
    assert body["type"] == "party.described"
    assert body["what"]["party"] == "who"
    assert WHO.contact not in json.dumps(body)
    assert session.scalars(select(Opening.value)).one() == WHO.contact


@pytest.mark.parametrize(
    ("key", "changed", "field"),
    [
        ("WHO!", {}, "key"),
        ("ind", {}, "key"),
        ("who", {"name": " "}, "name"),
        ("who", {"kind": "country"}, "kind"),
        ("who", {"executes": False}, "executes"),
        ("who", {"kind": "donor", "executes": True, "gives": True}, "executes"),
        ("who", {"kind": "donor", "executes": False}, "gives"),
        ("who", {"languages": "en xx"}, "languages"),
    ],
)
def test_what_a_kind_cannot_be_is_refused_at_its_field(
    session: Session, key: str, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        enter(session, key, replace(WHO, **changed))  # type: ignore[arg-type]

    assert field in refused.value.faults
    assert session.scalars(select(Event.id)).all() == []


def test_a_key_is_given_once(session: Session) -> None:
    enter(session)

    with pytest.raises(Invalid, match="entered already"):
        enter(session)


def test_a_party_is_changed_and_a_country_keeps_its_kind_and_name(session: Session) -> None:
    who, india = enter(session), known_party(session, "ind")

    describe_party(session, who, replace(WHO, name="WHO", gives=True), by=None, now=NOW)
    said = Described(kind="country", name="Another name", languages="en")
    describe_party(session, india, said, by=None, now=NOW)

    assert [(each.key, each.name) for each in party_entries(session)[-2:]] != []
    assert (party_entry(session, "who").name, party_entry(session, "who").gives) == ("WHO", True)
    assert (party_entry(session, "ind").name, party_entry(session, "ind").languages) == (
        "India", "en",
    )  # fmt: skip
    with pytest.raises(Invalid, match="stay what they are"):
        describe_party(session, india, WHO, by=None, now=NOW)
    with pytest.raises(Invalid, match="execute no programme"):
        describe_party(session, india, replace(said, executes=True), by=None, now=NOW)
    with pytest.raises(NotFound):
        describe_party(session, 999, WHO, by=None, now=NOW)


def test_the_directory_goes_on_from_where_it_ended(session: Session) -> None:
    enter(session)
    known_party(session, "ind")
    whole = party_entries(session)

    rest = party_entries(session, after=(whole[0].name, whole[0].id))

    assert rest == whole[1:]
    assert [each.key for each in party_entries(session, kind="agency")] == ["who"]
