"""The state of the work behind the pages from the command line, and the clock that somebody confirms."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from config.settings import Settings
from tests.web.cli.conftest import PUBLISHED, PrimeMover
from tests.web.cli.test_installing import PROGRAMMES
from web.cli.health import tell_at_start
from workflow.audit.envelope import read_event
from workflow.audit.events.clocks import ClockConfirmed
from workflow.audit.events.log import KeyIntroduced
from workflow.audit.models import Event
from workflow.clock import utc_now
from workflow.database import connect, reading, transaction
from workflow.health.heartbeats import Heartbeats, Work
from workflow.people.commands import add_person, appoint
from workflow.people.models import PartyCalendar
from workflow.people.parties import ensure_party
from workflow.timekeeping import records


def enter_ada(url: str, role: str = "unit_officer") -> None:
    database = connect(url)
    with transaction(database) as session:
        now = utc_now()
        ada = add_person(session, "ada@example.org", "Ada", "long enough for her", now=now)
        unit = ensure_party(session, "special-unit", "office", "Special Unit")
        appoint(session, ada, role, unit, now.date() - timedelta(days=90), by=None, now=now)
    database.dispose()


def stopped_for(url: str, days: int) -> None:
    database = connect(url)
    with transaction(database) as session:
        records.note_right(session, "", utc_now() - timedelta(days=days))
    database.dispose()


def test_a_house_in_which_nothing_ever_ran_is_told_what_to_start(primemover: PrimeMover) -> None:
    said = primemover("status")

    assert said.exit_code == 1
    assert "Deadlines and reminders:   never yet" in said.output
    assert "Letters:                   not set up" in said.output
    assert "Nobody has looked after deadlines yet. Start “primemover worker”" in said.stderr
    assert said.stderr.count("Start “primemover worker”") == 1
    assert "Nobody has removed ended sessions yet.\n" in said.stderr


def test_a_house_in_which_everything_is_done_is_well(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    database = connect(sqlite_url)
    told = Heartbeats(database, "one")
    for work in Work:
        told.worked(work)

    said = primemover("status")

    assert said.exit_code == 0, said.output
    assert " by one" in said.output
    assert said.output.endswith("Everything behind the pages is done in time.\n")
    database.dispose()


def test_what_waits_is_told_by_status_and_by_verify(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("import", "programmes", PROGRAMMES)
    database = connect(sqlite_url)
    with database.begin() as connection:
        count = connection.scalar(text("select count(*) from log_pending"))
        connection.execute(text("drop trigger event_no_update"))
        connection.execute(text("update event set at = '2026-01-02 03:04:05'"))

    status, verified = primemover("status"), primemover("verify")

    sentence = f"{count} events wait for the log since 2 Jan 2026, 03:04 UTC"
    assert sentence in status.stderr
    assert sentence in verified.stderr
    database.dispose()


def test_a_stop_of_forty_days_is_confirmed_by_somebody_before_anything_is_settled(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    enter_ada(sqlite_url)
    stopped_for(sqlite_url, 40)

    before, status = primemover("sweep"), primemover("status")
    confirmed = primemover("clock", "confirm", "--by", "ada@example.org")
    after, again = primemover("sweep"), primemover("clock", "confirm", "--by", "ada@example.org")

    assert before.exit_code == 1
    assert "there is no second clock that says how long it has been" in before.stderr
    assert "primemover clock confirm --by EMAIL" in status.stderr
    assert confirmed.output.startswith("Confirmed: it is ")
    assert (after.exit_code, after.output) == (0, "0 rounds settled by time.\n")
    assert again.output == "The clock is in no doubt; there was nothing to confirm.\n"
    assert [type(each) for each in told(sqlite_url)][-1] is ClockConfirmed


def test_a_clock_is_confirmed_by_somebody_who_is_known(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    stopped_for(sqlite_url, 40)

    said = primemover("clock", "confirm", "--by", "nobody@example.org")

    assert said.exit_code == 1
    assert "Nobody with access has the address nobody@example.org." in said.stderr
    assert primemover("sweep").exit_code == 1


def test_a_clock_is_confirmed_by_nobody_who_could_not_do_so_on_the_page(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    enter_ada(sqlite_url, role="submitter")
    stopped_for(sqlite_url, 40)

    said = primemover("clock", "confirm", "--by", "ada@example.org")

    assert said.exit_code == 1
    assert "Only an officer may confirm the clock" in said.stderr
    assert primemover("sweep").exit_code == 1


def told(url: str) -> list[object]:
    database = connect(url)
    with reading(database) as session:
        bodies = session.scalars(select(Event.body).order_by(Event.id)).all()
    database.dispose()
    return [read_event(body).what for body in bodies]


def test_the_signer_introduces_no_key_by_a_clock_that_is_in_doubt(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    enter_ada(sqlite_url)
    stopped_for(sqlite_url, 40)

    said = primemover("signer", "new-origin")

    assert said.exit_code == 1
    assert "Nothing is decided or recorded until it is set right" in said.stderr
    assert not [each for each in told(sqlite_url) if isinstance(each, KeyIntroduced)]


def test_nobody_is_appointed_by_a_clock_that_is_in_doubt(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path
) -> None:
    stopped_for(sqlite_url, 40)
    password = tmp_path / "password"
    password.write_text("long enough for her\n")

    said = primemover(
        "user", "add", "eve@example.org", "--name", "Eve", "--role", "unit_officer",
        "--party", "special-unit", "--password-file", password,
    )  # fmt: skip

    assert said.exit_code == 1
    assert "Nothing is decided or recorded until it is set right" in said.stderr


def test_run_says_at_its_start_what_waits_already(
    primemover: PrimeMover, sqlite_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    primemover("lifecycle", "publish", *PUBLISHED)
    primemover("import", "programmes", PROGRAMMES)
    database = connect(sqlite_url)
    with database.begin() as connection:
        connection.execute(text("drop trigger event_no_update"))
        connection.execute(text("update event set at = '2026-01-02 03:04:05'"))
    database.dispose()

    tell_at_start(Settings.read(home=tmp_path, database_url=sqlite_url))

    said = capfd.readouterr().err
    assert "events wait for the log since 2 Jan 2026, 03:04 UTC" in said
    assert "No mailer" not in said


def test_holidays_that_run_out_are_told_and_are_nothing_wrong(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    database, today = connect(sqlite_url), utc_now().date()
    for work in Work:
        Heartbeats(database, "one").worked(work)
    with transaction(database) as session:
        brazil = ensure_party(session, "bra", "country", "Brazil", "BRA")
        session.add(
            PartyCalendar(
                party_id=brazil, since=today, weekend="sunday", zone="UTC", source="BRA",
                through=today + timedelta(days=90),
            )
        )  # fmt: skip
    database.dispose()

    said = primemover("status")

    assert said.exit_code == 0, said.output
    assert "The holidays of Brazil run out. They are known up to" in said.output
