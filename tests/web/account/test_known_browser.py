"""A browser in which a person signed in before is not stopped by what others guess elsewhere."""

from flask import Flask

from tests.web.conftest import AddPerson, Client, Hand

AMINA, CHIDI = "amina@example.org", "chidi@example.org"
COOKIE = "primemover-browser"


def guess(client: Client, times: int, email: str = AMINA) -> None:
    for _ in range(times):
        client.sign_in(email, "a wrong guess")


def test_strangers_behind_the_same_address_do_not_stop_a_known_browser(
    client: Client, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    client.sign_in(AMINA)
    client.post("/account/logout")
    stranger = Client(app.test_client())
    guess(stranger, 12)

    answer = client.sign_in(AMINA)

    assert stranger.sign_in(AMINA).status_code == 429
    assert answer.status_code == 303


def test_strangers_at_another_address_do_not_stop_an_unknown_browser(
    client: Client, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    stranger = Client(app.test_client())
    stranger.flask.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    guess(stranger, 12)

    assert client.sign_in(AMINA).status_code == 303


def test_a_known_browser_is_known_for_those_who_signed_in_from_it_alone(
    client: Client, a_person: AddPerson
) -> None:
    a_person()
    a_person(CHIDI, "Chidi Obi")
    client.sign_in(CHIDI)
    client.post("/account/logout")
    guess(client, 5)

    assert client.sign_in(AMINA).status_code == 429
    assert client.sign_in(CHIDI).status_code == 303


def test_a_known_browser_that_guesses_waits_as_well(
    client: Client, a_person: AddPerson, clock: Hand
) -> None:
    a_person()
    client.sign_in(AMINA)
    client.post("/account/logout")
    guess(client, 5)

    answer = client.sign_in(AMINA)

    assert answer.status_code == 429
    clock.forward(seconds=31)
    assert client.sign_in(AMINA).status_code == 303


def test_a_cookie_of_ones_own_making_is_no_known_browser(
    client: Client, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    client.sign_in(AMINA)
    real = client.flask.get_cookie(COOKIE)
    assert real is not None
    for forged in (real.value[:-1], "", "x", real.value.replace(".", ""), "[]"):
        forger = Client(app.test_client())
        forger.flask.set_cookie(COOKIE, forged)
        guess(forger, 5)
        assert forger.sign_in(AMINA).status_code == 429


def test_the_cookie_opens_nothing_and_names_nobody(
    client: Client, app: Flask, a_person: AddPerson
) -> None:
    a_person()
    answer = client.sign_in(AMINA)
    (cookie,) = [
        each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"{COOKIE}=")
    ]
    kept = client.flask.get_cookie(COOKIE)
    assert kept is not None
    thief = Client(app.test_client())
    thief.flask.set_cookie(COOKIE, kept.value)

    assert thief.get("/people").status_code == 303
    assert "amina" not in cookie
    for word in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"):
        assert word in cookie


def test_several_people_may_share_a_browser(client: Client, a_person: AddPerson) -> None:
    a_person()
    a_person(CHIDI, "Chidi Obi")
    for email in (AMINA, CHIDI, AMINA):
        client.sign_in(email)
        client.post("/account/logout")
    guess(client, 4, CHIDI)

    assert client.sign_in(AMINA).status_code == 303
    client.post("/account/logout")
    assert client.sign_in(CHIDI).status_code == 303
