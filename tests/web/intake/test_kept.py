"""What was typed while the session ended comes back, and is sent once the person has signed in again."""

import io

import pytest

from tests.support.deciding import hidden, opened, round_page
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from web.intake.kept import is_text
from workflow.demo.cast import DOMAIN, PASSWORD

# What a page shows is the same on both kinds of database; the engine's own tests hold it on each.
pytestmark = pytest.mark.proof(either=True)

SITUATION = "District hospitals lack nurses. " * 60 + "\nThat is “so” & <b>no</b> other way."
ASKED = "You are not signed in any more, so nothing was recorded."


def signed_in_again(visitor: Visitor, address: str, form: dict[str, str], who: str) -> int:
    """The status of the form once e-mail and password are given with it."""
    proof = {"again-email": f"{who}@{DOMAIN}", "again-password": PASSWORD}
    return visitor.flask.post(address, data={**form, **proof}).status_code


def test_a_section_saved_after_the_session_ended_comes_back_and_is_saved(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), f"/programmes/{ref}/documents/proposal/edit/problem"
    form = {**opened(joao, address), "field-situation": SITUATION}
    world.clock.pass_time(minutes=31)

    told = joao.flask.post(address, data=form)
    again = signed_in_again(
        joao, address, {**hidden(words(told)), "field-situation": SITUATION}, "joao.lima"
    )

    assert told.status_code == 403
    assert ASKED in words(told)
    assert SITUATION in words(told)
    assert "<b>no" not in told.text
    assert again == 303
    assert "no</b> other way." in joao.page(address)


def test_a_decision_sent_after_the_session_ended_counts_once_signed_in(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    why = "The costs are unclear; see the budget."
    form = {**opened(priya, address), "verdict": "objection", "reason": why}
    world.clock.pass_time(minutes=31)

    told = priya.flask.post(address, data=form)
    kept = {**hidden(words(told)), "reason": why}
    wrong = priya.flask.post(
        address,
        data={**kept, "again-email": f"priya.menon@{DOMAIN}", "again-password": "wrong"},
    )
    again = signed_in_again(priya, address, {**hidden(words(wrong)), "reason": why}, "priya.menon")

    assert kept["key"] == form["key"]
    assert wrong.status_code == 422
    assert why in words(wrong)
    assert again == 303


def test_a_file_sent_after_the_session_ended_is_asked_for_again(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao = enter("joao.lima")
    address = f"/programmes/{ref}/documents/proposal/edit/attached-files"
    token = joao.hidden(address)["csrf_token"]
    world.clock.pass_time(minutes=31)

    told = joao.flask.post(
        address,
        data={"csrf_token": token, "under": "letter", "file": (io.BytesIO(b"%PDF"), "a.pdf")},
    )

    assert told.status_code == 403
    assert "A file cannot be kept: choose it again." in words(told)
    assert 'enctype="multipart/form-data"' in told.text


def test_a_stranger_who_sends_nothing_is_led_to_the_entrance(enter: Enter) -> None:
    visitor = enter("joao.lima")
    visitor.post("/account/logout", page="/people/mandates")
    token = visitor.hidden("/account/login")["csrf_token"]

    answer = visitor.flask.post("/oversight/checks", data={"csrf_token": token})

    assert (answer.status_code, answer.location) == (303, "/account/login")


def test_what_somebody_wrote_is_shown_and_what_a_page_filled_in_is_not() -> None:
    shown = [each for each in ("consultation", "a" * 64, SITUATION, "so it is") if is_text(each)]

    assert shown == [SITUATION]
