"""Importing programmes that were begun elsewhere: each becomes a case where its record puts it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.trail import Head, append
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid
from workflow.frameworks.models import Framework
from workflow.people.directory.arrivals import bring_parties
from workflow.people.register import claim_register
from workflow.phrase import phrase
from workflow.programmes.imports import mapping
from workflow.programmes.imports.csv_reader import read_content, read_file
from workflow.programmes.imports.differences import note_differences
from workflow.programmes.imports.mapping import Ground
from workflow.programmes.imports.rows import ProgrammeRow, portions
from workflow.programmes.imports.under import place_the_rest
from workflow.programmes.imports.updates import Known, Revision, moved_on, revise, revision_of
from workflow.programmes.models import ImportedProgramme, Programme

__all__ = [
    "ImportReport",
    "ProgrammeRow",
    "Revision",
    "import_programmes",
    "read_content",
    "read_file",
]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, by reference: created, changed with the columns, and left as it was.

    What is `differing` has moved on here: the file changed nothing of it, and an officer decides.
    Of what is `declined` an officer has decided already that it stays as it is.
    """

    created: tuple[str, ...]
    changed: tuple[Revision, ...]
    unchanged: tuple[str, ...]
    differing: tuple[Revision, ...] = ()
    declined: tuple[Revision, ...] = ()


def import_programmes(
    session: Session,
    rows: Sequence[ProgrammeRow],
    *,
    now: datetime,
    opener: int | None,
    definition_id: int,
    states: Mapping[str, str],
    progress: Callable[[int], object] = lambda _done: None,
) -> ImportReport:
    """Bring the programmes of a file in; `progress` hears how many more rows are done.

    A row that is known and the same is left alone, unless its framework is known by now; one that has
    changed is brought up to date, as long as nothing but imports has happened to its programme. Otherwise
    what it says is noted as a difference, to be accepted or declined. The caller's transaction keeps all or nothing.
    """
    # One import at a time; the same lock hands out references to programmes proposed here.
    claim_register(session)
    known = _known(session, rows)
    ground = _ground(session, rows, (definition_id, states), (opener, now))
    paired = [(row, known[row.key]) for row in rows if row.key in known]
    same = [row.ref for row, before in paired if before.digest == row.digest]
    place_the_rest(session)
    progress(len(same))
    fresh = [row for row in rows if row.key not in known]
    _create_all(session, fresh, ground, progress)
    other = [(row, before) for row, before in paired if before.digest != row.digest]
    moved = moved_on(session, other)
    of_its_own = [pair for pair in other if pair[1].case_id in moved]
    followed = [pair for pair in other if pair[1].case_id not in moved]
    changed = revise(session, followed, ground, progress)
    waiting = note_differences(session, of_its_own, now)
    progress(len(of_its_own))
    return ImportReport(
        created=tuple(row.ref for row in fresh),
        changed=changed,
        unchanged=tuple(same),
        differing=tuple(revision_of(*pair) for pair in waiting),
        declined=_declined(of_its_own, waiting),
    )


def _declined(
    of_its_own: Sequence[tuple[ProgrammeRow, Known]], waiting: Iterable[tuple[ProgrammeRow, Known]]
) -> tuple[Revision, ...]:
    """What moved on here and waits for nobody, since an officer has decided that it stays."""
    asked = {known.case_id for _, known in waiting}
    return tuple(revision_of(*pair) for pair in of_its_own if pair[1].case_id not in asked)


def _known(session: Session, rows: Sequence[ProgrammeRow]) -> dict[str, Known]:
    """The records that stand already under the ids of these rows."""
    found = {}
    for portion in portions(rows):
        keys = [row.key for row in portion]
        recorded = select(
            ImportedProgramme.external_key,
            ImportedProgramme.case_id,
            ImportedProgramme.digest,
            ImportedProgramme.row,
        ).where(ImportedProgramme.external_key.in_(keys))
        for key, *facts in session.execute(recorded):
            found[key] = Known(*facts)
    return found


def _ground(
    session: Session,
    rows: Sequence[ProgrammeRow],
    lifecycle: tuple[int, Mapping[str, str]],
    act: tuple[int | None, datetime],
) -> Ground:
    named = chain.from_iterable(row.parties() for row in rows)
    opener, now = act
    brought = (facts for _, facts in named)
    parties = bring_parties(session, brought, came="import", by=opener, now=now)
    frameworks = dict(session.execute(select(Framework.key, Framework.id)).all())
    return Ground(*lifecycle, parties, frameworks, *act)


def _refuse_taken(session: Session, fresh: Sequence[ProgrammeRow]) -> None:
    for portion in portions(fresh):
        refs = [row.ref for row in portion]
        taken = session.scalars(select(LifecycleCase.ref).where(LifecycleCase.ref.in_(refs))).all()
        if taken:
            raise Invalid(
                phrase(
                    "%(references)s stands already for something that was not imported. Give the row "
                    "another id.",
                    references=", ".join(sorted(taken)),
                )
            )


def _create_all(
    session: Session,
    fresh: Sequence[ProgrammeRow],
    ground: Ground,
    progress: Callable[[int], object],
) -> None:
    """Open a case for each row, portion by portion; refuses references that stand already."""
    _refuse_taken(session, fresh)
    for portion in portions(fresh):
        _create(session, portion, ground)
        progress(len(portion))


def _create(session: Session, rows: Sequence[ProgrammeRow], ground: Ground) -> None:
    """Open a case for each row, with everything it is made of and one event each."""
    opened = insert(LifecycleCase).returning(LifecycleCase.ref, LifecycleCase.id)
    ids = dict(session.execute(opened, [mapping.case_of(row, ground) for row in rows]).all())
    cases = [(row, ids[row.ref]) for row in rows]
    session.execute(
        insert(Programme), [mapping.programme_of(row, ground, case_id) for row, case_id in cases]
    )
    mapping.relate(session, cases, ground)
    session.execute(
        insert(ImportedProgramme),
        [mapping.record_of(row, ground, case_id) for row, case_id in cases],
    )
    session.execute(update(LifecycleCase), [_tell(session, each, ground) for each in cases])


def _tell(session: Session, case: tuple[ProgrammeRow, int], ground: Ground) -> dict[str, object]:
    """Write the event of a new case; return where its chain now ends."""
    row, case_id = case
    head = Head(case_id, row.ref, 0, None)
    append(session, head, Fact(mapping.told(row, ground), ground.opener, ground.now))
    return {"id": case_id, "head_seq": head.seq, "head_hash": head.hash, "head_at": head.last_at}
