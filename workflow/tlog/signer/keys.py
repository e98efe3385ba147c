"""The keys of the log as its own events introduce them: which one may sign which sizes."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact, read_event
from workflow.audit.events.log import KeyIntroduced, LeftLog
from workflow.audit.models import Event
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import Checkpoint, encoded
from workflow.tlog.formats.note import SigningKey, Verifier, opened, signed
from workflow.vocabulary import EventType

UNREADABLE = phrase("The introduction of a key cannot be read.")


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
    said = KeyIntroduced(
        origin=key.verifier.name,
        verifier=str(key.verifier),
        first=first,
        after=_left(after) if after else None,
    )
    return Fact(said, None, at)


def _left(last: Checkpoint) -> LeftLog:
    """A log that was left, by its last checkpoint."""
    return LeftLog(origin=last.origin, size=last.size, root=encoded(last.root))


def succession(old: SigningKey, new: SigningKey, at: datetime, sizes: tuple[int, int]) -> Fact:
    """A key that follows another: it signs from the first size, the old one up to the last."""
    first, last = sizes
    note = signed(_succession(new.verifier, first, last), old)
    said = KeyIntroduced(
        origin=new.verifier.name,
        verifier=str(new.verifier),
        first=first,
        replaces=str(old.verifier),
        last=last,
        note=note.decode(),
    )
    return Fact(said, None, at)


def introduced(session: Session) -> list[Introduced]:
    """Every key that was introduced, the oldest first.

    A key that another did not sign for is refused: nobody can put one in between.
    """
    found: dict[str, Introduced] = {}
    # Asked for in order, SQLite would walk through every event instead of the index over types.
    events = select(Event.id, Event.body, Event.at).where(Event.type == EventType.KEY_INTRODUCED)
    for _, body, at in sorted(session.execute(events), key=lambda found: found.id):
        _take_in(found, _said(body), at)
    return list(found.values())


def _said(body: bytes) -> KeyIntroduced:
    try:
        what = read_event(body).what
    except (LookupError, TypeError, AttributeError) as fault:
        raise Invalid(UNREADABLE) from fault
    if not isinstance(what, KeyIntroduced):
        raise Invalid(UNREADABLE)
    return what


def _take_in(found: dict[str, Introduced], said: KeyIntroduced, at: datetime) -> None:
    key = Verifier.read(said.verifier)
    if said.replaces is not None:
        old = found.get(said.replaces)
        if old is None:
            raise Invalid(phrase("A key that nobody introduced was replaced."))
        _refuse_unsigned(said, old, key)
        found[str(old.verifier)] = replace(old, last=said.last)
    elif any(each.origin == said.origin for each in found.values()):
        raise Invalid(
            phrase("A second first key of %(origin)s was introduced.", origin=said.origin)
        )
    elif said.after is not None:
        _close(found, said.after.origin, said.after.size)
    found[said.verifier] = Introduced(said.origin, key, said.first, None, at)


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


def _refuse_unsigned(said: KeyIntroduced, old: Introduced, key: Verifier) -> None:
    if said.note is None or said.last is None:
        raise Invalid(UNREADABLE)
    note = opened(said.note.encode(), [old.verifier])
    if note.text != _succession(key, said.first, said.last) or key.name != old.origin:
        raise Invalid(
            phrase("The key %(id)s was not introduced by the one before it.", id=key.id.hex())
        )


def _succession(key: Verifier, first: int, last: int) -> str:
    """What the old key signs; no checkpoint has a second line like this."""
    return f"{key.name}\nkey {key}\nfrom {first}, the old one to {last}\n"
