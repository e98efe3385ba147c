"""The client: takes each new checkpoint to the witnesses and brings their signatures home.

It never holds a transaction while it waits for somebody outside, and nothing waits for it.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.errors import Invalid
from workflow.free_text import searched
from workflow.phrase import phrase
from workflow.tlog.formats.add_checkpoint import SIZE_TYPE, AddCheckpointRequest
from workflow.tlog.formats.checkpoint import number
from workflow.tlog.formats.note import COSIGNATURE, Signature, Verifier, parsed
from workflow.tlog.store.queries import Published, consistency_between, latest
from workflow.tlog.witnesses.anchors import INSERTS, AnchorKind, leave
from workflow.tlog.witnesses.http import Address, Replied, Unreachable
from workflow.tlog.witnesses.models import Contact, Cosignature

# A witness says again that nothing changed, so that its silence can be told from ours.
AGAIN = timedelta(hours=24)
# Who did not sign is not called on at every checkpoint.
REST = timedelta(minutes=1)
# The last second of the calendar.
LATEST = 253_402_300_799
BEHIND = "The witness signed for {known} entries, and this log has {size}: it was set back."
CONTRADICTED = "The witness signed another checkpoint of this size, or the proof did not hold."


class Outcome(StrEnum):
    """How a call on a witness ended."""

    COSIGNED = "cosigned"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    CONTRADICTS = "contradicts"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A witness that we call on: its key and its address."""

    key: Verifier
    address: Address

    @classmethod
    def read(cls, text: str) -> "Neighbour":
        """The witness that a setting names: its key string, a space, and its address."""
        key, _, url = text.partition(" ")
        verifier = Verifier.read(key)
        if verifier.kind != COSIGNATURE:
            raise Invalid(
                phrase("%(verifier)s is not the key of a witness.", verifier=verifier.name)
            )
        return cls(verifier, Address.read(url.strip()))


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call: a signature, or a sentence that says why there is none."""

    outcome: Outcome
    said: str = ""
    known_size: int | None = None
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class WitnessClient:
    """Calls on witnesses: whose transactions, which clock, and which witnesses."""

    transaction: Callable[[], AbstractContextManager[Session]]
    reading: Callable[[], AbstractContextManager[Session]]
    now: Callable[[], datetime]
    witnesses: tuple[Neighbour, ...]

    def go_round(self) -> int:
        """Take the newest checkpoint to each witness that has not signed it; returns how many did."""
        return sum(self._call(each) for each in self.witnesses)

    def _call(self, witness: Neighbour) -> bool:
        with self.reading() as session:
            published = latest(session)
            last = _last(session, witness, published) if published else None
            contact = session.get(Contact, str(witness.key))
        if published is None or self._rests(contact) or not self._owes(published, last):
            return False
        told = self._ask(witness, published, last.size if last else 0)
        with self.transaction() as session:
            self._note(session, witness, published, told)
        return told.signature is not None

    def _rests(self, contact: Contact | None) -> bool:
        if contact is None or contact.outcome == Outcome.COSIGNED:
            return False
        return contact.at + REST > self.now()

    def _owes(self, published: Published, last: Cosignature | None) -> bool:
        of = published.checkpoint
        if last is None or (last.size, last.root) != (of.size, of.root):
            return True
        return last.received_at + AGAIN <= self.now()

    def _ask(self, witness: Neighbour, published: Published, old: int) -> CallResult:
        """Ask for a signature; a witness that knows another size is asked once more from there."""
        try:
            reply = self._posted(witness, published, old)
            known = _known(reply)
            if known is not None and known <= published.checkpoint.size and known != old:
                reply = self._posted(witness, published, known)
        except Unreachable as silent:
            return CallResult(Outcome.UNREACHABLE, str(silent))
        return _told(witness, published, reply)

    def _posted(self, witness: Neighbour, published: Published, old: int) -> Replied:
        size = published.checkpoint.size
        with self.reading() as session:
            proof = consistency_between(session, min(old, size), size)
        return witness.address.post(
            AddCheckpointRequest(min(old, size), proof, published.note.encode()).written()
        )

    def _note(
        self, session: Session, witness: Neighbour, published: Published, told: CallResult
    ) -> None:
        """Keep what came of a call."""
        now, key, of = self.now(), str(witness.key), published.checkpoint
        insert = INSERTS[session.get_bind().dialect.name]
        contact = {
            "at": now,
            "outcome": told.outcome.value,
            "said": searched(told.said)[:300],
            "known_size": told.known_size,
        }
        call = insert(Contact).values(witness=key, **contact)
        session.execute(call.on_conflict_do_update(index_elements=["witness"], set_=contact))
        if told.signature is None:
            return
        signed = insert(Cosignature).values(
            witness=key,
            origin=of.origin,
            size=of.size,
            root=of.root,
            line=told.signature.line,
            cosigned_at=datetime.fromtimestamp(told.signature.at, UTC),
            received_at=now,
        )
        same = ("witness", "origin", "size", "root", "cosigned_at")
        session.execute(
            signed.on_conflict_do_update(index_elements=same, set_={"received_at": now})
        )
        leave(session, AnchorKind.WITNESS, key, of.size, of.root, now)


def neighbours(texts: Iterable[str]) -> tuple[Neighbour, ...]:
    """The witnesses that a setting names."""
    return tuple(map(Neighbour.read, texts))


def _last(session: Session, witness: Neighbour, published: Published) -> Cosignature | None:
    """The largest checkpoint of this log that the witness signed."""
    mine = (
        Cosignature.witness == str(witness.key),
        Cosignature.origin == published.checkpoint.origin,
    )
    largest = select(func.max(Cosignature.size)).where(*mine).scalar_subquery()
    found = select(Cosignature).where(*mine, Cosignature.size == largest)
    return session.scalars(found.order_by(Cosignature.id.desc()).limit(1)).first()


def _known(reply: Replied) -> int | None:
    """The size that a witness says to know, if that is its answer."""
    if reply.status != 409 or reply.type != SIZE_TYPE:
        return None
    try:
        return number(reply.body.decode("ascii", "replace").removesuffix("\n"))
    except Invalid:
        return None


def _told(witness: Neighbour, published: Published, reply: Replied) -> CallResult:
    """What an answer means; a signature counts only if it is this witness's of this checkpoint."""
    known, size = _known(reply), published.checkpoint.size
    if known is not None and known > size:
        return CallResult(Outcome.AHEAD, BEHIND.format(known=known, size=size), known)
    if reply.status == 422 or (reply.status == 409 and reply.type != SIZE_TYPE):
        return CallResult(Outcome.CONTRADICTS, CONTRADICTED)
    if reply.status != 200:
        return CallResult(Outcome.REFUSED, f"It answered with the status {reply.status}.", known)
    return _signed(witness.key, published.checkpoint.text, reply.body)


def _signed(key: Verifier, text: str, body: bytes) -> CallResult:
    """The signature of this key in an answer; lines of others are passed over."""
    try:
        lines = parsed(text.encode() + b"\n" + body).signatures
    except Invalid:
        return CallResult(Outcome.REFUSED, "What it answered is no signature.")
    for each in lines:
        if (each.name, each.key) == (key.name, key.id):
            if key.verifies(text, each) and each.at < LATEST:
                return CallResult(Outcome.COSIGNED, signature=each)
            return CallResult(Outcome.REFUSED, "Its signature is not one of this checkpoint.")
    return CallResult(Outcome.REFUSED, "It signed with another key.")
