from collections.abc import Iterator

import pytest
from flask import Flask, abort

from config.settings import Settings
from tests.support.applications import compiled_once
from tests.web.conftest import Client
from web import app as application
from web.access import public
from web.errors import STATUSES, status_of
from workflow import errors
from workflow.engine.engine import Engine
from workflow.errors import (
    ConflictOfDuties,
    Fault,
    FaultyFile,
    Incomplete,
    Invalid,
    NotAuthorised,
    Refusal,
    Stale,
)
from workflow.phrase import phrase


def descendants(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for child in kind.__subclasses__():
        yield child
        yield from descendants(child)


@pytest.fixture
def app(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The application with one more room, whose pages go wrong on request."""
    bp = application.account.__class__("faulty", __name__, url_prefix="/faulty")

    @bp.get("/<kind>")
    @public
    def faulty(kind: str) -> str:
        match kind:
            case "stale":
                raise Stale(phrase("The text has a newer version."))
            case "duties":
                raise ConflictOfDuties(phrase("You wrote this text."))
            case "incomplete":
                raise Incomplete(
                    phrase("The proposal is not complete."), (phrase("Objective"), phrase("Budget"))
                )
            case "file":
                raise FaultyFile(
                    phrase("The file has faults."), (Fault("line 3", phrase("no title")),)
                )
            case "invalid":
                raise Invalid(phrase("Two fields are wrong."), {"year": phrase("Not a year <b>.")})
            case "bug":
                raise ZeroDivisionError("a secret of the inside")
        abort(int(kind))

    monkeypatch.setattr(application, "ROOMS", (*application.ROOMS, bp))
    return compiled_once(application.create_app(settings, engine))


def test_every_refusal_has_a_status() -> None:
    kinds = set(descendants(errors.Refusal))

    assert {kind for kind in kinds if kind.__module__ == errors.__name__} == set(STATUSES)
    assert all(kind.__mro__[1] in STATUSES for kind in kinds - set(STATUSES))


def test_the_narrowest_refusal_counts() -> None:
    assert status_of(ConflictOfDuties(phrase(""))) == status_of(NotAuthorised(phrase(""))) == 403


def test_a_page_says_what_happened_and_what_to_do(client: Client) -> None:
    for kind, status, told in (
        ("stale", 409, "The text has a newer version."),
        ("duties", 403, "You wrote this text."),
        ("incomplete", 422, "<li>Objective</li><li>Budget</li>"),
        ("file", 422, "<li>line 3: no title</li>"),
        ("invalid", 422, "Not a year &lt;b&gt;."),
        ("404", 404, "There is no page at this address"),
        ("413", 413, "choose a smaller file"),
        ("429", 429, "Wait a little"),
        ("418", 418, "This request could not be read"),
        ("503", 503, "Something went wrong here"),
    ):
        answer = client.get(f"/faulty/{kind}")

        assert answer.status_code == status, kind
        assert told in answer.text, kind
        assert "To the home page" in answer.text, kind


def test_a_bug_shows_nothing_of_the_inside_and_is_logged_whole(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = client.get("/faulty/bug")

    log = capfd.readouterr().err
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "ZeroDivisionError: a secret of the inside" in log
    assert answer.headers["X-Request-Id"] in log
    assert answer.headers["X-Request-Id"] in answer.text


def test_an_unknown_address_is_a_page_as_well(client: Client) -> None:
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "Nothing is here" in answer.text


def test_a_wrong_method_says_which_are_right(client: Client) -> None:
    answer = client.get("/account/logout")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_too_much_is_refused_with_a_page(client: Client, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000

    answer = client.flask.post("/account/login", data={"email": "x" * 2000})

    assert answer.status_code == 413
    assert "smaller file" in answer.text
