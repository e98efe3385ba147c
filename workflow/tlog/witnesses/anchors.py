"""Anchors: what says when a checkpoint left the house, to whom, and at what size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import column, func, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflow.audit.events.payload import opaque
from workflow.tlog.store.queries import Published, latest
from workflow.tlog.witnesses.models import Anchor, Contact, Cosignature

INSERTS: dict[str, type[postgresql.Insert] | type[sqlite.Insert]] = {
    "postgresql": postgresql.Insert,
    "sqlite": sqlite.Insert,
}
# People belong to a room above this one.
_PERSON = table("person", column("id"), column("name"))
SHOWN = 100


class AnchorKind(StrEnum):
    """How a checkpoint left the house."""

    WITNESS = "witness"
    EXPORT = "export"
    DOSSIER = "dossier"
    REPORT = "report"
    MAIL = "mail"
    RECEIPT = "receipt"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Left:
    """A checkpoint of one size that went to one recipient, when first and when last.

    `name` is that of the person or witness; empty where nobody is known by that id any more.
    """

    kind: AnchorKind
    recipient: str
    name: str
    size: int
    root: bytes
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A witness: how the last call on it ended, and what it signed last."""

    witness: str
    called_at: datetime | None
    outcome: str
    said: str
    known_size: int | None
    size: int | None
    cosigned_at: datetime | None


def leave(
    session: Session, kind: AnchorKind, recipient: str, size: int, root: bytes, at: datetime
) -> None:
    """Note that a checkpoint is handed to somebody; handed over again, when that was last."""
    new = INSERTS[session.get_bind().dialect.name](Anchor).values(
        kind=kind.value, recipient=recipient, size=size, root=root, first_at=at, last_at=at
    )
    session.execute(
        new.on_conflict_do_update(
            index_elements=["kind", "recipient", "size", "root"], set_={"last_at": at}
        )
    )


def person(number: int) -> str:
    """A person as a recipient: by the id under which the trail knows them."""
    return opaque(number) or ""


def departures(session: Session, limit: int = SHOWN) -> tuple[Left, ...]:
    """What left, the last on top."""
    newest = select(Anchor).order_by(Anchor.last_at.desc(), Anchor.id.desc()).limit(limit)
    anchors = session.scalars(newest).all()
    names = _names(session, {anchor.recipient for anchor in anchors})
    return tuple(_left(anchor, names.get(anchor.recipient, "")) for anchor in anchors)


def last_signed_outside(session: Session, witnesses: Sequence[str]) -> Cosignature | None:
    """The cosignature that came in last from one of these witnesses."""
    return session.scalars(
        select(Cosignature)
        .where(Cosignature.witness.in_(witnesses))
        .order_by(Cosignature.received_at.desc(), Cosignature.id.desc())
        .limit(1)
    ).first()


def watches(session: Session, witnesses: Sequence[str]) -> tuple[Watch, ...]:
    """These witnesses, each with its last call and its last signature."""
    called = {each.witness: each for each in session.scalars(select(Contact))}
    return tuple(
        _watch(name, called.get(name), last_signed_outside(session, [name])) for name in witnesses
    )


def current(session: Session) -> tuple[Published, str] | None:
    """The newest checkpoint, and its note with what witnesses signed of it."""
    published = latest(session)
    return None if published is None else (published, cosigned(session, published))


def cosigned(session: Session, published: Published) -> str:
    """The note of a checkpoint with the newest line of every witness that signed the same."""
    of = published.checkpoint
    newest = select(func.max(Cosignature.id)).where(
        Cosignature.origin == of.origin, Cosignature.size == of.size, Cosignature.root == of.root
    )
    lines = session.scalars(
        select(Cosignature.line)
        .where(Cosignature.id.in_(newest.group_by(Cosignature.witness)))
        .order_by(Cosignature.witness)
    )
    return published.note + "".join(lines)


def _names(session: Session, recipients: Collection[str]) -> dict[str, str]:
    """The names of the people among these recipients."""
    ids = [int(each[1:]) for each in recipients if each[:1] == "p" and each[1:].isdecimal()]
    found = session.execute(select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.id.in_(ids)))
    return {person(number): name for number, name in found}


def _left(anchor: Anchor, named: str) -> Left:
    kind = AnchorKind(anchor.kind)
    return Left(
        kind=kind,
        recipient=anchor.recipient,
        name=anchor.recipient.partition("+")[0] if kind is AnchorKind.WITNESS else named,
        size=anchor.size,
        root=anchor.root,
        first_at=anchor.first_at,
        last_at=anchor.last_at,
    )


def _watch(witness: str, contact: Contact | None, signed: Cosignature | None) -> Watch:
    return Watch(
        witness=witness,
        called_at=contact.at if contact else None,
        outcome=contact.outcome if contact else "",
        said=contact.said if contact else "",
        known_size=contact.known_size if contact else None,
        size=signed.size if signed else None,
        cosigned_at=signed.cosigned_at if signed else None,
    )
