"""Passwords: argon2id, a length that resists guessing, and an answer that tells nobody apart."""

import secrets
from datetime import datetime
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from workflow.errors import Invalid
from workflow.people.models import Person
from workflow.people.turns import Turns
from workflow.phrase import Phrase, phrase

SHORTEST = 12
LONGEST = 1000
FEWEST_LETTERS = 5

# argon2id with the library's own parameters: 64 MiB, 3 passes, 4 lanes.
HASHER = PasswordHasher()
_HASH = select(Person.password_hash).where(Person.id == bindparam("person"))
_OF = select(Person.id, Person.password_hash, Person.disabled_at).where(
    Person.email == bindparam("email")
)
TURNS = Turns()


def hash_password(password: str) -> str:
    """The hash to keep of `password`; a weak one is refused."""
    fault = weakness(password)
    if fault:
        raise Invalid(fault, {"password": fault})
    return _hashed(_composed(password))


def weakness(password: str) -> Phrase | None:
    """Why `password` is too easy to guess, or nothing."""
    composed = _composed(password)
    if len(composed) < SHORTEST:
        return phrase(
            "A password needs at least %(shortest)s characters; this one has %(count)s.",
            shortest=SHORTEST,
            count=len(composed),
        )
    if len(composed) > LONGEST:
        return phrase(
            "A password has at most %(longest)s characters; this one has %(count)s.",
            longest=LONGEST,
            count=len(composed),
        )
    if len(set(composed)) < FEWEST_LETTERS:
        return phrase(
            "A password needs at least %(fewest_letters)s different characters.",
            fewest_letters=FEWEST_LETTERS,
        )
    return None


def whose(session: Session, email: str, password: str, *, now: datetime) -> int | None:
    """The id of the person whose e-mail and password these are, or nobody; writes nothing.

    An unknown address takes as long as a wrong password. Refused where too many ask at once.
    """
    nobodys = _nobodys_hash()
    person = session.connection().execute(_OF, {"email": address(email)}).one_or_none()
    fits = _fits(person.password_hash if person else nobodys, password)
    if person is None or not fits or (person.disabled_at and person.disabled_at <= now):
        return None
    number: int = person.id
    return number


def freshen(session: Session, person_id: int, password: str) -> None:
    """Make a hash anew that was made with older parameters."""
    kept = session.connection().scalars(_HASH, {"person": person_id}).one()
    if HASHER.check_needs_rehash(kept):
        anew = {"password_hash": _hashed(_composed(password))}
        session.execute(update(Person).where(Person.id == person_id).values(anew))


def address(email: str) -> str:
    """An e-mail address as it is stored and compared."""
    return normalize("NFC", email.strip()).lower()


def _fits(stored: str, password: str) -> bool:
    try:
        with TURNS.turn():
            return HASHER.verify(stored, _composed(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


def _composed(password: str) -> str:
    return normalize("NFC", password)


@cache
def _nobodys_hash() -> str:
    """The hash of a password that nobody has, so that an unknown address costs the same."""
    return HASHER.hash(secrets.token_urlsafe(32))


def _hashed(password: str) -> str:
    with TURNS.turn():
        return HASHER.hash(password)
