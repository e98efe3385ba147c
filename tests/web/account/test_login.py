from flask import Flask
from sqlalchemy import select

from tests.web.conftest import AddPerson, Client, Hand
from workflow.engine.engine import Engine
from workflow.people.models import WebSession
from workflow.people.sessions import IDLE, LONGEST

AMINA = "amina@example.org"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "//[",
    "http://[",
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


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get("/people?after=x")

    assert answer.status_code == 303
    assert answer.location == "/account/login?next=/people?after%3Dx"


def test_the_right_password_opens_the_page_asked_for(client: Client, a_person: AddPerson) -> None:
    a_person()

    answer = client.sign_in(AMINA, address="/account/login?next=/people")

    assert (answer.status_code, answer.location) == (303, "/people")
    assert client.get("/people").status_code == 200


def test_an_address_is_known_in_any_letters(client: Client, a_person: AddPerson) -> None:
    a_person()

    answer = client.sign_in(" Amina@Example.ORG ")

    assert answer.status_code == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, a_person: AddPerson
) -> None:
    a_person()

    wrong = client.sign_in(AMINA, "not the password")
    unknown = client.sign_in("nobody@example.org", "not the password")

    assert wrong.status_code == unknown.status_code == 422
    told = "This e-mail address and password do not belong together."
    assert told in wrong.text
    assert told in unknown.text


def test_a_password_is_never_sent_back(client: Client, a_person: AddPerson) -> None:
    a_person()

    answer = client.sign_in(AMINA, "not the password")

    assert "not the password" not in answer.text
    assert f'value="{AMINA}"' in answer.text


def test_empty_fields_are_named(client: Client) -> None:
    answer = client.sign_in("", "")

    assert answer.status_code == 422
    assert 'href="#email"' in answer.text
    assert "Enter your password." in answer.text


def test_guessing_is_slowed_down_also_for_the_right_password(
    client: Client, a_person: AddPerson, clock: Hand
) -> None:
    a_person()
    for _ in range(5):
        client.sign_in(AMINA, "a wrong guess")

    answer = client.sign_in(AMINA)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    assert "Try again in 30 seconds." in answer.text
    clock.forward(seconds=31)
    assert client.sign_in(AMINA).status_code == 303


def test_a_second_sign_in_page_leads_on(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in(AMINA)

    answer = client.get("/account/login?next=/people")

    assert (answer.status_code, answer.location) == (303, "/people")


def test_next_never_leads_elsewhere(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in(AMINA)

    answers = {
        address: client.get("/account/login", query_string={"next": address}).location
        for address in ELSEWHERE
    }

    assert answers == dict.fromkeys(ELSEWHERE, "/")


def test_next_is_checked_again_when_the_form_is_sent(client: Client, a_person: AddPerson) -> None:
    a_person()

    answer = client.sign_in(AMINA, address="/account/login?next=//evil.example")

    assert answer.location == "/"


def test_signing_out_kills_a_copied_cookie(client: Client, app: Flask, a_person: AddPerson) -> None:
    a_person()
    client.sign_in(AMINA)
    copied = client.flask.get_cookie("primemover")
    assert copied is not None

    answer = client.post("/account/logout")

    assert (answer.status_code, answer.location) == (303, "/account/login")
    thief = Client(app.test_client())
    thief.flask.set_cookie("primemover", copied.value)
    assert thief.get("/people").status_code == 303
    assert client.get("/people").status_code == 303


def test_a_session_planted_before_signing_in_is_worth_nothing(
    client: Client, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    client.get("/account/login")
    planted = client.flask.get_cookie("primemover")
    assert planted is not None

    client.sign_in(AMINA)

    thief = Client(app.test_client())
    thief.flask.set_cookie("primemover", planted.value)
    assert thief.get("/people").status_code == 303


def test_signing_in_again_ends_the_session_before(
    client: Client, app: Flask, a_person: AddPerson, engine: Engine
) -> None:
    a_person()
    client.sign_in(AMINA)
    before = client.flask.get_cookie("primemover")
    assert before is not None

    client.sign_in(AMINA)

    thief = Client(app.test_client())
    thief.flask.set_cookie("primemover", before.value)
    assert thief.get("/people").status_code == 303
    assert sessions(engine) == 1


def test_the_cookie_holds_no_person(client: Client, app: Flask, a_person: AddPerson) -> None:
    a_person()
    client.sign_in(AMINA)
    client.get("/")

    with client.flask.session_transaction() as held:
        kept = dict(held)

    assert set(kept) <= {"_user_id", "_fresh", "_id", "csrf_token"}
    assert len(kept["_user_id"]) >= 43


def test_no_cookie_that_opens_anything_outlives_the_browser(
    client: Client, a_person: AddPerson
) -> None:
    a_person()

    answer = client.sign_in(AMINA)

    cookies = [
        cookie
        for cookie in answer.headers.getlist("Set-Cookie")
        if not cookie.startswith("primemover-browser=")
    ]
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert "Expires" not in cookie
        assert "Max-Age" not in cookie


def test_an_idle_session_ends(client: Client, a_person: AddPerson, clock: Hand) -> None:
    a_person()
    client.sign_in(AMINA)

    clock.forward(seconds=IDLE.total_seconds())

    assert client.get("/people").status_code == 303


def test_a_session_in_use_lasts_half_a_day_and_no_longer(
    client: Client, a_person: AddPerson, clock: Hand
) -> None:
    a_person()
    client.sign_in(AMINA)
    steps = int(LONGEST / IDLE * 2)

    seen = []
    for _ in range(steps):
        seen.append(client.get("/people").status_code)
        clock.forward(seconds=IDLE.total_seconds() / 2)

    assert set(seen) == {200}
    assert client.get("/people").status_code == 303
