"""Help, what this is, and accessibility: open to everybody, linked from every page, and true."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from tests.browser import watching
from tests.support.applications import an_app
from tests.web.conftest import Client
from workflow.engine.engine import Engine


@pytest.mark.parametrize("address", ["/help", "/about", "/accessibility"])
def test_every_page_leads_there_and_a_stranger_may_read_it(client: Client, address: str) -> None:
    for page in ("/", "/help", "/account/login"):
        assert f'href="{address}"' in client.get(page).text

    assert client.get(address).status_code == 200


def test_the_standard_that_is_claimed_is_the_one_that_pages_are_read_against(
    client: Client,
) -> None:
    page = client.get("/accessibility").text

    assert "Web Content Accessibility Guidelines 2.2 at level AA" in page
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= set(watching.TAGS)


def test_the_width_that_is_claimed_is_the_one_that_is_tried(client: Client) -> None:
    tried = Path("tests/browser/test_narrow.py").read_text("utf-8")

    assert "390 pixels" in client.get("/accessibility").text
    assert re.search(r"^NARROW = 390$", tried, re.MULTILINE)


def test_help_says_after_how_many_minutes_a_password_is_asked_again(
    settings: Settings, client: Client
) -> None:
    assert f"more than {settings.reauthenticate_minutes} minutes ago" in client.get("/help").text


def test_about_says_whether_a_witness_outside_is_asked(
    client: Client, settings: Settings, engine: Engine
) -> None:
    watched = replace(settings, witnesses=("a", "b"))

    with_two = Client(an_app(watched, engine).test_client()).get("/about").text

    assert "No witness outside this installation" in client.get("/about").text
    assert "2 witnesses outside this installation" in with_two


def test_the_first_page_leads_to_what_help_says_of_checks_and_accounts(client: Client) -> None:
    page, told = client.get("/").text, client.get("/help").text

    for place in re.findall(r'href="/help#(\w+)"', page):
        assert f'id="{place}"' in told
