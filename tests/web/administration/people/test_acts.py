"""One administrator cannot become anybody: accounts of office holders take two, or their owner."""

import re
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.web.administration.people.test_links import mail_on
from tests.web.administration.people.test_views import LINK, NADIA, number
from workflow.people.accounts.access import end_access
from workflow.people.models import Invitation, Person

ACTS, OWN = "/office/acts", "/account/password"
ELENA = "elena.petrova@demo.example"
SENT = re.compile(r"/account/(?:invitations|addresses)/[\w-]+")
CHOSEN = dict.fromkeys(("password", "again"), "a quiet river bends")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """The letters that leave the house, mail being on; it is asked for before the site opens."""
    return mail_on(monkeypatch)


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIMEMOVER_SMTP_URL", "smtp://127.0.0.1:1")


def said(page: str) -> str:
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def address(world: World) -> str:
    return f"/office/people/{number(world, ELENA)}"


def asked(world: World, enter: Enter, email: str = "") -> str:
    """What Naledi is told who asks for a link of the Director's, or for another address."""
    page, naledi = address(world), enter("naledi.khumalo")
    below = "details" if email else "invitation"
    moved = {**NADIA, "name": "Elena Petrova", "email": email} if email else {}
    return words(naledi.post(f"{page}/{below}", moved, page=page, follow=True))


def links(world: World) -> list[bool]:
    """For every link there is, whether it was shown."""
    with world.engine.reading() as session:
        return list(session.scalars(select(Invitation.shown)))


def alone(world: World) -> None:
    """Leave Naledi the only administrator."""
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        end_access(session, pieter, "Left.", by=naledi, now=world.engine.now())


def opened(letter: EmailMessage) -> str:
    return SENT.findall(letter.get_content())[0]


@pytest.mark.parametrize("lone", [False, True])
@pytest.mark.parametrize("email", ["", "naledi.elsewhere@example.org"])
def test_an_administrator_is_shown_no_link_and_moves_no_address_of_an_office_holder(
    world: World, enter: Enter, lone: bool, email: str
) -> None:
    if lone:
        alone(world)

    shown = asked(world, enter, email)

    assert LINK.findall(shown) == []
    assert links(world) == []
    assert number(world, ELENA)
    assert ("Mail is off, and no second" if lone else "waits for a second administrator") in shown


def test_the_second_administrator_confirms_a_link_and_its_use_is_told(
    world: World, enter: Enter
) -> None:
    asked(world, enter)
    naledi, pieter, elena = enter("naledi.khumalo"), enter("pieter.vos"), enter("elena.petrova")
    own = naledi.post(f"{ACTS}/accounts/1/confirmation", page=ACTS).status_code

    answer = pieter.post(f"{ACTS}/accounts/1/confirmation", page=ACTS)

    again = pieter.post(f"{ACTS}/accounts/1/confirmation", page=ACTS).status_code
    assert (own, answer.status_code, again) == (403, 200, 409)
    stranger = enter("joao.lima")
    stranger.post("/account/logout", page="/")
    stranger.post(LINK.findall(answer.text)[0], CHOSEN)
    assert elena.get("/queue").status_code == 303
    told = said(stranger.page(OWN))
    assert "Your password was set by the link that Pieter Vos made" in told
    assert "Whoever made the link saw it." in told
    assert "set by the link" in stranger.page(f"/people/{number(world, ELENA)}")
    record = said(naledi.page("/office/setup/record"))
    for sentence in (
        "Naledi Khumalo asked for a link by which Elena Petrova chooses a password",
        "Pieter Vos confirmed a link by which Elena Petrova chooses a password",
        "The password of Elena Petrova was set by the link that Pieter Vos made on",
    ):
        assert sentence in record
    assert "set by the link" not in naledi.page(f"/people/{number(world, ELENA)}")


def test_a_second_administrator_declines_with_a_reason(world: World, enter: Enter) -> None:
    asked(world, enter)
    pieter = enter("pieter.vos")
    seen = pieter.page(ACTS)

    silent = pieter.post(f"{ACTS}/accounts/1/refusal", {"reason": " "}, page=ACTS)
    pieter.post(f"{ACTS}/accounts/1/refusal", {"reason": "She did not ask."}, page=ACTS)

    assert "Confirm it only if you heard from Elena Petrova." in seen
    assert "Say why it is declined." in words(silent)
    assert silent.status_code == 422
    assert links(world) == []
    assert "Nothing waits" in pieter.page(ACTS)


def test_with_mail_on_a_link_is_shown_to_nobody(
    world: World, sent: list[EmailMessage], enter: Enter
) -> None:
    naledi, pieter = enter("naledi.khumalo"), enter("pieter.vos")
    asked(world, enter)

    entered = naledi.post("/office/people/new", {**NADIA, "way": "invite"})
    confirmed = pieter.post(f"{ACTS}/accounts/1/confirmation", page=ACTS)

    assert [each["To"] for each in sent] == [NADIA["email"], ELENA]
    assert links(world) == [False, False]
    for answer in (entered, confirmed):
        assert "Nobody else sees it." in words(answer)
        assert SENT.findall(answer.text) == []


def test_where_there_is_no_second_the_known_address_alone_gets_it(
    world: World, sent: list[EmailMessage], enter: Enter
) -> None:
    alone(world)

    shown = (asked(world, enter), asked(world, enter, "elena@elsewhere.example"))

    assert [each["To"] for each in sent] == [ELENA, ELENA]
    assert SENT.findall("".join(shown)) == []
    agreed = opened(sent[1])
    stranger = enter("joao.lima")
    before = stranger.page(agreed)
    stranger.post(agreed)
    assert "you sign in as elena@elsewhere.example" in before.replace("that ", "")
    assert number(world, "elena@elsewhere.example")
    assert sent[2]["To"] == ELENA
    assert "votre adresse a été modifiée" in sent[2]["Subject"]
    assert stranger.get(agreed).status_code == 404


def test_word_of_another_address_goes_to_the_one_before(
    world: World, sent: list[EmailMessage], enter: Enter
) -> None:
    asked(world, enter, "elena@elsewhere.example")

    enter("pieter.vos").post(f"{ACTS}/accounts/1/confirmation", page=ACTS)

    assert [each["To"] for each in sent] == [ELENA]
    told = " ".join(sent[0].get_content().split())
    assert "prévenez immédiatement votre chargé de programme et un auditeur" in told
    assert number(world, "elena@elsewhere.example")


@pytest.mark.usefixtures("no_server")
def test_a_letter_that_does_not_leave_shows_no_link(world: World, enter: Enter) -> None:
    alone(world)

    shown = asked(world, enter)

    assert "The letter did not leave" in shown
    assert SENT.findall(shown) == []


def test_an_address_taken_meanwhile_is_a_sentence(world: World, enter: Enter) -> None:
    asked(world, enter, "elena@elsewhere.example")
    with world.engine.transaction() as session:
        taken = update(Person).where(Person.email == "joao.lima@demo.example")
        session.execute(taken.values(email="elena@elsewhere.example"))

    answer = enter("pieter.vos").post(f"{ACTS}/accounts/1/confirmation", page=ACTS)

    assert answer.status_code == 422
    assert "is already entered" in words(answer)


def test_nobody_else_decides_on_accounts(world: World, enter: Enter) -> None:
    elena = enter("elena.petrova")

    acts = [
        elena.post(f"{ACTS}/accounts/1/{below}", page="/").status_code
        for below in ("confirmation", "refusal")
    ]

    assert acts == [403, 403]
