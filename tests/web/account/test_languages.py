"""The language of pages: chosen in the bar by anybody, kept through the door, and never half a frame."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET, Enter, Visitor, words
from tests.support.world import World
from web.sentences.languages import FOLDER, offered

NAMED = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def stranger(world: World, tmp_path: Path) -> Visitor:
    """The browser of somebody who has not signed in."""
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    return Visitor(an_app(settings, world.engine).test_client())


def test_a_stranger_chooses_a_language_on_any_page_and_comes_back_to_it(stranger: Visitor) -> None:
    page = stranger.page("/help")

    answer = stranger.post("/account/language?next=/help", {"language": "fr"}, page="/help")

    assert all(name in page for name in ("Français", "العربية", "Español", "Русский", "中文"))
    assert (answer.status_code, answer.location) == (303, "/help")
    french = stranger.page("/")
    assert '<html lang="fr" dir="ltr"' in french
    assert "Suivez un programme de coopération Sud-Sud" in french
    assert "1. Proposition" in french
    assert 'value="fr" lang="fr" dir="auto" aria-current="true"' in french


def test_arabic_runs_from_right_to_left_and_a_language_of_ours_alone_is_taken(
    stranger: Visitor,
) -> None:
    refused = stranger.post("/account/language", {"language": "tlh"}, page="/")
    stranger.post("/account/language", {"language": "ar"}, page="/")

    page = stranger.page("/account/login")

    assert refused.status_code == 404
    assert '<html lang="ar" dir="rtl"' in page
    assert "تسجيل الدخول" in page


def test_no_page_is_half_translated_for_whoever_did_not_choose_it(
    stranger: Visitor, enter: Enter
) -> None:
    asked = words(stranger.get("/", headers={"Accept-Language": "es-MX,es;q=0.9"}))
    reads_french = enter("elena.petrova").page("/queue")

    assert "Sign in" in asked
    assert '<html lang="en"' in reads_french


def test_a_translation_that_is_not_whole_says_so(stranger: Visitor) -> None:
    stranger.post("/account/language", {"language": "fr"}, page="/")

    assert "Toutes les phrases ne sont pas encore traduites" in stranger.page("/")
    assert "Not every sentence" not in stranger.page("/account/login")


def test_somebody_signed_in_chooses_for_this_browser_alone(enter: Enter) -> None:
    joao, another = enter("joao.lima"), enter("joao.lima")
    before = joao.page("/queue")

    joao.post("/account/language?next=/queue", {"language": "zh"}, page="/queue")

    assert 'aria-label="Language"' in before
    assert "队列" in joao.page("/queue")
    assert "Queue" in another.page("/queue")


@pytest.mark.parametrize("language", [each for each in offered() if each != "en"])
def test_every_sentence_is_said_with_everything_it_names(language: str) -> None:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        said = [each for each in read_po(file, locale=language) if each.id]

    wrong = [
        each.id
        for each in said
        for one in (each.string if isinstance(each.string, tuple) else (each.string,))
        if not one or {*NAMED.findall(one)} != {*NAMED.findall(str(each.id))}
    ]

    assert len(said) > 190
    assert wrong == []


def test_all_languages_say_the_same_sentences_and_only_such_as_pages_have() -> None:
    catalogues = {}
    for language in offered()[1:]:
        with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            catalogues[language] = {str(each.id) for each in read_po(file) if each.id}

    assert len(catalogues) == 5
    assert {frozenset(each) for each in catalogues.values()} == {frozenset(catalogues["fr"])}
