"""What of the log goes into a dossier: a checkpoint, the proofs to it, and earlier ones beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import what_in
from workflow.audit.events.log import HeadsStated
from workflow.audit.models import Event
from workflow.tlog.formats.checkpoint import Checkpoint, encoded
from workflow.tlog.formats.proof import Proof
from workflow.tlog.formats.tree import Range, inclusion, leaf
from workflow.tlog.signer.keys import introduced
from workflow.tlog.store.heads import lines_at
from workflow.tlog.store.models import LogEntry, SignedCheckpoint
from workflow.tlog.store.queries import Published, consistency_between, latest
from workflow.tlog.store.tiles import Tiles
from workflow.tlog.witnesses.anchors import cosigned
from workflow.tlog.witnesses.models import Anchor, Cosignature
from workflow.vocabulary import EventType

MOST_ANCHORS = 200
MOST_KEPT = 50
OWN_CLAIM = (
    "# What the maker of this dossier says of itself. Ask for the keys by another way, and keep a\n"
    "# policy of your own: it is by yours that the dossier can be shown to be witnessed."
)
_WITNESSED = exists().where(
    Cosignature.origin == SignedCheckpoint.origin,
    Cosignature.size == SignedCheckpoint.size,
    Cosignature.root == SignedCheckpoint.root,
)


@dataclass(frozen=True, slots=True)
class Anchored:
    """The checkpoint that a dossier stands on, in a note with everybody's signatures."""

    origin: str
    size: int
    root: bytes
    note: bytes
    cosigned: bool

    def shown(self) -> dict[str, Any]:
        """The checkpoint as a page names it."""
        return {"origin": self.origin, "size": self.size, "root": encoded(self.root)}


class Prover:
    """Makes the proofs of one dossier, reading each tile of the tree once."""

    def __init__(self, session: Session, anchored: Anchored) -> None:
        self._tiles = Tiles(session)
        self._anchored = anchored

    def proof(self, index: int) -> str:
        """The text of the proof that an entry is in the log."""
        hashes = inclusion(self._tiles.read, index, self._anchored.size)
        return Proof(index, hashes, self._anchored.note).written()


def anchored_over(session: Session, needed: int) -> Anchored | None:
    """The newest checkpoint that a witness signed and that covers `needed` entries.

    Where there is none it is the newest of all, as far as it reaches.
    """
    newest = latest(session)
    if newest is None or not newest.checkpoint.size:
        return None
    of = select(SignedCheckpoint).where(
        SignedCheckpoint.origin == newest.checkpoint.origin,
        SignedCheckpoint.size >= needed,
        _WITNESSED,
    )
    seen = session.scalars(of.order_by(SignedCheckpoint.size.desc(), SignedCheckpoint.id).limit(1))
    found = seen.one_or_none()
    published = newest if found is None else _published(found)
    note = cosigned(session, published)
    at = published.checkpoint
    return Anchored(at.origin, at.size, at.root, note.encode(), cosigned=note != published.note)


def earlier(
    session: Session,
    anchored: Anchored,
    indexes: Iterable[int],
    reader: str | None,
    since: int | None,
) -> Iterator[tuple[str, str | bytes]]:
    """Members that lead from earlier checkpoints to this one.

    Those are the ones that witnesses saw just before and just after each entry, those that this
    reader was handed, and the one that the reader names.
    """
    sizes = dict.fromkeys(_seen_around(session, anchored, indexes))
    kept = dict.fromkeys([*sizes, *_handed(session, anchored, reader), since or 0])
    for size in sorted(kept):
        if not 0 < size < anchored.size:
            continue
        hashes = consistency_between(session, size, anchored.size)
        yield f"anchors/{size}.consistency", "".join(f"{encoded(each)}\n" for each in hashes)
        if size in sizes:
            yield f"anchors/{size}.checkpoint", _cosigned_at(session, anchored.origin, size)


def own_policy(session: Session, anchored: Anchored, witnesses: Iterable[str]) -> str:
    """The keys as this installation itself states them, in the form of an auditor's policy."""
    lines = [
        f"log {each.verifier}" for each in introduced(session) if each.origin == anchored.origin
    ]
    called = [f"w{number}" for number, _ in enumerate(witnesses, 1)]
    lines += [f"witness {name} {key}" for name, key in zip(called, witnesses, strict=True)]
    lines += [f"group witnesses any {' '.join(called)}"] if called else []
    return "\n".join([OWN_CLAIM, *lines, "quorum witnesses" if called else "quorum none", ""])


def _published(found: SignedCheckpoint) -> Published:
    return Published(Checkpoint(found.origin, found.size, found.root), found.note, found.at)


def _seen_around(session: Session, anchored: Anchored, indexes: Iterable[int]) -> list[int]:
    """The sizes at which a witness last saw the log without an entry, and first with it."""
    known = select(SignedCheckpoint.size).where(
        SignedCheckpoint.origin == anchored.origin, _WITNESSED
    )
    found: dict[int, None] = {}
    covered = -1
    for index in sorted(indexes):
        if index < covered:
            continue
        without = session.scalar(
            known.where(SignedCheckpoint.size <= index)
            .order_by(SignedCheckpoint.size.desc())
            .limit(1)
        )
        having = session.scalar(
            known.where(SignedCheckpoint.size > index).order_by(SignedCheckpoint.size).limit(1)
        )
        found.update(dict.fromkeys(size for size in (without, having) if size))
        covered = having or anchored.size
        if len(found) >= MOST_ANCHORS:
            break
    return list(found)


def _handed(session: Session, anchored: Anchored, reader: str | None) -> Iterable[int]:
    """The sizes of the checkpoints that this reader was handed before."""
    if reader is None:
        return ()
    handed = select(Anchor.size).where(Anchor.recipient == reader, Anchor.size < anchored.size)
    return session.scalars(
        handed.group_by(Anchor.size).order_by(func.max(Anchor.last_at).desc()).limit(MOST_KEPT)
    )


def _cosigned_at(session: Session, origin: str, size: int) -> str:
    found = session.scalars(
        select(SignedCheckpoint)
        .where(SignedCheckpoint.origin == origin, SignedCheckpoint.size == size, _WITNESSED)
        .order_by(SignedCheckpoint.id)
        .limit(1)
    ).one()
    return cosigned(session, _published(found))


def stated_end(session: Session, prover: Prover, ref: str, size: int) -> dict[str, bytes | str]:
    """The members that show where the log last stated the end of a case; none if it never did."""
    found = session.execute(
        select(Event.body, LogEntry.log_index)
        .join(LogEntry, LogEntry.event_id == Event.id)
        .where(Event.type == EventType.HEADS_STATED.value, LogEntry.log_index < size)
        .order_by(LogEntry.log_index.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return {}
    lines = lines_at(session, what_in(found.body, HeadsStated).size)
    index = next((place for place, line in enumerate(lines) if line.ref == ref), None)
    if index is None:
        return {}
    line, grown, known = lines[index], Range(), dict[tuple[int, int], bytes]()
    for each in lines:
        grown.append(leaf(each.bytes), lambda *of: known.update({of[:2]: of[2]}))
    hashes = inclusion(lambda level, place: known[level, place], index, len(lines))
    membership = {
        "line": [line.ref, line.seq, line.hash.hex()],
        "index": index,
        "proof": [encoded(each) for each in hashes],
    }
    return {
        "heads/event.json": found.body,
        "heads/event.tlog-proof": prover.proof(found.log_index),
        "heads/membership.json": canonical.write(membership),
    }
