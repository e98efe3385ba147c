"""Letters in the six official languages: every sentence there is, with everything it names."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from babel.messages.pofile import read_po

from tests.workflow.lifecycles.test_standard_definition import STANDARD as FILE
from web.background import TRANSLATIONS
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.next_steps import COMPUTED
from workflow.notices import account_letters, emails, wording
from workflow.notices.emails import EmailRenderer, Reader
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.accounts.invitations import Invited

NAMED = re.compile(r"%\((\w+)\)s")
RENDERER = EmailRenderer("Prime Mover <pm@prime.example>", "https://prime.example", TRANSLATIONS)
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
SENTENCES = {
    *wording.SUBJECTS.values(),
    *wording.SENTENCES.values(),
    *wording.REASONS.values(),
    emails.KEEP,
    *account_letters.SUBJECTS.values(),
    *account_letters.BODIES.values(),
}
STANDARD = load_file(FILE)


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_lifecycle_that_letters_say_is_said_in_the_language(
    language: str,
) -> None:
    roles = {role.label for role in STANDARD.roles.values()}
    rounds = {spec.label for spec in STANDARD.rounds.values()}
    outcomes = {key for spec in STANDARD.rounds.values() for key in spec.outcomes} | {*COMPUTED}
    moves = {"put off", "stopped", "going on"}

    unsaid = (roles | rounds | moves | {each.replace("_", " ") for each in outcomes}) - catalogue(
        language
    ).keys()

    assert unsaid == set()


def test_a_word_that_no_catalogue_has_is_said_as_the_lifecycle_says_it() -> None:
    line = replace(LINE, label="Blessing of the boats", role="", outcome="half_way")

    said = wording.words(line, RENDERER.say("fr"))

    assert said["label"] == "Blessing of the boats"
    assert (said["role"], said["outcome"]) == ("", "half way")


LINE = NoticeLine(
    id=1, kind=NoticeKind.SEAT_OPENED.value, ref="SSC-2026-001", title="Nurses", label="Screening",
    outcome="", because=Because.HOLDER.value, role="Programme officer", party="Special Unit",
    seat=1, due_at=None, created_at=datetime(2026, 3, 2, tzinfo=UTC), read_at=None,
)  # fmt: skip


def letter(language: str) -> EmailMessage:
    return RENDERER.letter(Reader("amina@example.org", language), [LINE], "notice-1", "a note\n")


def test_a_letter_is_written_in_the_language_of_its_reader() -> None:
    french, arabic, english = letter("fr"), letter("ar"), letter("en")

    assert french["Subject"] == "SSC-2026-001 : votre réponse est demandée (Examen préliminaire)"
    assert "« Examen préliminaire » est ouvert" in plain(french)
    assert "parce que vous êtes chargé de programme pour Special Unit" in plain(french)
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
        account_letters.AccountDesk("pm@prime.example", RENDERER.say(language), {}).invitation(
            whom, "https://x/1"
        )
        for language in (whom.language, "tlh")
    ]

    assert written[0]["Subject"] == "Prime Mover : choisissez votre mot de passe"
    assert "Bonjour Amina," in plain(written[0])
    assert "https://x/1" in plain(written[0])
    assert "Dear Amina," in plain(written[1])
