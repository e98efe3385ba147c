import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from tests.support.sign_ins import session_person
from workflow.people.commands import add_person
from workflow.people.models import WebSession
from workflow.people.sessions import (
    OpenSession,
    close_all,
    close_session,
    open_session,
    opened_by,
    sweep_sessions,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def person(session: Session) -> int:
    return add_person(session, "amina@example.org", "Amina", "", now=NOW, password_hash="x")


def test_a_token_opens_the_session_of_its_person(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)

    assert session_person(session, token, NOW) == person


def test_tokens_have_256_bits_and_only_their_hash_is_kept(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)

    kept = session.scalars(select(WebSession.token_hash)).one()
    assert len(token) == 43
    assert kept == hashlib.sha256(token.encode()).digest()


def test_every_sign_in_gets_a_token_of_its_own(session: Session, person: int) -> None:
    assert open_session(session, person, NOW) != open_session(session, person, NOW)


@pytest.mark.parametrize("token", ["", "guess", "\ud800", "x" * 10_000])
def test_a_made_up_token_opens_nothing(session: Session, person: int, token: str) -> None:
    open_session(session, person, NOW)

    assert session_person(session, token, NOW) is None


def test_a_session_ends_after_half_an_hour_without_use(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)

    assert session_person(session, token, NOW + 30 * MINUTE) is None


def test_use_keeps_a_session_open(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)
    session_person(session, token, NOW + 29 * MINUTE)

    assert session_person(session, token, NOW + 58 * MINUTE) == person


def test_no_use_keeps_a_session_open_beyond_twelve_hours(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)
    for minutes in range(20, 720, 20):
        assert session_person(session, token, NOW + minutes * MINUTE) == person

    assert session_person(session, token, NOW + 720 * MINUTE) is None


def test_use_is_noted_at_most_once_a_minute(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)
    written: list[str] = []

    def note(*call: object) -> None:
        written.append(str(call[2])[:6])

    event.listen(session.get_bind(), "before_cursor_execute", note)
    session_person(session, token, NOW + timedelta(seconds=59))
    session_person(session, token, NOW + timedelta(seconds=61))
    session_person(session, token, NOW + timedelta(seconds=90))

    assert written == ["SELECT", "SELECT", "UPDATE", "SELECT"]


def test_peeking_writes_nothing(session: Session, person: int) -> None:
    token = open_session(session, person, NOW)

    soon = opened_by(session, token, NOW + timedelta(seconds=59))
    later = opened_by(session, token, NOW + 5 * MINUTE)

    who = (person, "Amina", "amina@example.org", "en")
    assert soon == OpenSession(*who, unnoted=False, zone="UTC")
    assert later == OpenSession(*who, unnoted=True)

    assert session.scalars(select(WebSession.seen_at)).one() == NOW


def test_a_copied_token_opens_nothing_after_sign_out(session: Session, person: int) -> None:
    token, other = open_session(session, person, NOW), open_session(session, person, NOW)

    close_session(session, token)

    assert session_person(session, token, NOW) is None
    assert session_person(session, other, NOW) == person


def test_all_sessions_of_one_person_end_together(session: Session, person: int) -> None:
    chidi = add_person(session, "chidi@example.org", "Chidi", "", now=NOW, password_hash="x")
    mine = [open_session(session, person, NOW) for _ in range(3)]
    theirs = open_session(session, chidi, NOW)

    close_all(session, person)

    assert [session_person(session, token, NOW) for token in mine] == [None] * 3
    assert session_person(session, theirs, NOW) == chidi


def test_a_sweep_removes_only_what_has_ended(session: Session, person: int) -> None:
    open_session(session, person, NOW - timedelta(hours=13))
    open_session(session, person, NOW - 31 * MINUTE)
    living = open_session(session, person, NOW - 5 * MINUTE)

    gone = sweep_sessions(session, NOW)

    assert gone == 2
    assert session.scalar(select(func.count()).select_from(WebSession)) == 1
    assert session_person(session, living, NOW) == person
