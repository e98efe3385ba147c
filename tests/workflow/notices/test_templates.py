"""Letters worded by the house: kept in versions, used by what leaves, and refused where they cannot be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workflow.notices.test_mailer import RENDERER
from tests.workflow.notices.test_placeholders import LINE
from workflow.audit.models import Event
from workflow.database import connect
from workflow.errors import Invalid
from workflow.notices.emails import Reader
from workflow.notices.models import LetterTemplate
from workflow.notices.templates import LetterWords, in_force, versions, word_letter, worded

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FRENCH = LetterWords(
    "reminder", "fr", "{ref} : rappel", "Madame, Monsieur,\n\n{label} <b>attend</b>."
)
AMINA = Reader("amina@example.org", "fr")


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """A session on a fresh database of each kind, never committed."""
    engine = connect(database_url)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def kept(session: Session, words: LetterWords = FRENCH) -> int:
    return word_letter(session, words, by=None, now=NOW)


def test_words_are_kept_in_versions_and_empty_ones_give_the_standard_back(session: Session) -> None:
    numbers = [kept(session), kept(session, LetterWords("reminder", "fr", "{ref}", "Encore."))]
    second = worded(session, "fr")

    numbers.append(kept(session, LetterWords("reminder", "fr", "", "")))

    assert numbers == [1, 2, 3]
    assert second == {"reminder": ("{ref}", "Encore.")}
    assert worded(session, "fr") == {}
    assert in_force(session) == ()
    assert [each.body for each in versions(session, "reminder", "fr")] == [
        "",
        "Encore.",
        FRENCH.body,
    ]
    told = session.scalars(select(Event.type).where(Event.type == "letter.worded")).all()
    assert len(told) == 3


def test_a_letter_says_the_words_of_its_language_and_no_other(session: Session) -> None:
    kept(session)

    french = RENDERER.letter(AMINA, [LINE], "notice-1", own=worded(session, "fr"))
    spanish = RENDERER.letter(AMINA, [LINE], "notice-1", own=worded(session, "es"))

    assert french["Subject"] == "SSC-2026-001 : rappel"
    assert "your answer is still awaited" in spanish["Subject"]


def test_words_are_never_markup_and_what_must_be_said_stays_below(session: Session) -> None:
    kept(session)

    letter = RENDERER.letter(AMINA, [LINE], "notice-1", own=worded(session, "fr"))

    plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert "Screening" in plain.get_content()
    assert "You are told because you are the officer of" in plain.get_content()
    assert "/programmes/SSC-2026-001" in plain.get_content()
    assert "&lt;b&gt;attend&lt;/b&gt;" in html.get_content()
    assert "Madame, Monsieur,<br>" in html.get_content()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (LetterWords("reminder", "fr", "{name}", "Words."), "subject"),
        (LetterWords("reminder", "fr", "{ref}", "{ref.__class__}"), "body"),
        (LetterWords("reminder", "fr", "", "Words."), "subject"),
        (LetterWords("reminder", "fr", "Subject", ""), "body"),
        (LetterWords("reminder", "fr", "x" * 201, "Words."), "subject"),
        (LetterWords("reminder", "fr", "{ref}", "x" * 4_001), "body"),
        (LetterWords("poem", "fr", "{ref}", "Words."), "kind"),
        (LetterWords("reminder", "xx", "{ref}", "Words."), "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_leaves_no_trace(
    session: Session, words: LetterWords, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        kept(session, words)

    assert list(refused.value.faults) == [field]
    assert session.scalars(select(LetterTemplate)).all() == []


def test_the_end_of_a_silence_is_told_by_the_clocks_of_the_reader_as_well() -> None:
    line = replace(LINE, kind="silence_opened", party_key="moz", round_key="silence", turn=1)
    maputo = replace(AMINA, language="en", zone="Africa/Maputo")

    told = [
        body.get_content()
        for reader in (replace(AMINA, language="en"), maputo)
        if (body := RENDERER.letter(reader, [line], "notice-1").get_body(("plain",)))
    ]

    assert "It ends at 2026-03-02T12:00:00.000Z.\n" in told[0]
    assert "It ends at 2026-03-02T12:00:00.000Z = 2026-03-02 14:00 (Africa/Maputo).\n" in told[1]
