"""An act on an account waits for one who may decide on it, and is told without what it opens."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.people.accounts.test_office_holders import an_holder
from tests.workflow.people.test_administrators import an_administrator, house
from tests.workflow.people.test_commands import NOW, TODAY, a_person, told
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.people.accounts import acts
from workflow.people.accounts.acts import GOOD_FOR, LINK, AddressAsked, waiting
from workflow.people.accounts.details import agree, details_of
from workflow.people.commands import appoint
from workflow.people.models import AccountAct
from workflow.vocabulary import ADMINISTRATOR

OTHER = "sow@example.org"


def two(session: Session) -> tuple[int, int]:
    """Two administrators who were there when the house was set up."""
    naledi, _ = an_administrator(session)
    pieter = a_person(session, "pieter@example.org")
    appoint(session, pieter, ADMINISTRATOR, house(session), TODAY, by=None, now=NOW)
    return naledi, pieter


def test_who_asked_whose_account_it_is_and_who_is_new_do_not_decide(session: Session) -> None:
    naledi, pieter = two(session)
    amina, _ = an_holder(session)
    kofi = a_person(session, "kofi@example.org")
    appoint(session, kofi, ADMINISTRATOR, house(session), TODAY, by=naledi, now=NOW)
    of_amina = acts.ask(session, amina, LINK, by=naledi, now=NOW)
    of_pieter = acts.ask(session, pieter, LINK, by=naledi, now=NOW)

    for number, by in (
        (of_amina, naledi),
        (of_pieter, pieter),
        (of_amina, kofi),
        (of_amina, amina),
    ):
        with pytest.raises(NotAuthorised):
            acts.to_decide(session, number, by=by, now=NOW)

    assert acts.to_decide(session, of_amina, by=pieter, now=NOW).id == of_amina


def test_what_was_decided_or_waits_is_not_asked_again(session: Session) -> None:
    naledi, pieter = two(session)
    amina, _ = an_holder(session)
    number = acts.ask(session, amina, LINK, by=naledi, now=NOW)

    with pytest.raises(Invalid, match="asked for already"):
        acts.ask(session, amina, LINK, by=pieter, now=NOW)
    acts.decline(session, number, "She did not ask.", by=pieter, now=NOW)
    with pytest.raises(Stale):
        acts.decline(session, number, "Again.", by=pieter, now=NOW)
    with pytest.raises(NotFound):
        acts.to_decide(session, 99, by=pieter, now=NOW)

    assert told(session)[-1] == (
        "account.declined",
        {"act": "link", "asked_by": f"p{naledi}", "number": number, "of": f"p{amina}"},
    )


def test_only_the_letter_opens_what_waits_for_it_and_for_a_week(session: Session) -> None:
    naledi, pieter = two(session)
    amina, _ = an_holder(session)
    came = acts.ask_by_letter(session, amina, OTHER, by=naledi, now=NOW)
    number = came.waits or 0

    with pytest.raises(NotFound):
        acts.to_decide(session, number, by=pieter, now=NOW)
    for token, at in (("made-up", NOW), (came.token, NOW + GOOD_FOR)):
        with pytest.raises(NotFound, match="opens nothing any more"):
            agree(session, token, now=at)
    agree(session, came.token, now=NOW + GOOD_FOR - timedelta(seconds=1))

    assert details_of(session, amina).email == OTHER
    assert [kind for kind, _ in told(session)[-2:]] == ["account.confirmed", "person.changed"]
    assert OTHER not in str(told(session))
    with pytest.raises(NotFound):
        agree(session, came.token, now=NOW)


def test_what_waits_is_listed_with_whose_it_is(session: Session) -> None:
    naledi, pieter = two(session)
    acts.ask(session, pieter, LINK, by=naledi, now=NOW)
    acts.ask_by_letter(session, pieter, OTHER, by=naledi, now=NOW)

    link, letter = waiting(session, pieter, NOW)

    assert (link.act, link.own, link.mine, link.by_letter) == ("link", True, False, False)
    assert (letter.email, letter.by_letter, letter.asked_by) == (OTHER, True, "Naledi")
    assert [each.mine for each in waiting(session, naledi, NOW)] == [True, True]
    assert waiting(session, pieter, NOW + GOOD_FOR) == (link,)


def test_the_database_lets_nobody_confirm_their_own(session: Session) -> None:
    naledi, _ = two(session)
    amina, _ = an_holder(session)
    acts.ask(session, amina, LINK, by=naledi, now=NOW)

    forged = f"update {AccountAct.__tablename__} set outcome = 'confirmed', decided_by = asked_by"
    with pytest.raises(IntegrityError):
        session.execute(text(forged))


def test_what_a_letter_asks_is_read_where_nothing_may_be_written(world: World) -> None:
    elena, naledi = world.person("elena.petrova"), world.person("naledi.khumalo")
    now = world.engine.now()
    with world.engine.transaction() as session:
        came = acts.ask_by_letter(session, elena, OTHER, by=naledi, now=now)

    with world.engine.reading() as session:
        asked = acts.change_asked(session, came.token, now)

    assert asked == AddressAsked(
        "Elena Petrova", "elena.petrova@demo.example", OTHER, "Naledi Khumalo"
    )
