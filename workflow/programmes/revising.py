"""Bringing an imported programme up to date with a row that has changed since."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import Fact
from workflow.audit.records import Event
from workflow.audit.trail import Head, append
from workflow.engine.records import LifecycleCase
from workflow.errors import Stale
from workflow.programmes import landing
from workflow.programmes.landing import Ground
from workflow.programmes.records import ImportedProgramme, Programme
from workflow.programmes.rows import Row
from workflow.vocabulary import EventType

OF_IMPORTS = (EventType.PROGRAMME_IMPORTED.value, EventType.IMPORT_REVISED.value)


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


def revise(
    session: Session,
    changed: Sequence[tuple[Row, Known]],
    ground: Ground,
    progress: Callable[[int], object],
) -> tuple[Revision, ...]:
    """Bring every changed row's programme up to date; refuses if one has a life of its own."""
    cases = [_claimed(session, known.case_id) for _, known in changed]
    _refuse_moved(session, cases)
    revisions = []
    for (row, known), case in zip(changed, cases, strict=True):
        revision = Revision(row.ref, _differences(row, known))
        _rewrite(session, row, ground, case)
        _tell(session, revision, (row, known), (ground, case))
        revisions.append(revision)
        progress(1)
    return tuple(revisions)


def _claimed(session: Session, case_id: int) -> LifecycleCase:
    """The case, locked and read as it is now."""
    claim = select(LifecycleCase).where(LifecycleCase.id == case_id).with_for_update()
    return session.scalars(claim, execution_options={"populate_existing": True}).one()


def _refuse_moved(session: Session, cases: Sequence[LifecycleCase]) -> None:
    moved = [case.ref for case in cases if session.scalars(_own_life(case.id)).first()]
    if moved:
        raise Stale(
            f"{', '.join(sorted(moved))} has moved on here since it was imported, so a file can no "
            "longer change it. Take the row out of the file, or leave it as it was."
        )


def _own_life(case_id: int) -> Select[int]:
    """Events of the case that no import wrote."""
    return select(Event.id).where(Event.case_id == case_id, Event.type.not_in(OF_IMPORTS)).limit(1)


def _differences(row: Row, known: Known) -> tuple[ColumnChange, ...]:
    pairs = ((column, known.cells.get(column, ""), new) for column, new in row.cells.items())
    return tuple(ColumnChange(column, old, new) for column, old, new in pairs if old != new)


def _rewrite(session: Session, row: Row, ground: Ground, case: LifecycleCase) -> None:
    """Let the tables say what the row says now."""
    standing = ground.standing(row)
    if case.state != standing["state"]:
        case.entered_at = ground.now
    case.title, case.state, case.stage = row.cells["title"], standing["state"], standing["stage"]
    case.version += 1
    programme = landing.programme_of(row, ground, case.id)
    record = landing.record_of(row, ground, case.id)
    session.execute(update(Programme).where(Programme.case_id == case.id).values(programme))
    mine = ImportedProgramme.case_id == case.id
    session.execute(update(ImportedProgramme).where(mine).values(record))
    for table, made_of in landing.RELATIONS:
        session.execute(delete(table).where(table.case_id == case.id))
        related = made_of(row, ground, case.id)
        if related:
            session.execute(insert(table), related)


def _tell(
    session: Session,
    revision: Revision,
    rows: tuple[Row, Known],
    place: tuple[Ground, LifecycleCase],
) -> None:
    """Record which columns changed; what they said and say stands behind a commitment."""
    (row, known), (ground, case) = rows, place
    columns = {change.column: [change.old, change.new] for change in revision.columns}
    what = {**landing.told(row, ground), "was": known.digest, "columns": sorted(columns)}
    private = {"changes": canonical.write(columns).decode()}
    head = Head(case.id, case.ref, case.head_seq, case.head_hash)
    fact = Fact(EventType.IMPORT_REVISED, ground.opener, ground.now, what, private=private)
    append(session, head, fact)
    case.head_seq, case.head_hash = head.seq, head.hash
    session.flush()
