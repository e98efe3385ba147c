from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.orm import Session

from tests.support.run import quickly
from tests.support.sign_ins import verify_password
from workflow.errors import Invalid
from workflow.people import passwords
from workflow.people.commands import add_person
from workflow.people.models import Person
from workflow.people.passwords import hash_password

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


@pytest.fixture
def true_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", quickly.TRUE)


@pytest.mark.usefixtures("true_hashes")
def test_the_right_password_names_the_person(session: Session) -> None:
    person = add_person(session, "amina@example.org", "Amina", PASSWORD, now=NOW)

    assert verify_password(session, " Amina@example.org", PASSWORD, now=NOW) == person


@pytest.mark.parametrize("password", ["", "correct horse batterY", PASSWORD + " ", "x" * 5000])
def test_a_wrong_password_names_nobody(session: Session, password: str) -> None:
    add_person(session, "amina@example.org", "Amina", PASSWORD, now=NOW)

    assert verify_password(session, "amina@example.org", password, now=NOW) is None


def test_an_unknown_address_costs_a_hash_as_well(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            verified.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "HASHER", Counting())

    assert verify_password(session, "nobody@example.org", PASSWORD, now=NOW) is None

    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")


@pytest.mark.usefixtures("true_hashes")
def test_the_hash_is_argon2id_with_the_parameters_of_the_library() -> None:
    parameters = extract_parameters(hash_password(PASSWORD))

    assert parameters.type.name == "ID"
    assert (parameters.memory_cost, parameters.time_cost, parameters.parallelism) == (65536, 3, 4)


def test_the_same_password_hashes_differently_each_time() -> None:
    assert hash_password(PASSWORD) != hash_password(PASSWORD)


def test_a_password_of_many_scripts_is_taken_in_any_composition(session: Session) -> None:
    composed, decomposed = "Zürich São Tomé 東京", "Zu\u0308rich Sa\u0303o Tome\u0301 東京"
    person = add_person(session, "amina@example.org", "Amina", composed, now=NOW)

    assert verify_password(session, "amina@example.org", decomposed, now=NOW) == person


@pytest.mark.usefixtures("true_hashes")
def test_an_old_hash_is_made_anew_at_sign_in(session: Session) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    person = add_person(session, "amina@example.org", "Amina", "", now=NOW, password_hash=old)

    verify_password(session, "amina@example.org", PASSWORD, now=NOW)

    session.expire_all()
    assert extract_parameters(session.get_one(Person, person).password_hash).memory_cost == 65536
    assert verify_password(session, "amina@example.org", PASSWORD, now=NOW) == person


def test_a_hash_that_cannot_be_read_lets_nobody_in(session: Session) -> None:
    add_person(session, "amina@example.org", "Amina", "", now=NOW, password_hash="!")

    assert verify_password(session, "amina@example.org", "!", now=NOW) is None


def test_twelve_characters_are_enough_and_a_thousand_allowed() -> None:
    assert passwords.weakness("abcdefghijkl") is None
    assert passwords.weakness("abcdefghij" * 100) is None
    with pytest.raises(Invalid):
        hash_password("abcdefghijk")
