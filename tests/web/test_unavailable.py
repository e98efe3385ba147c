"""When the database is away, people are told so in a sentence, and keep what they typed."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import TimeoutError  # noqa: A004 # the one of the pool
from werkzeug.test import TestResponse

from tests.support.administration import connected
from tests.support.clusters import Cluster, private_cluster
from tests.support.deciding import hidden, opened, round_page
from tests.support.visitors import Visitor, entrance, words
from tests.support.world import NURSES, World, furnish
from web import logs
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.demo.path import DemoStory
from workflow.faults.repetition import Sparing

AWAY = "The database cannot be reached. It is usually back within minutes."
AGAIN = "What was recorded already is not recorded a second time."
DOUBT = "look first how things stand"
WHY = "The costs are unclear.\nSee “Budget”, and <b>then</b> the annex."
PAGES = ("/", "/queue", "/programmes", "/people", "/nowhere", "/account/login", "/histories")
Spoil = Callable[[], None]


@pytest.fixture(autouse=True)
def sparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is left out because of what an earlier test wrote."""
    monkeypatch.setattr(logs, "sparing", Sparing())


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with private_cluster(max_connections="60") as cluster:
        furnish(cluster.url)
        yield cluster


@pytest.fixture
def world(cluster: Cluster) -> Iterator[World]:
    world = World(cluster.url)
    yield world
    world.engine.database.dispose()


@pytest.fixture
def priya(world: World, tmp_path: Path) -> Visitor:
    return entrance(world, tmp_path)("priya.menon")


@dataclass(frozen=True, slots=True)
class Objection:
    """The form of a decision, filled in by a person who has not sent it yet."""

    priya: Visitor
    address: str
    form: dict[str, str]

    def sent(self) -> TestResponse:
        """The answer to the form."""
        return self.priya.flask.post(self.address, data=self.form)


@pytest.fixture
def objection(world: World, tmp_path: Path) -> Objection:
    return objection_in(world, tmp_path, replace(NURSES))


def objection_in(world: World, home: Path, story: DemoStory) -> Objection:
    """The form of an objection to a programme that is under consultation."""
    ref = world.programme("consultation", story)
    priya = entrance(world, home)("priya.menon")
    address = round_page(world, ref, "consultation", "priya.menon")
    form = {**opened(priya, address), "verdict": "objection", "reason": WHY}
    return Objection(priya, address, form)


@pytest.fixture
def stopped(cluster: Cluster) -> Iterator[Callable[[], None]]:
    """Stops the server, which is started again at the end."""
    yield lambda: cluster.stop("immediate")
    cluster.start()


def kill_all(cluster: Cluster) -> None:
    """End every connection to the database, as a restart does: once this returns, all are ended."""
    with connected(cluster.url) as other:
        other.execute(
            "select pg_terminate_backend(pid, 10000) from pg_stat_activity "
            "where datname = current_database() and pid <> pg_backend_pid()"
        )


def lines(text: str) -> list[dict[str, Any]]:
    """The lines of the log that tell of an outage."""
    told = [json.loads(each) for each in text.splitlines() if each.startswith("{")]
    return [each for each in told if each["event"] == "request.unavailable"]


def test_every_page_says_that_the_database_is_away(priya: Visitor, stopped: Spoil) -> None:
    stopped()

    answers = [priya.get(each) for each in PAGES * 3]

    assert {(each.status_code, each.headers["Retry-After"]) for each in answers} == {(503, "15")}
    assert all(AWAY in words(each) for each in answers)
    assert all("Load the page again" in words(each) for each in answers)
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store"}


def test_one_line_a_minute_tells_of_it_and_counts_the_rest(
    priya: Visitor, stopped: Spoil, capfd: pytest.CaptureFixture[str]
) -> None:
    stopped()
    capfd.readouterr()

    for _ in range(50):
        priya.get("/queue")
    first = capfd.readouterr().err
    logs.sparing._kinds = {kind: (0.0, n) for kind, (_, n) in logs.sparing._kinds.items()}
    priya.get("/queue")

    assert "Traceback" not in first
    assert [(each["kind"], each["left_out"]) for each in lines(first)] == [("away", 0)]
    assert "refused" in lines(first)[0]["fault"] or "closed" in lines(first)[0]["fault"]
    assert [each["left_out"] for each in lines(capfd.readouterr().err)] == [49]


def test_pages_answer_again_once_the_database_is_back(cluster: Cluster, priya: Visitor) -> None:
    cluster.restart("immediate")

    answers = {priya.get(each).status_code for each in ("/", "/queue", "/programmes")}

    assert answers == {200}


def test_a_decision_sent_in_vain_can_be_sent_again_and_counts_once(
    cluster: Cluster, objection: Objection
) -> None:
    cluster.stop("immediate")
    told = objection.sent()
    cluster.start()

    kept = hidden(words(told))
    sent = objection.priya.flask.post(objection.address, data={**kept, "reason": WHY})
    again = objection.priya.flask.post(objection.address, data={**kept, "reason": WHY})

    assert (told.status_code, told.headers["Retry-After"]) == (503, "15")
    assert WHY in words(told)
    assert "<b>then" not in told.text
    assert AGAIN in words(told)
    # The proof of origin is made anew; made within the same second it is the same.
    lost = {name for name, value in objection.form.items() if kept.get(name) != value}
    assert lost - {"csrf_token"} == {"reason"}
    assert f'action="{objection.address}"' in words(told)
    assert (sent.status_code, again.status_code) == (303, 303)
    assert sent.location == again.location


def test_words_too_short_to_be_shown_are_said_to_be_kept_and_not_to_stand_there(
    cluster: Cluster, objection: Objection
) -> None:
    objection.form["reason"] = "Too dear."
    cluster.stop("immediate")
    told = objection.sent()
    cluster.start()

    assert hidden(words(told))["reason"] == "Too dear."
    assert "What you sent is kept on this page: send it again in a little while." in words(told)
    assert "stands below" not in words(told)


@pytest.mark.parametrize(
    ("moment", "status"),
    [("before the session", 503), ("in the view", 303), ("at the commit", 303)],
)
def test_a_connection_that_dies_at_any_point_is_told_in_a_sentence_or_replaced(
    cluster: Cluster, world: World, objection: Objection, moment: str, status: int
) -> None:
    killed: list[str] = []

    def kill(connection: Any, *told: Any) -> None:
        statement = str(told[1]) if len(told) > 1 else ""
        there = {
            "before the session": "web_session" in statement,
            "in the view": "FOR UPDATE" in statement,
            "at the commit": not told and not connection.get_execution_options().get("reading"),
        }
        if not killed and there[moment]:
            killed.append(moment)
            kill_all(cluster)

    event.listen(world.engine.database, "before_cursor_execute", kill)
    event.listen(world.engine.database, "commit", kill)
    answer = objection.sent()
    event.remove(world.engine.database, "before_cursor_execute", kill)
    event.remove(world.engine.database, "commit", kill)

    assert killed == [moment]
    assert answer.status_code == status
    assert (WHY in words(answer)) == (status == 503)
    assert objection.sent().status_code == 303


def test_a_connection_that_dies_behind_the_answer_is_nobodys_fault(
    cluster: Cluster, world: World, priya: Visitor, capfd: pytest.CaptureFixture[str]
) -> None:
    def kill(answer: Any) -> Any:
        kill_all(cluster)
        return answer

    priya.flask.application.after_request_funcs.setdefault(None, []).insert(0, kill)

    try:
        answer = priya.get("/programmes")
    finally:
        priya.flask.application.after_request_funcs[None].pop(0)

    assert answer.status_code == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_pool_that_is_exhausted_is_told_in_a_sentence(
    world: World, priya: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world.engine.database.pool, "_timeout", 0.05)
    held = []
    with suppress(TimeoutError):
        while True:
            held.append(world.engine.database.connect())

    answer = priya.get("/queue")
    for each in held:
        each.close()

    assert answer.status_code == 503
    assert "More is asked of this site" in words(answer)
    assert priya.get("/queue").status_code == 200


def test_too_many_connections_are_told_in_a_sentence(
    cluster: Cluster, world: World, priya: Visitor
) -> None:
    world.engine.database.dispose()
    held = []
    with suppress(psycopg.OperationalError):
        while True:
            held.append(connected(cluster.url))

    answer = priya.get("/queue")
    for each in held:
        each.close()

    assert answer.status_code == 503
    assert "More is asked of this site" in words(answer)


def test_a_sign_in_that_failed_keeps_the_address_and_never_the_password(
    world: World, priya: Visitor, cluster: Cluster
) -> None:
    priya.flask.delete_cookie("primemover")
    form = {
        **priya.hidden("/account/login"),
        "email": f"priya.menon@{DOMAIN}",
        "password": PASSWORD,
    }
    cluster.stop("immediate")
    told = priya.flask.post("/account/login", data=form)
    cluster.start()

    again = priya.flask.post("/account/login", data={**hidden(words(told)), "password": PASSWORD})

    assert told.status_code == 503
    assert PASSWORD not in told.text
    assert '<input class="form-control" type="password"' in told.text
    assert again.status_code == 303


def test_a_file_that_was_sent_is_asked_for_again(priya: Visitor, stopped: Spoil) -> None:
    token = priya.hidden("/people/mandates")["csrf_token"]
    stopped()

    told = priya.flask.post(
        "/programmes/SSC-2026-001/documents/proposal/edit/attached-files",
        data={"csrf_token": token, "under": "letter", "file": (io.BytesIO(b"%PDF"), "a.pdf")},
    )

    assert told.status_code == 503
    assert 'enctype="multipart/form-data"' in told.text
    assert '<input class="form-control" type="file" name="file"' in told.text
    assert "A file cannot be kept: choose it again." in words(told)
    assert DOUBT in words(told)


def test_a_page_whose_table_was_changed_since_it_was_last_asked_for_is_made_once_more(
    world: World, priya: Visitor
) -> None:
    for _ in range(7):
        priya.page("/people")

    for length in (201, 200):
        with world.engine.transaction() as session:
            session.execute(text(f"alter table person alter column name type varchar({length})"))

        assert "Priya Menon" in priya.page("/people")
