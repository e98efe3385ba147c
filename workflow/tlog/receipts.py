"""Receipts as anybody may check them: the event they bring, under a checkpoint that our key signed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.canonical import leaf_hash
from workflow.audit.envelope import UNREADABLE, Envelope, read_event
from workflow.audit.events.seats import Answered
from workflow.audit.models import Event
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import Note, parsed
from workflow.tlog.formats.proof import Proof
from workflow.tlog.formats.tree import root_at
from workflow.tlog.signer.keys import verifiers
from workflow.tlog.store.models import LogEntry
from workflow.tlog.store.tiles import MissingTile, Tiles

# More than any receipt takes.
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """An event that its receipt proves; `kept` says that our log still holds it and began alike."""

    event: Envelope
    index: int
    checkpoint: Checkpoint
    kept: bool

    @property
    def answer(self) -> Answered | None:
        """The answer on a seat that it proves, if it proves one."""
        return self.event.what if isinstance(self.event.what, Answered) else None


def receipt_in(content: bytes) -> str:
    """The text of a receipt that somebody hands in; refuses what is too large or is no text."""
    if len(content) > LARGEST:
        raise Invalid(phrase("This file is too large for a receipt."))
    try:
        return content.decode()
    except UnicodeDecodeError as fault:
        raise Invalid(phrase("This receipt is not the text that it was.")) from fault


def checked_receipt(session: Session, text: str) -> CheckedReceipt:
    """What the receipt proves; refuses one that was altered, or that no key of ours stands behind.

    The event is the one in the file: nothing of ours is told but whether our log still holds it.
    """
    proof = Proof.read(text)
    if proof.extra is None:
        raise Invalid(
            phrase("This proof brings no event along. Take the receipt anew from its own page.")
        )
    checkpoint, _ = _shown(session, proof, proof.extra)
    try:
        event = read_event(proof.extra)
    except UNREADABLE as fault:
        raise Invalid(phrase("What this receipt brings along is no event.")) from fault
    kept = _is_kept(session, proof, leaf_hash(proof.extra), checkpoint)
    return CheckedReceipt(event, proof.index, checkpoint, kept)


def _shown(session: Session, proof: Proof, entry: bytes) -> tuple[Checkpoint, Note]:
    """The checkpoint that the proof leads to, signed by a key that our log introduced for its size."""
    said = Checkpoint.read(parsed(proof.checkpoint).text)
    known = verifiers(session, said.origin, said.size)
    if not known:
        raise Invalid(
            phrase(
                "This receipt is of the log %(origin)s, which is not the one kept here.",
                origin=f"{said.origin:.80}",
            )
        )
    return proof.shows(leaf_hash(entry), known, said.origin)


def _is_kept(session: Session, proof: Proof, entry: bytes, checkpoint: Checkpoint) -> bool:
    """Whether our log holds the entry at its place, and had that root at that size."""
    held = select(Event.hash, Event.body).join(LogEntry, LogEntry.event_id == Event.id)
    found = session.execute(held.where(LogEntry.log_index == proof.index)).first()
    if found is None or not bytes(found.hash) == leaf_hash(bytes(found.body)) == entry:
        return False
    try:
        return root_at(Tiles(session).read, checkpoint.size) == checkpoint.root
    except MissingTile:
        return False
