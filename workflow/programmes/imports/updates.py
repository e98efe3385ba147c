"""Bringing an imported programme up to date with a row that has changed since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import Fact
from workflow.audit.events.cases import ImportRevised
from workflow.audit.models import Event
from workflow.audit.trail import Head, append
from workflow.engine.models import LifecycleCase
from workflow.programmes.imports import mapping
from workflow.programmes.imports.mapping import Ground
from workflow.programmes.imports.rows import ProgrammeRow, portions
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.vocabulary import EventType

# What leaves a programme where its import put it: imports themselves, and being read.
OF_IMPORTS = (
    EventType.PROGRAMME_IMPORTED.value,
    EventType.IMPORT_REVISED.value,
    EventType.HISTORY_READ.value,
    EventType.HISTORY_EXPORTED.value,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The record that stands under an id from an earlier import."""

    case_id: int
    digest: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """What a column said before and says now."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A programme brought up to date, and the columns that had changed."""

    ref: str
    columns: tuple[ColumnChange, ...]


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A case under its lock, as it is now."""

    id: int
    ref: str
    state: str
    entered_at: datetime
    version: int
    head_seq: int
    head_hash: bytes | None
    head_at: datetime | None


Changed = tuple[ProgrammeRow, Known]


def revise(
    session: Session,
    changed: Sequence[Changed],
    ground: Ground,
    progress: Callable[[int], object],
) -> tuple[Revision, ...]:
    """Bring every changed row's programme up to date; none of them has a life of its own."""
    cases = _claimed(session, [known.case_id for _, known in changed])
    revisions: list[Revision] = []
    for portion in portions(changed):
        listed = [revision_of(row, known) for row, known in portion]
        moved = [
            _tell(session, (each, revision), cases[each[1].case_id], ground)
            for each, revision in zip(portion, listed, strict=True)
        ]
        session.execute(update(LifecycleCase), moved)
        _rewrite(session, portion, ground)
        revisions += listed
        progress(len(portion))
    return tuple(revisions)


def _claimed(session: Session, ids: Sequence[int]) -> dict[int, ImportedCase]:
    """The cases by id, locked in the order of their ids."""
    columns = [getattr(LifecycleCase, field.name) for field in fields(ImportedCase)]
    found = {}
    for portion in portions(sorted(ids)):
        claim = select(*columns).where(LifecycleCase.id.in_(portion)).order_by(LifecycleCase.id)
        for row in session.execute(claim.with_for_update()):
            found[row.id] = ImportedCase(*row)
    return found


def moved_on(session: Session, changed: Sequence[Changed]) -> frozenset[int]:
    """Which of these cases have a life of their own, so that no file writes over them."""
    moved: set[int] = set()
    for portion in portions([known.case_id for _, known in changed]):
        own_life = select(Event.case_id).where(
            Event.case_id.in_(portion), Event.type.not_in(OF_IMPORTS)
        )
        moved |= set(session.scalars(own_life.distinct()))
    return frozenset(moved)


def revision_of(row: ProgrammeRow, known: Known) -> Revision:
    """What the row says of its programme that is not what is kept."""
    return Revision(row.ref, _differences(row, known))


def _differences(row: ProgrammeRow, known: Known) -> tuple[ColumnChange, ...]:
    pairs = ((column, known.cells.get(column, ""), new) for column, new in row.cells.items())
    return tuple(ColumnChange(column, old, new) for column, old, new in pairs if old != new)


def _tell(
    session: Session, of: tuple[Changed, Revision], case: ImportedCase, ground: Ground
) -> dict[str, object]:
    """Record which columns changed, and return the case as it then stands.

    What the columns said and say is behind a commitment.
    """
    (row, known), revision = of
    columns = {change.column: [change.old, change.new] for change in revision.columns}
    what = ImportRevised(
        external_key=row.key,
        source=row.cells["source"],
        confidence=row.cells["confidence"],
        row=row.digest,
        was=known.digest,
        columns=tuple(sorted(columns)),
        version=case.version + 1,
        changes=canonical.write(columns).decode(),
        **ground.standing(row),
    )
    head = Head(case.id, case.ref, case.head_seq, case.head_hash, case.head_at)
    append(session, head, Fact(what, ground.opener, ground.now))
    standing = ground.standing(row)
    return {
        "id": case.id,
        "title": row.cells["title"],
        "entered_at": case.entered_at if standing["state"] == case.state else ground.now,
        "version": case.version + 1,
        "head_seq": head.seq,
        "head_hash": head.hash,
        "head_at": head.last_at,
        **standing,
    }


def _rewrite(session: Session, portion: Sequence[Changed], ground: Ground) -> None:
    """Let the tables say what the rows say now."""
    cases = [(row, known.case_id) for row, known in portion]
    programmes = [mapping.programme_of(row, ground, case_id) for row, case_id in cases]
    records = [mapping.record_of(row, ground, case_id) for row, case_id in cases]
    session.execute(update(Programme), programmes)
    session.execute(update(ImportedProgramme), records)
    mapping.forget(session, [case_id for _, case_id in cases])
    mapping.relate(session, cases, ground)
