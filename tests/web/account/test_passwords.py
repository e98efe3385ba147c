"""One's own password is changed by who knows the one of now, and by nobody else."""

from flask import Flask

from tests.web.conftest import PASSWORD, AddPerson, Client

NEW = "another river runs straight"


def changed(client: Client, current: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    sent = {"current": current, "password": new, "again": again}
    return client.post("/account/password", sent, page="/account/password").status_code


def test_a_changed_password_is_the_only_one_and_ends_other_sessions(
    app: Flask, client: Client, a_person: AddPerson
) -> None:
    a_person()
    elsewhere = Client(app.test_client())
    for each in (client, elsewhere):
        each.sign_in("amina@example.org")

    status = changed(client)

    assert status == 303
    assert client.get("/queue").status_code == 200
    assert elsewhere.get("/queue").status_code == 303
    assert elsewhere.sign_in("amina@example.org").status_code == 422
    assert elsewhere.sign_in("amina@example.org", NEW).status_code == 303


def test_what_is_wrong_is_said_and_changes_nothing(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")

    statuses = [
        changed(client, current="not the one it is"),
        changed(client, new="short", again="short"),
        changed(client, again="something else"),
        changed(client, current=""),
    ]

    assert statuses == [422] * 4
    assert changed(client, new=PASSWORD, again=PASSWORD) == 303


def test_guesses_end_the_session(client: Client, a_person: AddPerson) -> None:
    a_person()
    client.sign_in("amina@example.org")

    statuses = [changed(client, current=f"guess number {each}") for each in range(5)]

    assert statuses[-1] == 403
    assert client.get("/queue").status_code == 303


def test_the_page_is_for_who_is_signed_in(client: Client) -> None:
    assert client.get("/account/password").status_code == 303


def test_a_link_that_never_was_opens_nothing(client: Client) -> None:
    answer = client.get("/account/invitations/made-up")

    assert answer.status_code == 404
    assert "Ask an administrator for a new one" in answer.text
