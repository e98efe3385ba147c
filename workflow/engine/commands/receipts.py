"""Receipts: what a command answered, kept under the request's key so that a repeat is answered alike."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.database import Base
from workflow.engine.engine import Engine
from workflow.engine.models import CommandKey
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, KeyReused
from workflow.phrase import phrase
from workflow.transactions.statements import PreparedStatement

INSERTS: dict[str, type[postgresql.Insert] | type[sqlite.Insert]] = {
    "postgresql": postgresql.Insert,
    "sqlite": sqlite.Insert,
}
_KEYS = Base.metadata.tables[CommandKey.__tablename__]
_ANSWERED = select(_KEYS.c.request_digest, _KEYS.c.receipt).where(
    _KEYS.c.person_id == bindparam("person"), _KEYS.c.key == bindparam("key")
)
_KEEPING = {
    dialect: kind(_KEYS).on_conflict_do_nothing().returning(_KEYS.c.key)
    for dialect, kind in INSERTS.items()
}
_REMEMBER = PreparedStatement(
    insert(_KEYS).inline(), ("person_id", "key", "request_digest", "receipt", "at")
)
KEY = re.compile(r"[!-~]{1,64}")
SQLITE_SAYS = "UNIQUE constraint failed: command_key"
REUSED = phrase("This form was already sent with other content. Open the page again.")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was recorded: event hash and sequence, and where the case stands afterwards."""

    ref: str
    seq: int
    hash: str
    verdict: str
    content: str
    outcome: str
    state: str
    explanation: str

    def as_kept(self) -> dict[str, Any]:
        """Everything it says, in plain values."""
        return dict(zip(_SAID, _SAYS(self), strict=True))


_SAID = Receipt.__slots__
_SAYS = attrgetter(*_SAID)


def request_digest(content: dict[str, Any]) -> str:
    """A digest that is equal for the same request and differs for any other."""
    return hashlib.sha256(canonical.write(content)).hexdigest()


def replayed(engine: Engine, person: int, key: str, digest: str) -> Receipt | None:
    """The receipt given earlier for this key; refuses a key that came with other content."""
    with engine.reading() as session:
        earlier = answered(session, person, key, digest)
    return None if earlier is None else Receipt(**earlier)


def refuse_damaged(key: str) -> None:
    """Refuse what is no key."""
    if not KEY.fullmatch(key):
        raise Invalid(phrase("This form is damaged. Open the page again."))


def answered(session: Session, person: int, key: str, digest: str) -> dict[str, Any] | None:
    """What this key was answered with; refuses one that came with other content, or is none."""
    refuse_damaged(key)
    row = session.execute(_ANSWERED, {"person": person, "key": key}).first()
    if row is None:
        return None
    if row.request_digest != digest:
        raise KeyReused(REUSED)
    return dict(row.receipt)


def remember(work: UnitOfWork, person: int, key: str, digest: str, receipt: Receipt) -> None:
    """Keep the receipt under the key for repeats of the same request.

    A key that is taken already is known when this is written, and then nothing is; see `is_taken`.
    """
    work.write(
        _REMEMBER,
        person_id=person,
        key=key,
        request_digest=digest,
        receipt=receipt.as_kept(),
        at=work.now,
    )


def is_taken(fault: IntegrityError) -> bool:
    """Whether what was written failed because its key was answered before."""
    # PostgreSQL names the constraint beside its words, which come in the language of the server.
    named = getattr(getattr(fault.orig, "diag", None), "constraint_name", None)
    return named == _KEYS.primary_key.name or SQLITE_SAYS in str(fault.orig)


def keep(
    session: Session, person: int, key: str, digest: str, answer: dict[str, Any], now: datetime
) -> None:
    """Keep any answer under the key for repeats of the same request.

    Refuses a key that a request on another case took while this one ran.
    """
    anew = {"person_id": person, "key": key, "request_digest": digest, "receipt": answer, "at": now}
    kept = session.execute(_KEEPING[session.get_bind().dialect.name], anew).first()
    if kept is None:
        raise KeyReused(REUSED)
