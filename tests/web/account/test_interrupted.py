"""A form whose session ended is held for who wrote it, and sent once that person has signed in again."""

import io

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.support.deciding import hidden, opened, round_page
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from web.account.page_tokens import SALT, made_for
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.engine.models import LifecycleCase
from workflow.working_copies import copies

# What a page shows is the same on both kinds of database; the engine's own tests hold it on each.
pytestmark = pytest.mark.proof(either=True)

SITUATION = "District hospitals lack nurses. " * 60 + "\nThat is “so” & <b>no</b> other way."
ASKED = "You are not signed in any more, so nothing was recorded."
NOT_YOURS = "Nothing was recorded now."


def problem(ref: str) -> str:
    return f"/programmes/{ref}/documents/proposal/edit/problem"


def proof(who: str, password: str = PASSWORD) -> dict[str, str]:
    """E-mail and password as the page of an ended session asks for them."""
    return {"again-email": f"{who}@{DOMAIN}", "again-password": password}


def written(visitor: Visitor, address: str) -> dict[str, str]:
    """A section as somebody filled it in."""
    return {**opened(visitor, address), "field-situation": SITUATION}


def left(world: World, who: str) -> list[str]:
    """The texts that are held for somebody."""
    with world.engine.reading() as session:
        found = copies.every(session, world.person(who))
    return [each.value("field-situation") for each in found]


def made_for_in(visitor: Visitor, token: str) -> int | None:
    """Whom a token says that its page was made for."""
    with visitor.flask.application.app_context():
        return made_for(token)


def versions(world: World, ref: str) -> int:
    with world.engine.reading() as session:
        return session.query(LifecycleCase).filter_by(ref=ref).one().version


@pytest.mark.parametrize("how", ["idle", "cookie", "signed out in another tab"])
def test_a_section_saved_after_the_session_ended_is_saved_with_the_password(
    world: World, enter: Enter, how: str
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    if how == "idle":
        world.clock.pass_time(minutes=31)
    elif how == "cookie":
        joao.flask.delete_cookie("primemover")
    else:
        joao.post("/account/logout", page="/people/mandates")
        joao.get("/account/login")

    told = joao.flask.post(address, data=form)
    wrong = joao.flask.post(address, data={**hidden(words(told)), **proof("joao.lima", "wrong")})
    again = joao.flask.post(address, data={**hidden(words(wrong)), **proof("joao.lima")})

    assert (told.status_code, wrong.status_code, again.status_code) == (403, 422, 303)
    assert ASKED in words(told)
    assert told.headers["Cache-Control"] == "no-store"
    assert "no</b> other way." in joao.page(address)
    assert left(world, "joao.lima") == []


def test_the_page_of_an_ended_session_holds_none_of_the_words(world: World, enter: Enter) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    world.clock.pass_time(minutes=31)

    told = joao.flask.post(address, data=form)

    assert "District hospitals" not in told.text
    assert left(world, "joao.lima") == [SITUATION]


def test_whoever_else_signs_in_on_that_page_neither_sees_nor_sends_it(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")
    told, before = joao.flask.post(address, data=form), versions(world, ref)

    other = joao.flask.post(address, data={**hidden(words(told)), **proof("jane.okello")})
    unsent = joao.page("/working-copies")

    assert other.status_code == 403
    assert NOT_YOURS in words(other)
    assert "District hospitals" not in words(other) + unsent
    assert versions(world, ref) == before
    assert left(world, "joao.lima") == [SITUATION]


def test_a_form_left_open_by_one_person_is_not_sent_as_the_next(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    address = round_page(world, ref, "consultation", "priya.menon")
    priya = enter("priya.menon")
    form = {**opened(priya, address), "verdict": "objection", "reason": SITUATION}
    priya.post("/account/logout", page="/people/mandates")
    priya.post("/account/login", {"email": f"paulo.sa@{DOMAIN}", "password": PASSWORD})
    before = versions(world, ref)

    answer = priya.flask.post(address, data=form)

    assert (answer.status_code, versions(world, ref)) == (403, before)
    assert NOT_YOURS in words(answer)
    assert "District hospitals" not in words(answer)
    assert len(left(world, "priya.menon")) == 1


def test_a_number_that_is_another_persons_sends_nothing(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")
    number = hidden(words(joao.flask.post(address, data=form)))["again-copy"]
    jane = enter("jane.okello")

    sent = jane.post(address, {"again-copy": number}, page="/working-copies")
    jane.post(f"/working-copies/{number}/discard", page="/working-copies")

    assert sent.status_code == 403
    assert left(world, "joao.lima") == [SITUATION]


def test_what_is_held_is_sent_to_no_other_form(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")
    told = hidden(words(joao.flask.post(address, data=form)))

    elsewhere = address.replace("problem", "objectives")
    answer = joao.flask.post(elsewhere, data={**told, **proof("joao.lima")})

    assert answer.status_code == 403
    assert left(world, "joao.lima") == [SITUATION]


def test_a_form_of_an_earlier_session_is_taken_from_the_same_person(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    joao.post("/account/logout", page="/people/mandates")
    joao.post("/account/login", {"email": f"joao.lima@{DOMAIN}", "password": PASSWORD})

    answer = joao.flask.post(address, data=form)

    assert answer.status_code == 303
    assert "no</b> other way." in joao.page(address)


def test_signed_in_again_elsewhere_the_page_of_the_ended_session_leads_to_what_is_held(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")
    told = hidden(words(joao.flask.post(address, data=form)))
    joao.post("/account/login", {"email": f"joao.lima@{DOMAIN}", "password": PASSWORD})

    led = joao.flask.post(address, data=told)
    unsent = joao.get("/working-copies")
    sent = joao.flask.post(address, data=hidden(words(unsent)) | {"again-copy": told["again-copy"]})

    assert (led.status_code, led.location) == (303, "/working-copies")
    assert "District hospitals" in words(unsent)
    assert sent.status_code == 303
    assert left(world, "joao.lima") == []


def test_a_forged_form_is_held_for_nobody(world: World, enter: Enter) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")

    answers = [
        joao.flask.post(address, data=form, headers={"Sec-Fetch-Site": "cross-site"}),
        joao.flask.post(address, data={**form, "csrf_token": form["csrf_token"] + "x"}),
        joao.flask.post(address, data={**form, "csrf_token": ""}),
    ]

    assert [each.status_code for each in answers] == [400] * 3
    assert "It is kept nowhere here" in words(answers[0])
    assert left(world, "joao.lima") == []


def test_too_long_a_form_is_not_held_and_the_page_says_so(world: World, enter: Enter) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = {**opened(joao, address), "field-situation": "a word " * 60_000}
    joao.flask.delete_cookie("primemover")

    told = joao.flask.post(address, data=form)

    assert "is too long to be kept here" in words(told)
    assert left(world, "joao.lima") == []


def test_a_file_sent_after_the_session_ended_is_asked_for_again(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao = enter("joao.lima")
    address = f"/programmes/{ref}/documents/proposal/edit/attached-files"
    token = joao.hidden(address)["csrf_token"]
    world.clock.pass_time(minutes=31)
    file = {"file": (io.BytesIO(b"%PDF-1.7 a letter"), "letter.pdf")}

    told = joao.flask.post(address, data={"csrf_token": token, "under": "proposal"} | file)
    again = joao.flask.post(
        address,
        data={**hidden(words(told)), **proof("joao.lima")}
        | {"file": (io.BytesIO(b"%PDF-1.7 a letter"), "letter.pdf")},
    )

    assert told.status_code == 403
    assert "A file cannot be kept: choose it again." in words(told)
    assert 'enctype="multipart/form-data"' in told.text
    assert again.status_code == 303
    assert "letter.pdf" in joao.page(address)


def test_a_password_is_held_nowhere(world: World, enter: Enter) -> None:
    joao = enter("joao.lima")
    form = opened(joao, "/account/password") | {"current": PASSWORD, "password": "x" * 20}
    joao.flask.delete_cookie("primemover")

    joao.flask.post("/account/password", data=form)

    with world.engine.reading() as session:
        assert copies.every(session, world.person("joao.lima")) == ()


def test_a_decision_sent_after_the_session_ended_counts_once_signed_in(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    why = "The costs are unclear; see the budget."
    form = {**opened(priya, address), "verdict": "objection", "reason": why}
    world.clock.pass_time(minutes=31)

    told = priya.flask.post(address, data=form)
    again = priya.flask.post(address, data={**hidden(words(told)), **proof("priya.menon")})

    assert again.status_code == 303
    assert why in priya.page(again.headers["Location"])


def test_a_stranger_who_sends_nothing_is_led_to_the_entrance(enter: Enter) -> None:
    visitor = enter("joao.lima")
    visitor.post("/account/logout", page="/people/mandates")
    token = visitor.hidden("/account/login")["csrf_token"]

    answer = visitor.flask.post("/oversight/checks", data={"csrf_token": token})

    assert (answer.status_code, answer.location) == (303, "/account/login")


def test_a_form_of_last_week_is_held_and_not_taken(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    joao.post("/account/logout", page="/people/mandates")
    joao.post("/account/login", {"email": f"joao.lima@{DOMAIN}", "password": PASSWORD})
    monkeypatch.setattr("web.security.LASTS", -1)

    answer = joao.flask.post(address, data=form)

    assert (answer.status_code, answer.location) == (303, "/working-copies")
    assert left(world, "joao.lima") == [SITUATION]


def test_what_a_page_sends_by_itself_is_held_for_nobody(world: World, enter: Enter) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")

    hints = joao.flask.post(f"{address}/hints", data=form)
    kept = joao.flask.post(f"/working-copies?place={address}", data=form)

    assert (hints.status_code, hints.json) == (200, {})
    assert (kept.status_code, kept.json) == (200, {"kept": False, "away": True})
    assert left(world, "joao.lima") == []


def test_what_is_held_stays_until_the_form_was_taken_and_not_only_shown_again(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref).replace("problem", "objectives")
    form = {**opened(joao, address), "field-situation": SITUATION, "add": "outputs"}
    joao.flask.delete_cookie("primemover")
    told = hidden(words(joao.flask.post(address, data=form)))

    shown = joao.flask.post(address, data={**told, **proof("joao.lima")})

    assert shown.status_code == 200
    assert left(world, "joao.lima") == [SITUATION]


def test_a_decision_that_was_held_stays_held_until_the_password_fits(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    priya, address = enter("priya.menon"), round_page(world, ref, "consultation", "priya.menon")
    form = {**opened(priya, address), "verdict": "objection", "reason": SITUATION}
    world.clock.pass_time(minutes=31)
    number = hidden(words(priya.flask.post(address, data=form)))["again-copy"]
    priya = enter("priya.menon")
    for _ in range(2):
        world.clock.pass_time(minutes=20)
        priya.page("/queue")

    asked = priya.post(address, {"again-copy": number}, page="/working-copies")
    waiting = len(left(world, "priya.menon"))
    answer = priya.flask.post(address, data={**hidden(words(asked)), "password": PASSWORD})

    assert (asked.status_code, waiting, answer.status_code) == (200, 1, 303)
    assert left(world, "priya.menon") == []


def test_throwing_one_away_leaves_what_else_was_sent_from_the_same_form(
    world: World, enter: Enter
) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    joao.flask.delete_cookie("primemover")
    joao.flask.post(address, data=form)
    other = joao.flask.post(address, data={**form, "field-situation": "Another text."})
    number = hidden(words(other))["again-copy"]
    joao = enter("joao.lima")

    joao.post(f"/working-copies/{number}/discard", page="/queue")

    assert left(world, "joao.lima") == [SITUATION]


def test_a_page_for_nobody_is_not_said_to_be_that_of_whoever_sat_here_before(
    world: World, enter: Enter
) -> None:
    joao, address = enter("joao.lima"), problem(world.programme("draft"))
    form = written(joao, address)
    world.clock.pass_time(minutes=31)
    stranger = joao
    token = stranger.hidden("/account/login")["csrf_token"]

    planted = stranger.flask.post(address, data={**form, "csrf_token": token})
    again = stranger.hidden("/account/login")["csrf_token"]
    own = joao.flask.post(address, data={**form, "field-situation": "Of João himself."})

    assert [made_for_in(stranger, each) for each in (token, again)] == [None, None]
    assert planted.status_code in {303, 400}
    assert own.status_code == 403
    assert left(world, "joao.lima") == ["Of João himself."]


class LastMonth(TimestampSigner):
    """Signs as of so many days ago as unsent texts are kept, and one more."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - 31 * 24 * 3600


def test_what_comes_from_a_page_that_is_older_than_texts_are_kept_is_held_for_nobody(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    joao, address = enter("joao.lima"), problem(ref)
    form = written(joao, address)
    secret = str(joao.flask.application.secret_key)
    old = URLSafeTimedSerializer(secret, salt=SALT, signer=LastMonth)
    signer = URLSafeTimedSerializer(secret, salt=SALT)
    form["csrf_token"] = str(old.dumps(signer.loads(form["csrf_token"])))
    said = joao.page("/working-copies")
    joao.flask.delete_cookie("primemover")

    answer = joao.flask.post(address, data=form)

    assert "It is kept for 30 days from when you typed it" in said
    assert answer.status_code == 400
    assert "It is kept nowhere here: go back with your browser" in words(answer)
    assert left(world, "joao.lima") == []
