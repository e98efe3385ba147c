"""A link is made at once for who holds no office; otherwise it takes two, or a letter."""

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.accounts.test_acts import two
from tests.workflow.people.accounts.test_office_holders import an_holder
from tests.workflow.people.test_administrators import an_administrator
from tests.workflow.people.test_commands import HASH, NOW, a_person, told
from workflow.errors import Invalid, NotAuthorised
from workflow.people.accounts.acts import AccountOutcome
from workflow.people.accounts.invitations import accept, link_used
from workflow.people.accounts.links import ask_for_link, confirm


@pytest.mark.parametrize("mail", [False, True])
def test_who_holds_no_office_is_given_a_link_at_once(session: Session, mail: bool) -> None:
    naledi, _ = an_administrator(session)

    came = ask_for_link(session, a_person(session), by=naledi, now=NOW, mail=mail)

    assert (bool(came.token), came.shown, came.waits) == (True, not mail, None)


@pytest.mark.parametrize("mail", [False, True])
def test_a_link_of_who_holds_an_office_is_made_by_the_second(session: Session, mail: bool) -> None:
    naledi, pieter = two(session)
    amina, _ = an_holder(session)

    asked = ask_for_link(session, amina, by=naledi, now=NOW, mail=mail)
    came = confirm(session, asked.waits or 0, by=pieter, now=NOW, mail=mail)

    assert asked == AccountOutcome(amina, waits=asked.waits)
    assert (bool(came.token), came.shown) == (True, not mail)
    assert [kind for kind, _ in told(session)[-3:]] == [
        "account.asked",
        "account.confirmed",
        "person.invited",
    ]


def test_a_lone_administrators_link_goes_by_letter_or_not_at_all(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina, _ = an_holder(session)

    with pytest.raises(Invalid, match="Mail is off, and no second administrator") as refusal:
        ask_for_link(session, amina, by=naledi, now=NOW, mail=False)
    came = ask_for_link(session, amina, by=naledi, now=NOW, mail=True)

    assert list(refusal.value.faults) == ["email"]
    assert (bool(came.token), came.shown) == (True, False)


def test_nobody_else_asks_for_a_link(session: Session) -> None:
    amina, _ = an_holder(session)

    with pytest.raises(NotAuthorised):
        ask_for_link(session, amina, by=amina, now=NOW, mail=True)


def test_the_last_link_that_was_used_is_known_to_its_person(session: Session) -> None:
    naledi, _ = an_administrator(session)
    amina = a_person(session)
    before = link_used(session, amina)
    came = ask_for_link(session, amina, by=naledi, now=NOW, mail=False)

    accept(session, came.token, HASH, now=NOW)

    used = link_used(session, amina)
    assert before is None
    assert used is not None
    assert (used.at, used.made_by, used.made_at, used.shown) == (NOW, "Naledi", NOW, True)
    assert told(session)[-1][0] == "password.set"
    assert came.token not in str(told(session))
