import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import AddPerson, Browser, Hand
from workflow.engine.engine import Engine
from workflow.people.records import WebSession
from workflow.people.sessions import IDLE, LONGEST

AMINA = "amina@example.org"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/%09/evil.example",
    "/\n//evil.example",
    " //evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "//user@evil.example",
    "/@evil.example",
    "//127.0.0.1@evil.example/people",
    "/people@evil.example",
    "////evil.example/people",
    "/./evil.example",
    "/..//evil.example",
    "/.evil.example",
    "people",
    "./people",
    "?next=/people",
    "#people",
    "/no/such/page",
    "/account/logout",
    "/people\u2028",
    "\u202e/people",
    "／／evil.example",
    "",
]


def sessions(engine: Engine) -> int:
    with engine.reading() as session:
        return len(session.scalars(select(WebSession)).all())


def test_a_stranger_is_asked_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/people?after=x")

    assert answer.status_code == 303
    assert answer.location == "/account/login?next=/people?after%3Dx"


def test_the_right_password_opens_the_page_asked_for(browser: Browser, a_person: AddPerson) -> None:
    a_person()

    answer = browser.sign_in(AMINA, address="/account/login?next=/people")

    assert (answer.status_code, answer.location) == (303, "/people")
    assert browser.get("/people").status_code == 200


def test_an_address_is_known_in_any_letters(browser: Browser, a_person: AddPerson) -> None:
    a_person()

    answer = browser.sign_in(" Amina@Example.ORG ")

    assert answer.status_code == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    browser: Browser, a_person: AddPerson
) -> None:
    a_person()

    wrong = browser.sign_in(AMINA, "not the password")
    unknown = browser.sign_in("nobody@example.org", "not the password")

    assert wrong.status_code == unknown.status_code == 422
    told = "This e-mail address and password do not belong together."
    assert told in wrong.text
    assert told in unknown.text


def test_a_password_is_never_sent_back(browser: Browser, a_person: AddPerson) -> None:
    a_person()

    answer = browser.sign_in(AMINA, "not the password")

    assert "not the password" not in answer.text
    assert f'value="{AMINA}"' in answer.text


def test_empty_fields_are_named(browser: Browser) -> None:
    answer = browser.sign_in("", "")

    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert "Enter your password." in answer.text


def test_guessing_is_slowed_down_also_for_the_right_password(
    browser: Browser, a_person: AddPerson, clock: Hand
) -> None:
    a_person()
    for _ in range(5):
        browser.sign_in(AMINA, "a wrong guess")

    answer = browser.sign_in(AMINA)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "Try again in 30 seconds." in answer.text
    clock.forward(seconds=31)
    assert browser.sign_in(AMINA).status_code == 303


def test_a_second_sign_in_page_leads_on(browser: Browser, a_person: AddPerson) -> None:
    a_person()
    browser.sign_in(AMINA)

    answer = browser.get("/account/login?next=/people")

    assert (answer.status_code, answer.location) == (303, "/people")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_next_never_leads_elsewhere(app: Flask, a_person: AddPerson, address: str) -> None:
    a_person()
    browser = Browser(app.test_client())
    browser.sign_in(AMINA)

    answer = browser.get("/account/login", query_string={"next": address})

    assert (answer.status_code, answer.location) == (303, "/")


def test_signing_out_kills_a_copied_cookie(
    browser: Browser, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    browser.sign_in(AMINA)
    copied = browser.client.get_cookie("primemover")
    assert copied is not None

    answer = browser.post("/account/logout")

    assert (answer.status_code, answer.location) == (303, "/account/login")
    thief = Browser(app.test_client())
    thief.client.set_cookie("primemover", copied.value)
    assert thief.get("/people").status_code == 303
    assert browser.get("/people").status_code == 303


def test_a_session_planted_before_signing_in_is_worth_nothing(
    browser: Browser, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    browser.get("/account/login")
    planted = browser.client.get_cookie("primemover")
    assert planted is not None

    browser.sign_in(AMINA)

    thief = Browser(app.test_client())
    thief.client.set_cookie("primemover", planted.value)
    assert thief.get("/people").status_code == 303


def test_signing_in_again_ends_the_session_before(
    browser: Browser, app: Flask, a_person: AddPerson, engine: Engine
) -> None:
    a_person()
    browser.sign_in(AMINA)
    before = browser.client.get_cookie("primemover")
    assert before is not None

    browser.sign_in(AMINA)

    thief = Browser(app.test_client())
    thief.client.set_cookie("primemover", before.value)
    assert thief.get("/people").status_code == 303
    assert sessions(engine) == 1


def test_the_cookie_holds_no_person(browser: Browser, app: Flask, a_person: AddPerson) -> None:
    a_person()
    browser.sign_in(AMINA)
    browser.get("/")

    with browser.client.session_transaction() as held:
        kept = dict(held)

    assert set(kept) <= {"_user_id", "_fresh", "_id", "csrf_token"}
    assert len(kept["_user_id"]) >= 43


def test_no_cookie_outlives_the_browser(browser: Browser, a_person: AddPerson) -> None:
    a_person()

    answer = browser.sign_in(AMINA)

    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert "Expires" not in cookie
        assert "Max-Age" not in cookie


def test_an_idle_session_ends(browser: Browser, a_person: AddPerson, clock: Hand) -> None:
    a_person()
    browser.sign_in(AMINA)

    clock.forward(seconds=IDLE.total_seconds())

    assert browser.get("/people").status_code == 303


def test_a_session_in_use_lasts_half_a_day_and_no_longer(
    browser: Browser, a_person: AddPerson, clock: Hand
) -> None:
    a_person()
    browser.sign_in(AMINA)
    steps = int(LONGEST / IDLE * 2)

    seen = []
    for _ in range(steps):
        seen.append(browser.get("/people").status_code)
        clock.forward(seconds=IDLE.total_seconds() / 2)

    assert set(seen) == {200}
    assert browser.get("/people").status_code == 303
