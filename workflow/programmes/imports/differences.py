"""What a later file says of a programme that has moved on here: noted, and never written over it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.programmes.imports.updates import Changed
from workflow.programmes.models import ImportDifference


def note_differences(session: Session, changed: Sequence[Changed], now: datetime) -> None:
    """Keep what each row says for an officer to accept or decline; of several the newest waits.

    What was noted before, and declined since, is not asked again.
    """
    ids = [known.case_id for _, known in changed]
    noted = select(ImportDifference.case_id, ImportDifference.digest)
    known_already = {
        (row.case_id, row.digest)
        for row in session.execute(noted.where(ImportDifference.case_id.in_(ids)))
    }
    fresh = [
        (row, known) for row, known in changed if (known.case_id, row.digest) not in known_already
    ]
    waiting = update(ImportDifference).where(
        ImportDifference.case_id.in_([known.case_id for _, known in fresh]),
        ImportDifference.outcome == "",
    )
    session.execute(waiting.values(outcome="replaced", decided_at=now))
    if fresh:
        session.execute(
            insert(ImportDifference),
            [
                {
                    "case_id": known.case_id,
                    "row": dict(row.cells),
                    "digest": row.digest,
                    "found_at": now,
                }
                for row, known in fresh
            ],
        )
