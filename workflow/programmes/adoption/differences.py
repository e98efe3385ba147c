"""The differences that later files brought, shown to officers: accepted or declined, one by one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.events.cases import SourceAccepted, SourceDeclined
from workflow.engine import round_state
from workflow.engine.commands.command import execute, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.offices import offices
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.phrase import phrase
from workflow.programmes.adoption.papers import writes_records
from workflow.programmes.models import ImportDifference, ImportedProgramme, Programme
from workflow.programmes.record_lines import FIELDS
from workflow.programmes.search_text import searched
from workflow.vocabulary import Footing

MOST = 200
# The columns of a file that a programme repeats as they are written.
REPEATED = {
    "fund": "fund",
    "modality": "modality",
    "sector": "sector",
    "dac_sector_code": "sector_code",
    "summary": "summary",
    "start": "starts",
}


@dataclass(frozen=True, slots=True)
class LaterRecord:
    """One row of a later file beside what is kept; `columns` are (column, kept, new)."""

    number: int
    ref: str
    title: str
    version: int
    found_at: datetime
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DecideDifference:
    """The command to accept or decline what a later file says of a programme."""

    ref: str
    number: int
    accept: bool
    seen_version: int
    key: str
    reason: str = ""

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "decides": self.number,
            "accept": self.accept,
            "ref": self.ref,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def differences(session: Session) -> tuple[LaterRecord, ...]:
    """What waits to be accepted or declined, the oldest first."""
    rows = session.execute(
        select(
            ImportDifference.id, ImportDifference.row, ImportDifference.found_at,
            ImportedProgramme.row.label("kept"), LifecycleCase.ref, LifecycleCase.title,
            LifecycleCase.version,
        )
        .join(LifecycleCase, LifecycleCase.id == ImportDifference.case_id)
        .join(ImportedProgramme, ImportedProgramme.case_id == ImportDifference.case_id)
        .where(ImportDifference.outcome == "")
        .order_by(ImportDifference.id)
        .limit(MOST)
    ).all()  # fmt: skip
    return tuple(
        LaterRecord(
            row.id, row.ref, row.title, row.version, row.found_at, _columns(row.kept, row.row)
        )
        for row in rows
    )


def decide_difference(engine: Engine, person: int, command: DecideDifference) -> Receipt:
    """Accept or decline one difference; what is accepted changes the source and the facts that repeat it.

    States, rounds and parties stay: they are changed by acts here alone, and so is what was
    confirmed. Refuses whoever does not write records, a difference that waits no more, and to
    accept one on a record that is being confirmed.
    """
    return execute(
        engine, person, command, lambda work, who, what: _decided(engine, work, who, what)
    )


def _decided(engine: Engine, work: UnitOfWork, person: int, command: DecideDifference) -> Receipt:
    session, case, today = work.session, work.case, work.now.date()
    newest = engine.followed(work.definition.key, session)
    if not writes_records(session, newest, case.id, offices(session, person, today), today):
        raise NotAuthorised(phrase("Differences are decided by whoever writes records."))
    difference = session.scalars(
        select(ImportDifference).where(
            ImportDifference.id == command.number,
            ImportDifference.case_id == case.id,
            ImportDifference.outcome == "",
        )
    ).one_or_none()
    if difference is None:
        raise NotFound(phrase("This difference waits no more. Nothing was recorded."))
    kept = session.scalars(
        select(ImportedProgramme).where(ImportedProgramme.case_id == case.id)
    ).one()
    if command.accept:
        _refuse_under_hands(work)
    columns = _columns(kept.row, difference.row)
    told = (
        _accepted(work, kept, difference, columns)
        if command.accept
        else _declined(kept, difference, columns, command.reason)
    )
    written = work.note(told)
    decided = update(ImportDifference).where(ImportDifference.id == difference.id)
    outcome = "accepted" if command.accept else "declined"
    session.execute(decided.values(outcome=outcome, decided_at=written.at, decided_by=person))
    return receipt_of(work, written, outcome.capitalize(), difference.digest)


def _refuse_under_hands(work: UnitOfWork) -> None:
    """Refuse to change what others are confirming."""
    asked = work.case.footing is Footing.RECORD
    if asked and round_state.open_rounds(work.session, work.case.id):
        raise RoundClosed(
            phrase("The record is being confirmed; what a later file says can be accepted after.")
        )


def _columns(kept: dict[str, Any], new: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (column, str(kept.get(column, "")), str(cell))
        for column, cell in new.items()
        if str(kept.get(column, "")) != str(cell)
    )


def _accepted(
    work: UnitOfWork,
    kept: ImportedProgramme,
    difference: ImportDifference,
    columns: tuple[tuple[str, str, str], ...],
) -> SourceAccepted:
    """Let the source say what the file says, with the facts that repeat it, but for those confirmed."""
    changes = {column: [old, new] for column, old, new in columns}
    told = SourceAccepted(
        external_key=kept.external_key,
        source=difference.row["source"],
        confidence=difference.row["confidence"],
        row=difference.digest,
        was=kept.digest,
        columns=tuple(sorted(changes)),
        version=work.next_version(),
        changes=canonical.write(changes).decode(),
    )
    record = update(ImportedProgramme).where(ImportedProgramme.case_id == work.case.id)
    work.session.execute(
        record.values(
            row=difference.row, digest=difference.digest, source=told.source,
            confidence=told.confidence,
        )
    )  # fmt: skip
    followed = changes.keys() - (FIELDS if work.case.footing is Footing.MANAGED else ())
    if "title" in followed:
        work.case.title = difference.row["title"]
    programme = update(Programme).where(Programme.case_id == work.case.id)
    facts = _facts(difference.row, followed)
    if facts:
        work.session.execute(programme.values(facts))
    text = searched(work.session, work.case.id, work.case.ref, work.case.title)
    work.session.execute(programme.values(search_text=text))
    return told


def _facts(row: dict[str, Any], changed: Any) -> dict[str, object]:
    """The facts of a programme that repeat a column that has changed."""
    facts: dict[str, object] = {REPEATED[each]: row[each] for each in changed if each in REPEATED}
    if {"end", "end_planned"} & set(changed):
        facts["ends"] = row["end"] or row["end_planned"]
    if "budget_usd" in changed:
        facts["budget_usd"] = Decimal(row["budget_usd"]) if row["budget_usd"] else None
    return facts


def _declined(
    kept: ImportedProgramme,
    difference: ImportDifference,
    columns: tuple[tuple[str, str, str], ...],
    reason: str,
) -> SourceDeclined:
    return SourceDeclined(
        external_key=kept.external_key,
        row=difference.digest,
        columns=tuple(sorted(column for column, _, _ in columns)),
        reason=reason,
    )
