"""Letters in the six official languages: every sentence there is, with everything it names."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from babel.messages.pofile import read_po

from web.background import TRANSLATIONS
from workflow.notices import emails, wording
from workflow.notices.emails import EmailRenderer, Reader
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.accounts import letter as account_letters
from workflow.people.accounts.invitations import Invited

NAMED = re.compile(r"%\((\w+)\)s")
RENDERER = EmailRenderer("Prime Mover <pm@prime.example>", "https://prime.example", TRANSLATIONS)
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
SENTENCES = {
    *wording.SUBJECTS.values(),
    *wording.SENTENCES.values(),
    *wording.REASONS.values(),
    emails.KEEP,
    account_letters.SUBJECT,
    account_letters.INVITATION,
}


def catalogue(language: str) -> dict[str, str]:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "letters.po"
    with path.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_with_everything_it_names(language: str) -> None:
    words = catalogue(language)

    assert set(words) >= SENTENCES
    assert {
        english for english, said in words.items()
        if not said or sorted(NAMED.findall(said)) != sorted(NAMED.findall(english))
    } == set()  # fmt: skip


def letter(language: str) -> EmailMessage:
    line = NoticeLine(
        id=1, kind=NoticeKind.SEAT_OPENED.value, ref="SSC-2026-001", title="Nurses", label="Screening",
        outcome="", because=Because.HOLDER.value, role="Programme officer", party="Special Unit",
        seat=1, due_at=None, created_at=datetime(2026, 3, 2, tzinfo=UTC), read_at=None,
    )  # fmt: skip
    return RENDERER.letter(Reader("amina@example.org", language), [line], "notice-1", "a note\n")


def test_a_letter_is_written_in_the_language_of_its_reader() -> None:
    french, arabic, english = letter("fr"), letter("ar"), letter("en")

    assert french["Subject"] == "SSC-2026-001 : votre réponse est demandée (Screening)"
    assert "parce que vous êtes programme officer pour Special Unit" in plain(french)
    assert "Conservez cette lettre" in plain(french)
    assert 'dir="rtl"' in html(arabic)
    assert "مطلوب ردكم" in html(arabic)
    assert "your answer is asked for" in plain(english)


def test_a_language_without_words_is_written_in_english() -> None:
    assert "your answer is asked for" in plain(letter("tlh"))


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content())


def html(message: EmailMessage) -> str:
    body = message.get_body(("html",))
    assert body
    return str(body.get_content())


def test_the_letter_with_a_link_is_written_in_the_language_of_who_is_invited() -> None:
    whom = Invited(1, "Amina", "amina@example.org", datetime(2026, 3, 9, tzinfo=UTC), "fr")

    written = [
        account_letters.invitation_letter(
            "pm@prime.example", whom, "https://x/1", RENDERER.say(language)
        )
        for language in (whom.language, "tlh")
    ]

    assert written[0]["Subject"] == "Prime Mover : choisissez votre mot de passe"
    assert "Bonjour Amina," in plain(written[0])
    assert "https://x/1" in plain(written[0])
    assert "Dear Amina," in plain(written[1])
