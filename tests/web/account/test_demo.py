from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from tests.support.applications import an_app
from tests.web.conftest import SECRET, AddPerson, Client
from workflow.engine.engine import Engine


@pytest.fixture
def demo(tmp_path: Path, sqlite_url: str, engine: Engine) -> Flask:
    chosen = {"home": tmp_path, "database_url": sqlite_url, "secret_key": SECRET}
    return an_app(Settings.read(demo=True, **chosen), engine)


@pytest.fixture
def visitor(demo: Flask) -> Client:
    return Client(demo.test_client())


def test_the_sign_in_page_introduces_its_people(visitor: Client, a_person: AddPerson) -> None:
    a_person(purpose="answers for Brazil")

    page = visitor.get("/account/login").text

    assert "answers for Brazil" in page
    assert "amina@example.org" in page
    assert "prime-mover-demo" in page


def test_one_click_makes_somebody_else_of_you(visitor: Client, a_person: AddPerson) -> None:
    a_person(purpose="answers for Brazil")
    a_person("jane@example.org", "Jane Okello", purpose="screens")

    visitor.post("/account/switch", {"email": "amina@example.org"})
    answer = visitor.post("/account/switch?next=/people", {"email": "jane@example.org"})

    assert (answer.status_code, answer.location) == (303, "/people")
    assert "You are Jane Okello." in visitor.get("/people").text


def test_a_person_without_a_part_in_the_demo_cannot_be_taken(
    visitor: Client, a_person: AddPerson
) -> None:
    a_person(purpose="")

    answer = visitor.post("/account/switch", {"email": "amina@example.org"})

    assert answer.status_code == 404


def test_switching_needs_the_token_of_the_form(visitor: Client, a_person: AddPerson) -> None:
    a_person(purpose="answers for Brazil")

    answer = visitor.flask.post("/account/switch", data={"email": "amina@example.org"})

    assert answer.status_code == 400


def test_outside_the_demo_nobody_can_be_switched_to(client: Client, a_person: AddPerson) -> None:
    a_person(purpose="answers for Brazil")

    answer = client.post("/account/switch", {"email": "amina@example.org"})
    page = client.get("/account/login").text

    assert answer.status_code == 404
    assert "demonstration" not in page
    assert "amina@example.org" not in page
