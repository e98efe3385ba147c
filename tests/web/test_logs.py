"""Lines of the log: one JSON object each, of which nothing that is sent can make two."""

import json
from collections.abc import Iterator
from contextvars import Context

import pytest
from flask import Flask

from web import logs

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def loud() -> Iterator[None]:
    before = logs.log.quiet
    logs.log.quiet = False
    yield
    logs.log.quiet = before


def test_a_line_says_what_happened_how_bad_it_is_and_when(capfd: Said) -> None:
    Context().run(logs.log.warning, "request.slow", seconds=7)

    line = json.loads(capfd.readouterr().err)
    assert (line["event"], line["seconds"], line["level"]) == ("request.slow", 7, "warning")
    assert line["timestamp"].endswith("Z")
    assert "request" not in line


def test_what_holds_a_line_break_stays_one_line(capfd: Said) -> None:
    logs.log.info("request.answered", path='/\n{"event": "forged"}\r\u2028')

    assert [json.loads(line)["event"] for line in capfd.readouterr().err.splitlines()] == [
        "request.answered"
    ]


def test_what_was_raised_is_told_with_its_traceback_and_what_was_its_cause(capfd: Said) -> None:
    crashed = ValueError("the second")
    crashed.__cause__ = LookupError("the first")

    logs.log.error("request.crashed", crashed, kind="")

    told = json.loads(capfd.readouterr().err)["exception"]
    assert told.startswith("LookupError: the first")
    assert "direct cause" in told
    assert told.endswith("ValueError: the second")


def test_what_json_has_no_word_for_is_written_as_python_shows_it(capfd: Said) -> None:
    logs.log.info("request.answered", path={"a"}, fault=b"x")

    line = json.loads(capfd.readouterr().err)
    assert (line["path"], line["fault"]) == ("{'a'}", "b'x'")


def test_only_warnings_are_written_where_it_is_to_be_quiet(capfd: Said) -> None:
    logs.configure(quiet=True)

    logs.log.info("request.answered")
    logs.log.warning("request.slow")

    assert "request.answered" not in capfd.readouterr().err


def test_lines_of_one_request_bear_the_id_that_its_answer_bears(capfd: Said) -> None:
    app = Flask("of the test")
    logs.follow_requests(app)
    app.add_url_rule("/asked", view_func=lambda: logs.log.warning("request.slow") or "")

    ids = [app.test_client().get("/asked").headers["X-Request-Id"] for _ in range(2)]

    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    of = [line["request"] for line in lines if line["event"] == "request.slow"]
    assert of == ids
    assert ids[0] != ids[1]
