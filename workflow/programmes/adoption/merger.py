"""Merging records: several rows of one effort stand under one of them, which alone lives on."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.events.cases import RecordMerged
from workflow.engine import round_state
from workflow.engine.commands.command import execute, reason_of, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.check import not_on
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, RoundClosed
from workflow.phrase import Phrase, Term, phrase
from workflow.programmes.adoption.papers import takes_up
from workflow.programmes.models import ImportedProgramme
from workflow.vocabulary import Footing

BEING_CONFIRMED = phrase("The record is being confirmed; it can be merged after that.")


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """The command that a record is of the same effort as another one, with the reason for it."""

    ref: str
    into: str
    seen_version: int
    key: str
    reason: str = ""

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "merges": self.ref,
            "into": self.into,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def merge(engine: Engine, person: int, command: MergeRecord) -> Receipt:
    """Keep a record under another one of the same effort: nothing is asked or offered on it any more.

    Refuses whoever does not write records, what is no record or is being confirmed, and a parent
    that was not imported, is itself kept, or is the record itself.
    """
    return execute(engine, person, command, _merged)


def _merged(work: UnitOfWork, person: int, command: MergeRecord) -> Receipt:
    if not takes_up(work, person):
        raise NotAuthorised(phrase("Records are merged by whoever writes them."))
    if work.case.footing is not Footing.RECORD:
        raise not_on(work.case.footing, Term(work.case.subject))
    if round_state.open_rounds(work.session, work.case.id):
        raise RoundClosed(BEING_CONFIRMED)
    reason = reason_of(command.reason, phrase("Merging a record needs a reason."))
    parent = _parent(work, command.into)
    work.case.footing = Footing.KEPT
    written = work.note(RecordMerged(into=command.into, version=work.next_version(), reason=reason))
    its = update(LifecycleCase).where(LifecycleCase.id == work.case.id)
    work.session.execute(its.values(parent_id=parent))
    return receipt_of(work, written, "Merged", "")


def _parent(work: UnitOfWork, ref: str) -> int:
    """The case that the record stands under from now on."""
    wrong = misfit(work.session, work.case.id, ref)
    if wrong is not None:
        raise Invalid(phrase("The record cannot stand there."), {"into": wrong})
    return work.session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()


def misfit(session: Session, case_id: int, ref: str) -> Phrase | None:
    """Why the record of this case cannot stand under the one called `ref`, if anything speaks against it."""
    found = session.execute(
        select(LifecycleCase.id, LifecycleCase.footing)
        .join(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
        .where(LifecycleCase.ref == ref)
    ).one_or_none()
    if found is None:
        return phrase("No imported programme is called %(ref)s.", ref=f"{ref!r:.60}")
    if found.id == case_id:
        return phrase("A record does not stand under itself.")
    if found.footing == Footing.KEPT:
        return phrase("%(ref)s is kept as a record only; choose one that lives on.", ref=ref)
    return None
