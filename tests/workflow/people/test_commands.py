import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.sign_ins import session_person, verify_password
from workflow.audit.envelope import genesis
from workflow.audit.models import Event, Opening
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotFound
from workflow.people.commands import (
    add_person,
    appoint,
    change_password,
    disable_person,
    end_appointment,
    ensure_party,
)
from workflow.people.models import Appointment, Party, Person
from workflow.people.parties import PartyFacts, ensure_parties
from workflow.people.sessions import open_session
from workflow.vocabulary import REGISTER

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HASH = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$not-looked-at"
PASSWORD = "correct horse battery"


def a_person(session: Session, email: str = "amina@example.org") -> int:
    return add_person(session, email, "Amina Diallo", "", now=NOW, password_hash=HASH)


def an_office(session: Session) -> tuple[int, int]:
    brazil = ensure_party(session, "bra", "country", "Brazil", "BRA")
    return a_person(session), brazil


def told(session: Session) -> list[tuple[str, dict[str, object]]]:
    bodies = session.scalars(select(Event.body).order_by(Event.seq))
    return [(body["type"], body["what"]) for body in map(json.loads, bodies)]


def test_a_party_is_entered_once(session: Session) -> None:
    first = ensure_party(session, "bra", "country", "Brazil", "BRA")

    second = ensure_party(session, "bra", "country", "Brazil", "BRA")

    assert first == second
    assert session.scalar(select(func.count()).where(Party.key == "bra")) == 1


def test_many_parties_are_entered_in_one_go(session: Session) -> None:
    known = ensure_party(session, "org-7", "organisation", "Organisation 7")
    facts = [PartyFacts(f"org-{n}", "organisation", f"Organisation {n}") for n in range(1200)]

    ids = ensure_parties(session, facts)

    assert len(set(ids.values())) == 1200
    assert ids["org-7"] == known


def test_a_person_is_entered_under_a_composed_lower_case_address(session: Session) -> None:
    person_id = add_person(
        session, " Amina@Example.ORG ", "Amina  Diallo", "", now=NOW, password_hash=HASH
    )

    person = session.get_one(Person, person_id)
    assert (person.email, person.name) == ("amina@example.org", "Amina Diallo")
    assert (person.language, person.purpose, person.created_at) == ("en", "", NOW)
    assert person.password_hash == HASH


@pytest.mark.parametrize(
    "email", ["", "amina", "amina@", "@example.org", "a b@example.org", "a@b@c.org", "a@nodot"]
)
def test_a_malformed_address_is_refused(session: Session, email: str) -> None:
    with pytest.raises(Invalid, match="is not an e-mail address") as refusal:
        a_person(session, email)

    assert list(refusal.value.faults) == ["email"]


def test_an_address_that_is_too_long_or_hides_something_is_refused(session: Session) -> None:
    for email in ("a" * 250 + "@example.org", "amina\u200b@example.org"):
        with pytest.raises(Invalid, match="is not an e-mail address"):
            a_person(session, email)


def test_an_address_belongs_to_one_person_in_any_spelling(session: Session) -> None:
    a_person(session)

    with pytest.raises(Invalid, match="is already entered"):
        a_person(session, "AMINA@example.org")


def test_a_person_needs_a_name(session: Session) -> None:
    with pytest.raises(Invalid, match="between 1 and 200") as refusal:
        add_person(session, "a@example.org", "   ", "", now=NOW, password_hash=HASH)

    assert list(refusal.value.faults) == ["name"]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("elevenchars", "at least 12 characters; this one has 11"),
        ("aaaaaaaaaaaabbbb", "at least 5 different characters"),
        ("long enough " * 100, "at most 1000 characters"),
    ],
)
def test_a_weak_password_is_refused(session: Session, password: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refusal:
        add_person(session, "amina@example.org", "Amina", password, now=NOW)

    assert list(refusal.value.faults) == ["password"]
    assert session.scalars(select(Person)).all() == []


def test_an_appointment_is_told_on_the_register(session: Session) -> None:
    person, brazil = an_office(session)
    office = a_person(session, "office@example.org")

    made = appoint(session, person, "board_member", brazil, TODAY, by=office, now=NOW)

    assert told(session) == [
        (
            "appointment.made",
            {
                "appointment": made,
                "of": f"p{person}",
                "role": "board_member",
                "party": "bra",
                "starts_on": "2026-03-02",
                "ends_on": None,
            },
        )
    ]
    assert session.scalars(select(Event.person_id)).one() == office
    assert set(session.scalars(select(Opening.value))) == {
        "Amina Diallo", session.get_one(Person, person).email,
    }  # fmt: skip


def test_the_register_is_one_chain(session: Session) -> None:
    person, brazil = an_office(session)

    first = appoint(session, person, "pivotal_focal", brazil, TODAY, by=None, now=NOW)
    end_appointment(session, first, TODAY, by=None, now=NOW)
    appoint(session, person, "board_member", brazil, TODAY, by=None, now=NOW)

    events = session.scalars(select(Event).order_by(Event.seq)).all()
    register = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == REGISTER)).one()
    session.refresh(register)
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == [genesis(REGISTER), events[0].hash, events[1].hash]
    assert (register.head_seq, register.head_hash) == (3, events[2].hash)


def test_what_is_done_at_the_command_line_says_so(session: Session) -> None:
    person, brazil = an_office(session)
    session.info["at_terminal"] = True

    appoint(session, person, "pivotal_focal", brazil, TODAY, by=person, now=NOW)

    assert told(session)[-1][1]["via"] == "terminal"


def test_ending_an_appointment_is_told_too(session: Session) -> None:
    person, brazil = an_office(session)
    made = appoint(session, person, "board_member", brazil, TODAY, by=None, now=NOW)

    end_appointment(session, made, date(2026, 6, 30), by=None, now=NOW)

    kind, what = told(session)[-1]
    assert kind == "appointment.ended"
    assert what["ends_on"] == "2026-06-30"
    assert session.get_one(Appointment, made).ends_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (date(2026, 1, 1), None),
        (date(2026, 3, 31), date(2026, 4, 1)),
        (date(2025, 1, 1), date(2026, 3, 2)),
    ],
)
def test_the_same_office_is_not_held_twice_on_one_day(
    session: Session, starts: date, ends: date | None
) -> None:
    person, brazil = an_office(session)
    appoint(session, person, "donor", brazil, TODAY, date(2026, 3, 31), by=None, now=NOW)

    with pytest.raises(Invalid, match="holds this office already"):
        appoint(session, person, "donor", brazil, starts, ends, by=None, now=NOW)

    assert len(told(session)) == 1


def test_the_same_office_may_be_held_again_later(session: Session) -> None:
    person, brazil = an_office(session)
    appoint(session, person, "donor", brazil, TODAY, date(2026, 3, 31), by=None, now=NOW)

    again = appoint(session, person, "donor", brazil, date(2026, 4, 1), by=None, now=NOW)

    assert session.get_one(Appointment, again).starts_on == date(2026, 4, 1)


@pytest.mark.parametrize("role", ["", "Board Member", "board-member", "x" * 41])
def test_a_role_is_named_by_its_key(session: Session, role: str) -> None:
    person, brazil = an_office(session)

    with pytest.raises(Invalid, match="not the key of a role"):
        appoint(session, person, role, brazil, TODAY, by=None, now=NOW)


def test_an_appointment_does_not_end_before_it_starts(session: Session) -> None:
    person, brazil = an_office(session)
    before = TODAY - timedelta(days=1)

    with pytest.raises(Invalid, match="cannot end before"):
        appoint(session, person, "donor", brazil, TODAY, before, by=None, now=NOW)
    made = appoint(session, person, "donor", brazil, TODAY, by=None, now=NOW)
    with pytest.raises(Invalid, match="cannot end before"):
        end_appointment(session, made, before, by=None, now=NOW)

    assert session.get_one(Appointment, made).ends_on is None


def test_an_appointment_is_only_ever_cut_short(session: Session) -> None:
    person, brazil = an_office(session)
    made = appoint(session, person, "donor", brazil, TODAY, TODAY, by=None, now=NOW)

    with pytest.raises(Invalid, match="ends already on 2026-03-02"):
        end_appointment(session, made, date(2026, 5, 1), by=None, now=NOW)


def test_nobody_and_nothing_cannot_be_appointed(session: Session) -> None:
    person, brazil = an_office(session)

    with pytest.raises(NotFound, match="no such person"):
        appoint(session, 999, "donor", brazil, TODAY, by=None, now=NOW)
    with pytest.raises(NotFound, match="no such party"):
        appoint(session, person, "donor", 999, TODAY, by=None, now=NOW)
    with pytest.raises(NotFound, match="no such appointment"):
        end_appointment(session, 999, TODAY, by=None, now=NOW)

    assert told(session) == []


def test_a_disabled_person_is_signed_out_and_cannot_sign_in(session: Session) -> None:
    person = add_person(session, "amina@example.org", "Amina", PASSWORD, now=NOW)
    token = open_session(session, person, NOW)

    disable_person(session, person, now=NOW)

    assert session_person(session, token, NOW) is None
    assert verify_password(session, "amina@example.org", PASSWORD, now=NOW) is None


def test_disabling_twice_keeps_the_first_time(session: Session) -> None:
    person = a_person(session)
    disable_person(session, person, now=NOW)

    disable_person(session, person, now=NOW + timedelta(days=1))

    assert session.get_one(Person, person).disabled_at == NOW


def test_a_new_password_ends_the_sessions_of_the_old_one(session: Session) -> None:
    person = a_person(session)
    token = open_session(session, person, NOW)

    change_password(session, person, PASSWORD)

    assert session_person(session, token, NOW) is None
    assert verify_password(session, "amina@example.org", PASSWORD, now=NOW) == person
