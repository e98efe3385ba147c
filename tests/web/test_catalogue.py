"""The catalogue of a page is looked up once, in the language of that page."""

from pathlib import Path

import pytest
from babel.support import NullTranslations
from flask import Flask

from config.settings import Settings
from tests.support.visitors import SECRET
from web import catalogue
from web.app import create_app
from workflow.programmes.engine import open_engine


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Flask:
    settings = Settings.read(home=tmp_path, database_url=sqlite_url, secret_key=SECRET)
    return create_app(settings, open_engine(sqlite_url))


def test_a_sentence_without_a_translation_is_said_as_it_is(app: Flask) -> None:
    with app.test_request_context("/"):
        assert catalogue.said("Sign out") == "Sign out"
        assert catalogue.said_many("%(num)d role", "%(num)d roles", 2) == "%(num)d roles"


def test_one_page_looks_its_catalogue_up_once_and_the_next_one_anew(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[NullTranslations] = []

    def look() -> NullTranslations:
        found.append(NullTranslations())
        return found[-1]

    monkeypatch.setattr(catalogue, "get_translations", look)

    for _ in range(2):
        with app.test_request_context("/"):
            catalogue.said("Home")
            catalogue.said("Queue")

    assert len(found) == 2
