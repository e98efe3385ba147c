"""A link lets somebody choose a password once, for a week, and only the last one made."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.sign_ins import session_person
from tests.workflow.people.test_administrators import an_administrator
from tests.workflow.people.test_commands import HASH, NOW, a_person, told
from workflow.errors import Invalid, NotFound
from workflow.people.accounts.access import restore_access
from workflow.people.accounts.details import change, details_of
from workflow.people.accounts.invitations import (
    GOOD_FOR,
    accept,
    invite,
    invited,
    nobodys_password,
)
from workflow.people.commands import change_password, disable_person
from workflow.people.models import Invitation, Person
from workflow.people.sessions import open_session

OTHER = HASH.replace("c29t", "YW55")


def test_a_link_opens_once_and_ends_what_the_old_password_opened(session: Session) -> None:
    amina = a_person(session)
    before = open_session(session, amina, NOW)
    token = invite(session, amina, by=None, now=NOW)

    found = invited(session, token, NOW)
    accept(session, token, OTHER, now=NOW)

    assert (found.person_id, found.email) == (amina, "amina@example.org")
    assert session.get_one(Person, amina).password_hash == OTHER
    assert session_person(session, before, NOW) is None
    with pytest.raises(NotFound, match="opens nothing any more"):
        accept(session, token, HASH, now=NOW)


def test_only_a_hash_is_kept_and_nothing_of_it_is_told(session: Session) -> None:
    amina = a_person(session)

    token = invite(session, amina, by=None, now=NOW)

    kept = session.scalars(select(Invitation)).one()
    assert token.encode() not in kept.token_hash
    assert told(session)[-1] == (
        "person.invited",
        {"of": f"p{amina}", "until": "2026-03-09T09:00:00.000Z"},
    )


def test_a_link_is_over_after_a_week_and_with_the_next_one(session: Session) -> None:
    amina = a_person(session)
    first = invite(session, amina, by=None, now=NOW)
    second = invite(session, amina, by=None, now=NOW)

    for token, at in ((first, NOW), (second, NOW + GOOD_FOR), ("made-up", NOW)):
        with pytest.raises(NotFound):
            invited(session, token, at)

    assert invited(session, second, NOW + GOOD_FOR - timedelta(seconds=1)).person_id == amina


def test_a_leaver_is_not_invited_and_an_older_link_lets_nobody_in(session: Session) -> None:
    amina = a_person(session)
    token = invite(session, amina, by=None, now=NOW)
    disable_person(session, amina, now=NOW)

    with pytest.raises(Invalid, match="has no access") as refusal:
        invite(session, amina, by=None, now=NOW)
    with pytest.raises(NotFound):
        accept(session, token, OTHER, now=NOW)
    with pytest.raises(NotFound):
        invite(session, 99, by=None, now=NOW)

    assert list(refusal.value.faults) == ["email"]
    assert session.get_one(Person, amina).password_hash == HASH


def test_nobody_knows_the_password_of_who_has_none(session: Session) -> None:
    assert nobodys_password().startswith("$argon2id$")


def test_a_link_dies_with_access_with_a_new_password_and_with_the_address(
    session: Session,
) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    tokens = [invite(session, amina, by=naledi, now=NOW)]
    disable_person(session, amina, now=NOW)
    restore_access(session, amina, by=naledi, now=NOW)
    tokens.append(invite(session, amina, by=naledi, now=NOW))
    change_password(session, amina, "a quiet river bends")
    tokens.append(invite(session, amina, by=naledi, now=NOW))
    moved = replace(details_of(session, amina), email="diallo@example.org")
    change(session, amina, moved, by=naledi, now=NOW)

    for token in tokens:
        with pytest.raises(NotFound, match="opens nothing any more"):
            invited(session, token, NOW)
