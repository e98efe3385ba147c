import pytest
from flask import Blueprint, Flask

from config.settings import Settings
from tests.web.conftest import AddPerson, Client
from web import app as application
from web.access import NoPolicy, person, public, role, signed_in
from workflow.engine.engine import Engine


def with_room(
    bp: Blueprint, settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> Flask:
    monkeypatch.setattr(application, "ROOMS", (*application.ROOMS, bp))
    return application.create_app(settings, engine)


def test_a_view_without_a_policy_ends_the_start(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bp = Blueprint("open", __name__)
    bp.add_url_rule("/open", "open", lambda: "")

    with pytest.raises(NoPolicy, match=r"open\.open states no policy"):
        with_room(bp, settings, engine, monkeypatch)


def test_a_view_states_one_policy_only() -> None:
    with pytest.raises(NoPolicy, match="view states two policies"):

        @public
        @signed_in
        def view() -> str:
            return ""


def test_a_role_opens_a_page_to_its_holders_alone(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch, a_person: AddPerson
) -> None:
    bp = Blueprint("books", __name__)

    @bp.get("/books")
    @role("auditor", "unit_head")
    def books() -> str:
        return f"Books for {person().name}"

    app = with_room(bp, settings, engine, monkeypatch)
    a_person("marie@example.org", "Marie Laurent", ("auditor", "house"))
    a_person("joao@example.org", "João Lima", ("submitter", "moz"))
    marie, joao, stranger = (Client(app.test_client()) for _ in range(3))
    marie.sign_in("marie@example.org")
    joao.sign_in("joao@example.org")

    assert marie.get("/books").text == "Books for Marie Laurent"
    assert joao.get("/books").status_code == 403
    assert "auditor or unit head" in joao.get("/books").text
    assert stranger.get("/books").location == "/account/login?next=/books"


def test_a_form_sent_by_a_stranger_is_not_replayed_after_sign_in(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bp = Blueprint("acts", __name__)

    @bp.post("/act")
    @signed_in
    def act() -> str:
        return "done"

    client = Client(with_room(bp, settings, engine, monkeypatch).test_client())

    answer = client.post("/act")

    assert (answer.status_code, answer.location) == (303, "/account/login")


def test_an_office_that_has_ended_opens_nothing(
    settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch, a_person: AddPerson
) -> None:
    bp = Blueprint("books", __name__)

    @bp.get("/books")
    @role("auditor")
    def books() -> str:
        return "Books"

    client = Client(with_room(bp, settings, engine, monkeypatch).test_client())
    a_person()
    client.sign_in("amina@example.org")

    assert client.get("/books").status_code == 403
