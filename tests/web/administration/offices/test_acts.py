"""What takes two administrators: one asks, the other decides, and the pages say so to both."""

from datetime import date

import pytest

from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.web.administration.offices.test_views import held, seat, wish
from tests.workflow.publication.register import NEXT, publishing, wished
from workflow.people.commands import disable_person

ACTS = "/office/acts"


@pytest.fixture(autouse=True)
def _four_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIMEMOVER_FOUR_EYES", "board_member,board_chair")


def ask(world: World, enter: Enter) -> str:
    joao = world.person("joao.lima")
    address = f"/office/people/{joao}/appointments/new"
    seat(world, "moz")
    asked = wish(world, "board_member", "moz", body="board")
    answer = enter("naledi.khumalo").post(address, asked, follow=True)
    return words(answer)


def test_an_act_waits_and_is_done_by_the_second(world: World, enter: Enter) -> None:
    said = ask(world, enter)
    waiting = held(world, "joao.lima", "board_member")
    naledi, pieter = enter("naledi.khumalo"), enter("pieter.vos")

    own = naledi.post(f"{ACTS}/1/confirmation", page=ACTS)
    seen = (naledi.page(ACTS), pieter.page(ACTS))
    pieter.post(f"{ACTS}/1/confirmation", page=ACTS)
    stale = pieter.post(f"{ACTS}/1/confirmation", page=ACTS)

    assert "This takes a second administrator, who was asked." in said
    assert waiting == (0, None)
    assert (own.status_code, stale.status_code) == (403, 409)
    assert "You asked for it" in seen[0]
    assert "Appoint João Lima" in seen[1]
    assert "<dt>On the body</dt>" in seen[1]
    assert '<label class="form-label" for="reason-1">' in seen[1]
    assert 'id="reason-1"' in seen[1]
    assert held(world, "joao.lima", "board_member")[1] == date(2026, 12, 31)
    assert "Nothing waits" in pieter.page(ACTS)


def test_where_there_is_no_second_it_is_said_how_one_comes(world: World, enter: Enter) -> None:
    with world.engine.transaction() as session:
        disable_person(session, world.person("pieter.vos"), now=world.engine.now())

    said = ask(world, enter)

    assert "This takes a second administrator, and there is none." in said
    assert "primemover user add EMAIL --name NAME --administrator" in said
    assert held(world, "joao.lima", "board_member") == (0, None)
    assert "one alone makes no second" in enter("naledi.khumalo").page("/office/setup")


def test_a_second_administrator_declines_with_a_reason(world: World, enter: Enter) -> None:
    ask(world, enter)
    pieter = enter("pieter.vos")

    silent = pieter.post(f"{ACTS}/1/refusal", {"reason": " "}, page=ACTS)
    pieter.post(f"{ACTS}/1/refusal", {"reason": "The letter is of another year."}, page=ACTS)

    assert silent.status_code == 422
    assert "Say why it is declined." in words(silent)
    assert held(world, "joao.lima", "board_member") == (0, None)
    assert "Nothing waits" in pieter.page(ACTS)


def test_acts_are_closed_to_everybody_else(world: World, enter: Enter) -> None:
    elena = enter("elena.petrova")

    assert elena.get(ACTS).status_code == 403
    assert elena.post(f"{ACTS}/1/confirmation", page="/").status_code == 403


def test_who_became_unfit_meanwhile_is_not_confirmed(world: World, enter: Enter) -> None:
    ask(world, enter)
    joao = world.person("joao.lima")
    address = f"/office/people/{joao}/appointments/new"
    enter("naledi.khumalo").post(address, wish(world, "unit_officer", "special-unit"))

    refused = enter("pieter.vos").post(f"{ACTS}/1/confirmation", page=ACTS)

    assert refused.status_code == 422
    assert "a board that decides on its work" in words(refused)
    assert held(world, "joao.lima", "board_member") == (0, None)


def test_what_waits_of_a_lifecycle_stands_among_what_waits(world: World, enter: Enter) -> None:
    elena, pieter = world.person("naledi.khumalo"), enter("pieter.vos")
    quiet = pieter.page("/office/acts")
    wished(world, publishing(), elena)

    page = pieter.page("/office/acts")

    assert "Nothing waits" in quiet
    assert "Nothing waits" not in page
    assert f"Version {NEXT.version} is to be published, asked for by Naledi Khumalo" in page
    assert "/office/lifecycles/acts/1" in page
