"""What is known of people is entered and changed with its words, and told without them."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.workflow.people.test_administrators import an_administrator
from tests.workflow.people.test_commands import HASH, NOW, told
from workflow.errors import Invalid, NotFound
from workflow.people.accounts.details import Details, change, details_of, enter
from workflow.people.models import Person

AMINA = Details("Amina Diallo", "amina@example.org", "fr", "Africa/Dakar")


def entered(session: Session, details: Details = AMINA) -> int:
    return enter(session, details, HASH, by=None, now=NOW)


def test_somebody_is_entered_and_it_is_told_without_the_name(session: Session) -> None:
    number = enter(session, AMINA, HASH, by=None, now=NOW, temporary=True)

    assert details_of(session, number) == AMINA
    assert session.get_one(Person, number).password_temporary
    assert told(session) == [("person.entered", {"of": f"p{number}"})]


def test_two_people_have_one_name_and_others_have_a_single_one(session: Session) -> None:
    numbers = [
        entered(session, replace(AMINA, name=name, email=email))
        for name, email in (
            ("Sukarno", "s@example.org"),
            ("Amina Diallo", "a@example.org"),
            ("Amina Diallo", "b@example.org"),
        )
    ]

    assert len(set(numbers)) == 3


def test_a_change_says_what_was_changed(session: Session) -> None:
    number, naledi = entered(session), an_administrator(session)[0]

    change(session, number, replace(AMINA, name="Amina Sow", language="en"), by=naledi, now=NOW)
    change(session, number, replace(AMINA, name="Amina  Sow", language="en"), by=naledi, now=NOW)

    assert details_of(session, number).name == "Amina Sow"
    assert [what for kind, what in told(session) if kind == "person.changed"] == [
        {"of": f"p{number}", "changed": ["name", "language"]}
    ]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "between 1 and 200"),
        ("email", "amina", "is not an e-mail address"),
        ("email", "KOFI@example.org", "already entered"),
        ("language", "tlh", "one of en, fr"),
        ("time_zone", "Moon/Sea", "not a time zone"),
    ],
)
def test_a_fault_stands_at_its_field(
    session: Session, field: str, value: str, sentence: str
) -> None:
    entered(session, Details("Kofi", "kofi@example.org"))
    number, naledi = entered(session), an_administrator(session)[0]

    with pytest.raises(Invalid, match=sentence) as refusal:
        change(session, number, replace(AMINA, **{field: value}), by=naledi, now=NOW)

    assert list(refusal.value.faults) == [field]
    assert details_of(session, number) == AMINA


def test_nobody_is_entered_in_a_zone_that_is_nowhere(session: Session) -> None:
    with pytest.raises(Invalid, match="not a time zone"):
        entered(session, replace(AMINA, time_zone="../etc/passwd"))

    assert told(session) == []


def test_who_does_not_exist_is_not_changed(session: Session) -> None:
    naledi, _ = an_administrator(session)

    with pytest.raises(NotFound):
        change(session, 99, AMINA, by=naledi, now=NOW)
    with pytest.raises(NotFound):
        details_of(session, 99)
