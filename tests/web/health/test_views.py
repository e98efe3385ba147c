"""The page of health, the banner and the addresses for whoever watches from outside."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET, Enter, words
from tests.web.health.conftest import AUDITOR, DIRECTOR, OFFICER, SUBMITTER, House, forget
from workflow.assembly.engine import open_engine
from workflow.audit.models import Event
from workflow.database import connect
from workflow.revision import RevisionWatch
from workflow.tlog.store.models import LogSigner

# What a page shows is the same on both kinds of database; the engine's own tests hold it on each.
pytestmark = pytest.mark.proof(either=True)


def signed(world: House) -> None:
    """Let the signer have shown itself, and everything be signed but for what is new."""
    with world.engine.transaction() as session:
        session.execute(
            text(
                "insert into checkpoint (origin, size, root, note, at) "
                "select 'house', size, root, '', :at from log_state"
            ),
            {"at": world.clock.at},
        )
        session.scalars(select(LogSigner)).one().seen_at = world.clock.at
    world.honest = False


@pytest.mark.parametrize("who", [OFFICER, DIRECTOR, AUDITOR])
def test_whoever_can_have_it_put_right_sees_on_every_page_what_is_wrong(
    world: House, app: Flask, enter: Enter, who: str
) -> None:
    visitor = enter(who)
    world.clock.pass_time(minutes=20)

    page = visitor.page("/programmes")

    assert "wait for the log since" in page
    assert 'href="/health">What to do</a>' in page


def test_nobody_else_sees_it(world: House, enter: Enter) -> None:
    visitor = enter(SUBMITTER)
    world.clock.pass_time(minutes=20)

    assert "for the log since" not in visitor.page("/programmes")
    assert visitor.get("/health").status_code == 403


@pytest.mark.parametrize("who", [OFFICER, DIRECTOR, AUDITOR])
def test_the_menu_leads_to_it_when_all_is_well(world: House, enter: Enter, who: str) -> None:
    world.work()
    signed(world)

    page = enter(who).page("/programmes")

    assert '<a href="/health">Health</a>' in page
    assert "What to do" not in page


def test_the_menu_of_nobody_else_leads_to_it(world: House, enter: Enter) -> None:
    assert 'href="/health"' not in enter(SUBMITTER).page("/programmes")


def test_work_that_was_never_done_is_not_called_well(world: House, enter: Enter) -> None:
    rows = enter(OFFICER).page("/health").split("<tr>")
    never = [row for row in rows if "never yet" in row]

    assert any(">not yet<" in row for row in never)
    assert not any(">well<" in row for row in never)


def test_the_page_says_of_each_kind_when_by_whom_and_what_waits(world: House, enter: Enter) -> None:
    world.work()
    signed(world)

    page = enter(OFFICER).page("/health")

    assert "Everything behind the pages is done in time." in page
    assert page.count('<td data-label="By">one</td>') >= 5


def test_the_page_names_what_waits_and_what_to_do(world: House, enter: Enter) -> None:
    visitor = enter(OFFICER)
    world.clock.pass_time(minutes=20)

    page = visitor.page("/health")

    assert "wait for the log since" in page
    assert "Start “primemover worker”" in page


def test_a_clock_in_doubt_keeps_a_proposal_from_being_begun_and_says_why(
    world: House, enter: Enter
) -> None:
    world.watch()
    visitor = enter(SUBMITTER)
    visitor.page("/")
    world.leap(40)
    again = enter(SUBMITTER)

    party = re.search(r'<option value="([^"]+)"', again.page("/proposals/new"))
    assert party is not None
    answer = again.post("/proposals/new", {"title": "A leap", "party": party[1]})

    with world.engine.reading() as session:
        late = session.scalar(
            select(Event.id).where(Event.at > world.begun.replace(year=world.begun.year + 1))
        )
    assert answer.status_code == 503
    assert "Nothing is decided or recorded until it is set right" in words(answer)
    assert "A leap" in words(answer)
    assert late is None


def test_an_officer_confirms_the_clock_with_their_password_and_work_goes_on(
    world: House, app: Flask, enter: Enter
) -> None:
    world.watch()
    enter(OFFICER).page("/")
    world.leap(40)
    visitor = enter(OFFICER)
    before = visitor.page("/health")
    forget(app)

    answer = visitor.post("/health/clock", page="/health", follow=True)

    assert "This clock is right" in before
    assert answer.status_code == 200
    assert "The clock is confirmed" in answer.get_data(as_text=True)
    assert "This clock is right" not in visitor.page("/health")
    world.engine.refuse_doubt()


def test_an_auditor_sees_the_doubt_and_cannot_confirm_it(world: House, enter: Enter) -> None:
    world.watch()
    enter(AUDITOR).page("/")
    world.leap(40)
    visitor = enter(AUDITOR)

    page = visitor.page("/health")

    assert "The clock of this machine" in page
    assert "This clock is right" not in page
    assert visitor.post("/health/clock", page="/health").status_code == 403


def test_a_process_says_that_it_lives_without_asking_anything(app: Flask) -> None:
    browser = app.test_client()

    answers = [browser.get(address) for address in ("/livez", "/healthz")]

    assert [(each.status_code, each.json) for each in answers] == [(200, {"alive": True})] * 2


def test_a_house_without_its_database_lives_and_is_not_ready(tmp_path: Path) -> None:
    engine = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    engine.tables = RevisionWatch(engine.database)
    browser = an_app(Settings.read(home=tmp_path, secret_key=SECRET), engine).test_client()

    live, ready = browser.get("/livez"), browser.get("/readyz")

    assert (live.status_code, ready.status_code) == (200, 503)
    assert ready.headers["Retry-After"] == "10"
    assert ready.json == {
        "ready": False, "because": "The database cannot be reached.",
        "checks": {
            "database": "does not answer", "migrations": "not asked", "log": "not asked",
            "mail": "not asked",
        },
    }  # fmt: skip
    engine.database.dispose()


def test_a_house_is_ready_although_work_waits_and_names_it_by_kind(
    world: House, app: Flask
) -> None:
    world.clock.pass_time(minutes=20)

    answer = app.test_client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["ready"] is True
    assert "sequencer" in answer.json["behind"]
    assert answer.json["checks"] == {
        "database": "answers", "migrations": "at head", "log": "behind", "mail": "not set up",
    }  # fmt: skip


def test_tables_of_another_release_are_not_ready_and_people_read_a_sentence(
    world: House, app: Flask
) -> None:
    execute(world.url, "update alembic_version set version_num = '9999'")
    world.engine.tables._asked = None
    browser = app.test_client()

    ready, page = browser.get("/readyz"), browser.get("/account/login")

    assert ready.status_code == page.status_code == 503
    assert ready.json is not None
    assert ready.json["because"].startswith("The tables are of revision 9999")
    assert ready.json["checks"] == {
        "database": "answers", "migrations": "of another release", "log": "not asked",
        "mail": "not asked",
    }  # fmt: skip
    assert page.text.count("This site is being brought to another release.") == 1
    assert page.headers["Retry-After"] == "120"
    world.honest = False


def test_a_missing_table_is_no_bug_where_another_release_migrated(
    world: House, app: Flask, enter: Enter
) -> None:
    visitor = enter(OFFICER)
    visitor.page("/frameworks")
    execute(world.url, "alter table framework rename to fabric")
    execute(world.url, "update alembic_version set version_num = '9999'")

    answer = visitor.get("/frameworks")

    assert answer.status_code == 503
    assert answer.text.count("This site is being brought to another release.") == 1
    world.honest = False


def execute(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
