"""Verification of the log: the tree recomputed from the events, and every checkpoint opened.

What it reads never changes, so it reads in portions and keeps nobody from writing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Engine, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from workflow.audit.models import Event
from workflow.database import reading
from workflow.errors import Invalid
from workflow.tlog.formats.checkpoint import signed_checkpoint
from workflow.tlog.formats.tree import Range
from workflow.tlog.signer import keys
from workflow.tlog.store.models import (
    LogEntry,
    LogPending,
    LogSigner,
    LogState,
    LogTile,
    SignedCheckpoint,
)
from workflow.tlog.store.tiles import ACROSS, HEIGHT, Place
from workflow.tlog.witnesses.check import contradiction
from workflow.tlog.witnesses.models import Cosignature

PORTION = 20_000
MOST_NAMED = 10
Alive = Callable[[], object]
_LATER, _BEFORE = aliased(Event), aliased(Event)
_OF_LATER, _OF_BEFORE = aliased(LogEntry), aliased(LogEntry)
_FIRST, _END, _MOST = (bindparam(name, type_=Integer) for name in ("first", "end", "most"))
_NOWHERE = (
    select(Event.id)
    .outerjoin(LogEntry, LogEntry.event_id == Event.id)
    .outerjoin(LogPending, LogPending.event_id == Event.id)
    .where(Event.id >= _FIRST, Event.id < _END)
    .where(LogEntry.event_id.is_(None), LogPending.event_id.is_(None))
    .order_by(Event.id)
    .limit(_MOST)
)
_TURNED = (
    select(_OF_LATER.log_index)
    .join(_LATER, _LATER.id == _OF_LATER.event_id)
    .outerjoin(_BEFORE, and_(_BEFORE.case_id == _LATER.case_id, _BEFORE.seq == _LATER.seq - 1))
    .outerjoin(_OF_BEFORE, _OF_BEFORE.event_id == _BEFORE.id)
    .where(_OF_LATER.log_index >= _FIRST, _OF_LATER.log_index < _END, _LATER.seq > 1)
    .where(or_(_OF_BEFORE.log_index.is_(None), _OF_BEFORE.log_index > _OF_LATER.log_index))
    .order_by(_OF_LATER.log_index)
    .limit(_MOST)
)


@dataclass(slots=True)
class LogVerification:
    """What was checked, and a sentence for each difference."""

    entries: int = 0
    waiting: int = 0
    checkpoints: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the log is what its events make of it."""
        return not self.differences


def verify_log(database: Engine, alive: Alive = lambda: None) -> LogVerification:
    """Check the places, the tree and the checkpoints of the log.

    After each portion `alive` hears that it goes on, while nothing is being read.
    """
    result = LogVerification()
    with reading(database) as session:
        newest = session.scalar(select(func.max(SignedCheckpoint.id))) or 0
        last_cosigned = session.scalar(select(func.max(Cosignature.id))) or 0
    with reading(database) as session:
        state = session.scalars(select(LogState)).one()
        refusal = session.scalars(select(LogSigner.refusal)).one()
    if refusal:
        result.differences.append(f"The signer does not sign: {refusal}")
    _each_once(database, result, alive)
    _in_order(database, result, alive)
    roots = _tree(database, state, result, alive)
    _checkpoints(database, newest, roots, result)
    _cosignatures(database, last_cosigned, roots, result)
    return result


def _each_once(database: Engine, result: LogVerification, alive: Alive) -> None:
    """Every event has its place or waits for it."""
    with reading(database) as session:
        result.waiting = session.scalars(select(func.count()).select_from(LogPending)).one()
        last = session.scalar(select(func.max(Event.id))) or 0
    for event in _in_portions(database, (_NOWHERE, 1, last), alive):
        result.differences.append(f"The event with the id {event} is not in the log.")


def _in_order(database: Engine, result: LogVerification, alive: Alive) -> None:
    """The events of a case stand in the log in the order of the case, none of them skipped."""
    with reading(database) as session:
        first = session.scalar(select(func.min(LogEntry.log_index))) or 0
        last = session.scalar(select(func.max(LogEntry.log_index))) or 0
    for index in _in_portions(database, (_TURNED, first, last), alive):
        result.differences.append(f"The entry {index} stands before one that came first.")


def _in_portions(database: Engine, asked: tuple[Select[int], int, int], alive: Alive) -> list[int]:
    """The first few numbers that a question finds, asked of a portion of them at a time."""
    question, least, last = asked
    found: list[int] = []
    for first in range(least, last + 1, PORTION):
        with reading(database) as session:
            among = {"first": first, "end": first + PORTION, "most": MOST_NAMED - len(found)}
            found += session.scalars(question, among)
        alive()
        if len(found) >= MOST_NAMED:
            break
    return found


def _tree(
    database: Engine, state: LogState, result: LogVerification, alive: Alive
) -> dict[int, bytes]:
    """Recompute the tree, compare every tile, and hand out its roots at the sizes signed."""
    with reading(database) as session:
        sizes = set(session.scalars(select(SignedCheckpoint.size).distinct()))
        sizes |= set(session.scalars(select(Cosignature.size).distinct()))
    grown, tiles = Range(), dict[Place, bytearray]()
    roots = {0: grown.root}

    def heard(level: int, index: int, subtree: bytes) -> None:
        row, inside = divmod(level, HEIGHT)
        if not inside:
            tiles.setdefault((row, index >> HEIGHT), bytearray()).extend(subtree)

    for index, link in _entries(database, state.size, alive):
        if index != grown.size:
            result.differences.append(f"The entry {grown.size} is missing.")
            return roots
        grown.append(bytes(link), heard)
        if grown.size in sizes:
            roots[grown.size] = grown.root
        if grown.size % (ACROSS * ACROSS) == 0:
            _compare(database, tiles, result)
    result.entries = grown.size
    _compare(database, tiles, result)
    said = (state.size, state.root, state.edge)
    if said != (grown.size, grown.root, b"".join(grown.hashes)):
        result.differences.append("The tree is not the one over the entries of the log.")
    return roots


def _entries(database: Engine, size: int, alive: Alive) -> Iterator[tuple[int, bytes]]:
    for first in range(0, size, PORTION):
        portion = (
            select(LogEntry.log_index, Event.hash)
            .join(Event, Event.id == LogEntry.event_id)
            .where(LogEntry.log_index >= first, LogEntry.log_index < min(size, first + PORTION))
            .order_by(LogEntry.log_index)
        )
        with reading(database) as session:
            rows = session.execute(portion).all()
        alive()
        yield from ((index, link) for index, link in rows)


def _compare(database: Engine, tiles: dict[Place, bytearray], result: LogVerification) -> None:
    """Compare tiles with those stored, which may have grown since; full ones are done with."""
    with reading(database) as session:
        for (level, number), meant in list(tiles.items()):
            found = session.get(LogTile, (level, number))
            if found is None or not bytes(found.hashes).startswith(bytes(meant)):
                result.differences.append(f"The tile {level}/{number} was altered or is missing.")
            if len(meant) == ACROSS * 32:
                del tiles[level, number]


def _checkpoints(
    database: Engine, newest: int, roots: dict[int, bytes], result: LogVerification
) -> None:
    """Each checkpoint is signed by a key that may, and states the root that the tree had."""
    with reading(database) as session:
        try:
            known = keys.introduced(session)
        except Invalid as refusal:
            result.differences.append(refusal.sentence)
            return
        published = select(SignedCheckpoint).where(SignedCheckpoint.id <= newest)
        for row in session.scalars(published.order_by(SignedCheckpoint.id)):
            result.checkpoints += 1
            fault = _fault(row, known, roots)
            if fault:
                result.differences.append(f"The checkpoint {row.id} of size {row.size}: {fault}")


def _cosignatures(
    database: Engine, newest: int, roots: dict[int, bytes], result: LogVerification
) -> None:
    """Each witness signed what its row says, and the log is still what it signed."""
    brought = select(Cosignature).where(Cosignature.id <= newest).order_by(Cosignature.id)
    with reading(database) as session:
        for row in session.scalars(brought):
            fault = contradiction(row, roots)
            if fault:
                result.differences.append(f"The cosignature {row.id} of size {row.size}: {fault}")


def _fault(row: SignedCheckpoint, known: list[keys.Introduced], roots: dict[int, bytes]) -> str:
    may = [each.verifier for each in known if each.origin == row.origin and each.may_sign(row.size)]
    try:
        checkpoint, _ = signed_checkpoint(row.note.encode(), may, row.origin)
    except Invalid as refusal:
        return refusal.sentence
    if (checkpoint.size, checkpoint.root) != (row.size, row.root):
        return "its columns are not what was signed."
    if row.size not in roots:
        return "the log is shorter."
    return "" if roots[row.size] == row.root else "the tree had another root at that size."
