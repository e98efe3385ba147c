"""The letter that brings a link: sent where mail is on, and what became of it said."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Self

import pytest

from config.settings import Settings
from web.administration.people.links import link_of, mailed
from workflow.people.accounts.invitations import Invited

NADIA = Invited(7, "Nadia", "nadia@example.org", datetime(2026, 3, 9, tzinfo=UTC))


class Server:
    """A mail server that takes everything."""

    def __init__(self, sent: list[EmailMessage]) -> None:
        self.sent = sent

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_about: object) -> None:
        return None

    def send_message(self, letter: EmailMessage) -> None:
        self.sent.append(letter)


def test_a_letter_brings_the_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr("smtplib.SMTP", lambda *_a, **_k: Server(sent))
    settings = Settings.read(home=tmp_path, smtp_url="smtp://mail.example")
    link = link_of(settings, "abc")

    trouble = mailed(settings, NADIA, link)

    assert trouble == ""
    assert sent[0]["To"] == "nadia@example.org"
    assert f"{settings.base_url}/account/invitations/abc" in sent[0].get_content()
    assert "2026-03-09" in sent[0].get_content()


def test_what_keeps_a_letter_in_the_house_is_said(tmp_path: Path) -> None:
    off = Settings.read(home=tmp_path)
    away = Settings.read(home=tmp_path, smtp_url="smtp://127.0.0.1:1")

    assert mailed(off, NADIA, "x") is None
    assert "Connection refused" in (mailed(away, NADIA, "x") or "")
