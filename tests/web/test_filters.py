from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from flask import Flask, current_app
from flask_babel import force_locale

from web import filters
from workflow.people.queries import Office

NOW = datetime(2005, 3, 14, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def a_page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        yield


def test_an_instant_is_written_in_utc() -> None:
    new_york = datetime(2005, 3, 3, 12, 0, tzinfo=timezone(timedelta(hours=-5)))

    assert filters.instant(new_york) == "3 Mar 2005, 17:00 UTC"


def test_a_day_is_written_in_full_or_in_short() -> None:
    assert filters.day(date(2005, 3, 12)) == "12 March 2005"
    assert filters.short_day(date(2005, 3, 12)) == "12 Mar 2005"
    assert filters.day(None) == ""


@pytest.mark.parametrize(
    ("span", "words", "urgency"),
    [
        ({"days": 25}, "in 25 days", "later"),
        ({"days": 3, "hours": 4}, "in 3 days", "soon"),
        ({"days": 1}, "in 1 day", "soon"),
        ({"hours": 5}, "in 5 hours", "soon"),
        ({"minutes": 20}, "within the hour", "soon"),
        ({"minutes": -20}, "just passed", "late"),
        ({"hours": -5}, "5 hours late", "late"),
        ({"days": -1}, "1 day late", "late"),
        ({"days": -3}, "3 days late", "late"),
    ],
)
def test_a_due_time_says_how_near_it_is(span: dict[str, int], words: str, urgency: str) -> None:
    due = NOW + timedelta(**span)

    assert filters.relative(due, NOW) == words
    assert filters.urgency(due, NOW) == urgency


def test_money_has_cents_only_where_there_are_some() -> None:
    assert filters.money(Decimal(640000)) == "USD 640,000"
    assert filters.money("12.5") == "USD 12.50"
    assert filters.money(None) == ""


def test_a_country_has_its_name_and_its_flag() -> None:
    assert filters.country("bra") == "Brazil"
    assert filters.flag("BRA") == "🇧🇷"
    assert filters.country("XXX") == "XXX"
    assert filters.flag("XXX") == ""


def test_a_digest_is_short_enough_to_compare() -> None:
    assert filters.digest("7c1e" + "0" * 56 + "a40b") == "7c1e…a40b"
    assert filters.digest(bytes.fromhex("7c1e00000000a40b")) == "7c1e…a40b"
    assert filters.digest(None) == ""


def test_a_role_is_spoken_even_before_a_lifecycle_is_published() -> None:
    office = Office(1, "unit_officer", 1, "unit", "Special Unit")

    assert filters.office(office) == "Unit officer, Special Unit"


def test_a_key_inside_a_sentence_is_read_as_words() -> None:
    assert filters.in_words("lead_group") == "lead group"
    assert filters.in_words("meeting") == "meeting"


def test_a_country_is_called_in_the_language_of_the_page_and_others_by_their_name() -> None:
    parties = ("South Africa", "Special Unit for South-South Cooperation")
    in_english = [filters.named(each) for each in parties]
    with current_app.app_context(), force_locale("fr"):
        in_french = [filters.named(each) for each in parties]

    assert in_english == [*parties]
    assert in_french == ["Afrique du Sud", parties[1]]


def test_an_office_says_on_which_body_it_counts_where_the_page_knows_bodies() -> None:
    office = Office(1, "board_member", 1, "ind", "India", body_id=7)

    assert filters.office(office, {7: "Board of the fund"}) == (
        "Board member, India, on Board of the fund"
    )
    assert filters.office(office, {}) == filters.office(office) == "Board member, India"


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("1.50"), "1.5"), (Decimal("1.5"), "1.5"), (1.0, "1"), (1, "1"), (18_402, "18,402")],
)
def test_equal_numbers_are_written_alike_however_they_came(
    value: Decimal | float, written: str
) -> None:
    assert filters.number(value) == written
    assert filters.number(value) == written


def test_an_amount_is_written_in_the_language_of_each_page(app: Flask) -> None:
    with app.app_context():
        english = filters.money(Decimal("1640000.5"))

    with app.app_context(), force_locale("fr"):
        french = filters.money(Decimal("1640000.5"))

    assert english == "USD 1,640,000.50"
    assert french not in {"", english}
