"""Sentences are found in the catalogue of the page's language, and are English where there is no page."""

from flask import Flask, render_template_string
from flask_babel import force_locale

from web.sentences import catalogue, directions


def test_where_there_is_no_page_a_sentence_is_as_it_stands_in_the_code() -> None:
    assert catalogue.said("Nothing waits.") == "Nothing waits."
    assert catalogue.said_many("%(num)s event", "%(num)s events", 1) == "%(num)s event"
    assert catalogue.said_many("%(num)s event", "%(num)s events", 2) == "%(num)s events"


def test_the_catalogue_of_a_page_is_looked_up_once(app: Flask) -> None:
    with app.test_request_context("/"), force_locale("en"):
        first = catalogue.catalogue()

        assert catalogue.catalogue() is first


def test_a_sentence_has_its_parts_in_place() -> None:
    assert catalogue.gettext("100 %") == "100 %"
    assert catalogue.gettext("%(title)s is open.", title="A") == "A is open."
    assert catalogue.ngettext("%(num)d day", "%(num)d days", 2) == "2 days"
    assert catalogue.ngettext("%(num)d day of %(all)d", "", 1, all=3) == "1 day of 3"


def test_a_sentence_of_a_page_is_said_in_its_language(app: Flask) -> None:
    with app.app_context(), force_locale("fr"):
        assert catalogue.gettext("Sign out") != "Sign out"
        assert directions.sentence("Sign out") == catalogue.gettext("Sign out")


def test_a_part_of_a_sentence_may_have_any_name(app: Flask) -> None:
    told = "{{ _('%(at)s, %(words)s', at=1, words=2) }} {{ ngettext('%(one)s', '%(one)s of %(num)s', 3, one=4) }}"

    with app.test_request_context("/"):
        assert render_template_string(told) == "1, 2 4 of 3"
