"""Due times by other clocks: the reader's own at two zones, and those that a round is counted by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from babel import Locale
from flask import Flask, g

from tests.support.visitors import Enter, words
from tests.support.world import World
from web import clocks
from web.access import SignedIn
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import Within
from workflow.people.accounts.details import speak_as

END = datetime(2026, 3, 12, 22, 30, tzinfo=UTC)
BRITISH = Locale("en", "GB")
AMINA = SignedIn(1, "Amina", "amina@example.org", "en")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Pacific/Apia", "13 Mar 2026, 11:30 (Pacific/Apia)"),
        ("America/Sao_Paulo", "12 Mar 2026, 19:30 (America/Sao_Paulo)"),
        ("UTC", ""),
    ],
)
def test_an_end_is_said_by_the_clocks_of_its_reader(zone: str, said: str) -> None:
    with Flask("clocks").test_request_context():
        g.person, g.language = replace(AMINA, zone=zone), BRITISH

        assert clocks.own_clock(END) == said
        assert clocks.own_clock(None) == ""


def test_a_stranger_has_no_clocks_of_their_own() -> None:
    with Flask("clocks").test_request_context():
        g.person = None

        assert (clocks.own_clock(END), clocks.own_zone()) == ("", "")


@pytest.mark.parametrize(
    ("within", "said"),
    [
        (None, ""),
        (Within(3, "days"), ""),
        (Within(3, "days", zone="America/New_York"), "12 Mar 2026, 18:30 (America/New_York)"),
        (
            Within(3, "days", WorkingCalendar("", "", "Asia/Tokyo", frozenset(), frozenset())),
            "13 Mar 2026, 07:30 (Asia/Tokyo)",
        ),
    ],
)
def test_an_end_is_said_by_the_clocks_that_count_it(within: Within | None, said: str) -> None:
    with Flask("clocks").test_request_context():
        g.language = BRITISH

        assert clocks.counted_clock(END, within) == said


def test_due_times_stand_on_pages_by_the_clocks_of_who_reads(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    jane, officer = enter("jane.okello"), world.person("jane.okello")
    before = jane.page(f"/programmes/{ref}/rounds/screening/1")
    with world.engine.transaction() as session:
        speak_as(session, officer, "en", "Pacific/Apia", now=world.engine.now())

    pages = [
        words(jane.get(address))
        for address in (
            "/queue",
            "/",
            f"/programmes/{ref}",
            f"/programmes/{ref}/rounds/screening/1",
        )
    ]

    assert "your time" not in before
    for page in pages:
        assert "(Pacific/Apia)" in page.split("<main")[1].split("</main>")[0]
    assert "Due times stand by your clocks as well" in pages[0]
