"""Links and the letters about accounts: sent where mail is on, and what became of them said."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from config.settings import Settings
from tests.support.world import World
from web.administration.people.links import address_sent, link_sent
from workflow.notices.templates import LetterWords, word_letter
from workflow.people.accounts.acts import AccountOutcome
from workflow.people.accounts.invitations import invite


class TakesAll:
    """A mail server to a mail server that keeps what it is given."""

    sock = None

    def __init__(self, sent: list[EmailMessage]) -> None:
        self.sent = sent

    def send_message(self, letter: EmailMessage) -> None:
        """Take a letter."""
        self.sent.append(letter)

    def quit(self) -> None:
        """Say goodbye."""

    def close(self) -> None:
        """Hang up."""


def mail_on(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """Turn mail on; the letters that left the house are what is returned."""
    sent: list[EmailMessage] = []
    monkeypatch.setenv("PRIMEMOVER_SMTP_URL", "smtp://mail.example")
    monkeypatch.setattr("workflow.notices.smtp._Patient", lambda *_a, **_k: TakesAll(sent))
    return sent


def came(world: World, *, shown: bool) -> AccountOutcome:
    joao, now = world.person("joao.lima"), world.engine.now()
    with world.engine.transaction() as session:
        return AccountOutcome(joao, token=invite(session, joao, by=None, now=now), shown=shown)


def test_a_letter_brings_the_link_and_nobody_sees_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, link = mail_on(monkeypatch), came(world, shown=False)

    said = link_sent(world.engine, Settings.read(home=tmp_path), link)

    assert (said.link, said.trouble) == ("", "")
    assert sent[0]["To"] == "joao.lima@demo.example"
    assert f"/account/invitations/{link.token}" in sent[0].get_content()
    assert str(said.page.expires_at.date()) in sent[0].get_content()


def test_what_keeps_a_letter_in_the_house_is_said_and_a_shown_link_takes_none(
    world: World, tmp_path: Path
) -> None:
    away = Settings.read(home=tmp_path, smtp_url="smtp://127.0.0.1:1")

    kept = link_sent(world.engine, away, came(world, shown=False))
    shown = link_sent(world.engine, Settings.read(home=tmp_path), came(world, shown=True))

    assert "Connection refused" in kept.trouble
    assert kept.link == ""
    assert shown.link.startswith("http://127.0.0.1:8000/account/invitations/")


def test_an_address_that_did_not_move_takes_no_letter(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = mail_on(monkeypatch)

    said = address_sent(world.engine, Settings.read(home=tmp_path), AccountOutcome(1, waits=7))

    assert (said, sent) == ("", [])


def test_letters_about_accounts_leave_in_the_words_of_the_house(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, link = mail_on(monkeypatch), came(world, shown=False)
    moved = AccountOutcome(link.person, moved_from="joao@old.example")
    with world.engine.transaction() as session:
        for kind, body in (("account_link", "{name}: {link}"), ("address_moved", "Bye, {name}.")):
            own = LetterWords(kind, "en", "From the Unit", body)
            word_letter(session, own, by=None, now=world.engine.now())

    link_sent(world.engine, Settings.read(home=tmp_path), link)
    address_sent(world.engine, Settings.read(home=tmp_path), moved)

    assert [letter["Subject"] for letter in sent] == ["From the Unit", "From the Unit"]
    assert sent[0].get_content().startswith("João Lima: http://127.0.0.1:8000/account/invitations/")
    assert sent[1].get_content() == "Bye, João Lima.\n"
    assert sent[1]["To"] == "joao@old.example"
