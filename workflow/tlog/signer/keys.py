"""The keys of the log as its own events introduce them: which one may sign which sizes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import Fact
from workflow.audit.models import Event
from workflow.errors import Invalid
from workflow.tlog.formats.checkpoint import Checkpoint, encoded
from workflow.tlog.formats.note import SigningKey, Verifier, opened, signed
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class Introduced:
    """A key, and the sizes of the log that it may sign: from `first`, and up to `last` if it ended."""

    origin: str
    verifier: Verifier
    first: int
    last: int | None
    at: datetime

    def may_sign(self, size: int) -> bool:
        """Whether a checkpoint of this size may carry the key's signature."""
        return self.first <= size and (self.last is None or size <= self.last)


def introduction(
    key: SigningKey, at: datetime, first: int, after: Checkpoint | None = None
) -> Fact:
    """The first key of an origin; `after` is the last checkpoint of the origin before it."""
    said: dict[str, Any] = {
        "origin": key.verifier.name,
        "verifier": str(key.verifier),
        "first": first,
    }
    if after is not None:
        said["after"] = {"origin": after.origin, "size": after.size, "root": encoded(after.root)}
    return Fact(type=EventType.KEY_INTRODUCED, person=None, at=at, what=said)


def succession(old: SigningKey, new: SigningKey, at: datetime, sizes: tuple[int, int]) -> Fact:
    """A key that follows another: it signs from the first size, the old one up to the last."""
    first, last = sizes
    note = signed(_succession(new.verifier, first, last), old)
    said = {
        "origin": new.verifier.name,
        "verifier": str(new.verifier),
        "first": first,
        "replaces": str(old.verifier),
        "last": last,
        "note": note.decode(),
    }
    return Fact(type=EventType.KEY_INTRODUCED, person=None, at=at, what=said)


def introduced(session: Session) -> list[Introduced]:
    """Every key that was introduced, the oldest first.

    A key that another did not sign for is refused: nobody can put one in between.
    """
    found: dict[str, Introduced] = {}
    events = select(Event.body, Event.at).where(Event.type == EventType.KEY_INTRODUCED)
    for body, at in session.execute(events.order_by(Event.id)):
        try:
            _take_in(found, canonical.parse(body)["what"], at)
        except (KeyError, TypeError, AttributeError) as fault:
            raise Invalid("The introduction of a key cannot be read.") from fault
    return list(found.values())


def _take_in(found: dict[str, Introduced], said: dict[str, Any], at: datetime) -> None:
    key = Verifier.read(said["verifier"])
    if "replaces" in said:
        old = found.get(said["replaces"])
        if old is None:
            raise Invalid("A key that nobody introduced was replaced.")
        _refuse_unsigned(said, old, key)
        found[str(old.verifier)] = replace(old, last=said["last"])
    elif any(each.origin == said["origin"] for each in found.values()):
        raise Invalid(f"A second first key of {said['origin']} was introduced.")
    elif "after" in said:
        _close(found, said["after"]["origin"], said["after"]["size"])
    found[said["verifier"]] = Introduced(said["origin"], key, said["first"], None, at)


def verifiers(session: Session, origin: str, size: int) -> list[Verifier]:
    """The keys that may sign a checkpoint of `origin` at `size`."""
    return [
        each.verifier
        for each in introduced(session)
        if each.origin == origin and each.may_sign(size)
    ]


def _close(found: dict[str, Introduced], origin: str, last: int) -> None:
    """The keys of an origin that was left sign nothing above its last checkpoint."""
    for text, key in found.items():
        if key.origin == origin:
            ended = last if key.last is None else min(last, key.last)
            found[text] = replace(key, last=ended)


def _refuse_unsigned(said: dict[str, Any], old: Introduced, key: Verifier) -> None:
    note = opened(said["note"].encode(), [old.verifier])
    if note.text != _succession(key, said["first"], said["last"]) or key.name != old.origin:
        raise Invalid(f"The key {key.id.hex()} was not introduced by the one before it.")


def _succession(key: Verifier, first: int, last: int) -> str:
    """What the old key signs; no checkpoint has a second line like this."""
    return f"{key.name}\nkey {key}\nfrom {first}, the old one to {last}\n"
