"""What a later file says of a programme that has moved on here: noted, and never written over it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.programmes.imports.rows import PORTION
from workflow.programmes.imports.updates import Changed
from workflow.programmes.models import ImportDifference

_NOTED = select(
    ImportDifference.id, ImportDifference.case_id, ImportDifference.digest, ImportDifference.outcome
)  # fmt: skip
# What was decided on what was kept then, or not at all, is asked anew.
_ANEW = frozenset({"accepted", "replaced"})


def note_differences(
    session: Session, changed: Sequence[Changed], now: datetime
) -> tuple[Changed, ...]:
    """Keep what each row says for an officer to accept or decline; returns those that wait.

    Of several the newest waits. What was declined is not asked again; what was accepted, or waited
    until a newer file came, waits anew where a file says it once more.
    """
    before = {
        (row.case_id, row.digest): row
        for ids in _portions([known.case_id for _, known in changed])
        for row in session.execute(_NOTED.where(ImportDifference.case_id.in_(ids)))
    }
    pairs = [(pair, before.get((pair[1].case_id, pair[0].digest))) for pair in changed]
    _replace(session, [pair for pair, noted in pairs if noted is None or noted.outcome], now)
    _ask_anew(session, [noted.id for _, noted in pairs if noted and noted.outcome in _ANEW], now)
    _note(session, [pair for pair, noted in pairs if noted is None], now)
    return tuple(pair for pair, noted in pairs if noted is None or noted.outcome != "declined")


def _replace(session: Session, changed: Sequence[Changed], now: datetime) -> None:
    """Let nothing wait any more that an earlier file said of these programmes."""
    for ids in _portions([known.case_id for _, known in changed]):
        waiting = update(ImportDifference).where(
            ImportDifference.case_id.in_(ids), ImportDifference.outcome == ""
        )
        session.execute(waiting.values(outcome="replaced", decided_at=now))


def _ask_anew(session: Session, numbers: Sequence[int], now: datetime) -> None:
    for ids in _portions(numbers):
        anew = update(ImportDifference).where(ImportDifference.id.in_(ids))
        session.execute(anew.values(outcome="", found_at=now, decided_at=None, decided_by=None))


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in portions that every database takes in one statement."""
    return (numbers[start : start + PORTION] for start in range(0, len(numbers), PORTION))


def _note(session: Session, changed: Sequence[Changed], now: datetime) -> None:
    rows = [
        {
            "case_id": known.case_id,
            "row": dict(row.cells),
            "digest": row.digest,
            "found_at": now,
        }
        for row, known in changed
    ]
    if rows:
        session.execute(insert(ImportDifference), rows)
