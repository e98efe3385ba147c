"""The pages of notices: what one was told, what is read, and how mail is wanted."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import true

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.badges import unread_count
from tests.support.visitors import entrance
from tests.support.world import World
from tests.web.conftest import Client
from tests.workflow.notices.test_leavers import ROSA, a_draft_taken_back
from workflow.demo.cast import PASSWORD
from workflow.notices import queries
from workflow.notices.vocabulary import MailPreference, NoticeKind


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    world.programme("consultation")
    yield world
    world.close()


@pytest.fixture
def app(settings: Settings, world: World) -> Flask:
    return an_app(settings, world.engine)


@pytest.fixture
def priya(client: Client) -> Client:
    client.sign_in("priya.menon@demo.example", PASSWORD)
    return client


def unread(world: World) -> int:
    with world.engine.reading() as session:
        return unread_count(session, world.person("priya.menon"))


def test_a_notice_says_what_happened_and_why_one_is_told(priya: Client) -> None:
    page = priya.get("/notices").get_data(as_text=True)

    assert "has opened on Distance learning for nurses" in page
    assert "because you are the focal point of India" in page


def test_the_page_tells_a_leaver_nothing_of_what_their_party_never_sent(
    settings: Settings, world: World
) -> None:
    ref = a_draft_taken_back(world)
    before = entrance(world, settings.home)(ROSA).page("/notices")
    world.clock.pass_time(days=2)

    rosa = entrance(world, settings.home)(ROSA)
    after = rosa.page("/notices")
    rosa.post("/notices/read", page="/notices")

    assert ref in before
    assert ref not in after
    assert "Mark all as read" in after
    assert "Mark all as read" not in rosa.page("/notices")


def test_the_menu_counts_what_is_new(priya: Client, world: World) -> None:
    page = priya.get("/").get_data(as_text=True)

    assert f"· {unread(world)} new" in page


def test_what_is_marked_as_read_is_new_no_more(priya: Client, world: World) -> None:
    with world.engine.reading() as session:
        newest = queries.listed(session, world.person("priya.menon"), true())[0].id

    said = priya.post("/notices/read", {"upto": newest}, page="/notices")

    assert said.status_code == 303
    assert unread(world) == 0


def test_nobody_reads_the_notices_of_others(priya: Client, world: World) -> None:
    before = queries_of(world, "somchai.chaiyasit")

    priya.post("/notices/read", {"upto": 10**9}, page="/notices")

    assert queries_of(world, "somchai.chaiyasit") == before > 0


def test_choices_are_kept(priya: Client, world: World) -> None:
    wanted = {kind.value: MailPreference.DAILY.value for kind in NoticeKind}
    wanted |= {"reminder": "none", "blocked": "at_once"}

    said = priya.post("/notices/choices", wanted, page="/notices/choices")

    with world.engine.reading() as session:
        chosen = queries.choices(session, world.person("priya.menon"))
    assert said.status_code == 303
    assert (chosen[NoticeKind.REMINDER], chosen[NoticeKind.SEAT_OPENED]) == (
        MailPreference.NONE,
        MailPreference.DAILY,
    )


def test_a_choice_that_is_none_of_these_is_refused(priya: Client) -> None:
    wanted = {kind.value: "pigeon" for kind in NoticeKind}

    said = priya.post("/notices/choices", wanted, page="/notices/choices")

    assert said.status_code == 422


def queries_of(world: World, who: str) -> int:
    with world.engine.reading() as session:
        return unread_count(session, world.person(who))
