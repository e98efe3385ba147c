"""Merging records: several rows of one effort come under one programme, by two people, and may leave it again.

Whoever writes records proposes it; somebody else who does confirms it on the programme that takes them in, under whose
lock the record is then changed. Each keeps its reference and its history.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.events.records.mergers import (
    MergerDeclined,
    MergerProposed,
    RecordLetGo,
    RecordMerged,
    RecordSeparated,
    RecordTakenIn,
)
from workflow.engine import round_state
from workflow.engine.commands.command import CaseCommand, execute, reason_of, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine, engine_of
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.check import not_on
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, NotFound, RoundClosed
from workflow.phrase import Phrase, Term, phrase
from workflow.programmes.adoption.one_effort_rules import (
    decides,
    has_below,
    misfit,
    none_such,
    proposer,
)
from workflow.vocabulary import Footing

BEING_CONFIRMED = phrase("The record is being confirmed; it can be merged after that.")


@dataclass(frozen=True, slots=True)
class MergeRecord(CaseCommand):
    """The command that a record come under another programme of the same effort, with the reason for it."""

    what = "merge a record"

    ref: str
    into: str
    seen_version: int
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeclineMerger(CaseCommand):
    """The command that a record not come under the programme where somebody proposed it, with the reason."""

    what = "decline a merger"

    ref: str
    seen_version: int
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeIn(CaseCommand):
    """The command that a programme take in a record that was proposed to come under it."""

    what = "take in a record"

    ref: str
    record: str
    seen_version: int
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LetGo(CaseCommand):
    """The command that a record live on by itself again, under no programme, with the reason."""

    what = "let go a record"

    ref: str
    record: str
    seen_version: int
    key: str
    reason: str = ""


def propose(engine: Engine, person: int, command: MergeRecord) -> Receipt:
    """Propose that a record come under a programme of the same effort; nothing of it changes before somebody confirms.

    Refuses whoever does not write records, what is no record, is being confirmed or is proposed already,
    and a programme that is kept itself, stands under another case, or is the record itself.
    """
    return execute(engine, person, command, _proposed)


def decline(engine: Engine, person: int, command: DeclineMerger) -> Receipt:
    """Say why a record does not come under the programme; whoever proposed it may take it back so."""
    return execute(engine, person, command, _declined)


def take_in(engine: Engine, person: int, command: TakeIn) -> Receipt:
    """Keep a record under the programme: nothing is asked or offered on it any more.

    Refuses whoever does not write records, and whoever proposed it.
    """
    return execute(engine, person, command, _taken_in)


def let_go(engine: Engine, person: int, command: LetGo) -> Receipt:
    """Have a record that was taken in live on by itself again, as a record, with the reason."""
    return execute(engine, person, command, _let_go)


def _proposed(work: UnitOfWork, person: int, command: MergeRecord) -> Receipt:
    _refuse_others(work, person)
    if work.case.footing is not Footing.RECORD:
        raise not_on(work.case.footing, Term(work.case.subject))
    if work.case.parent_id is not None:
        raise RoundClosed(phrase("It is proposed already to come under a programme."))
    if round_state.open_rounds(work.session, work.case.id):
        raise RoundClosed(BEING_CONFIRMED)
    reason = reason_of(command.reason, phrase("Merging a record needs a reason."))
    wrong = _misfit(work, person, command.into)
    if wrong is not None:
        raise Invalid(phrase("The record cannot stand there."), {"into": wrong})
    told = MergerProposed(into=command.into, version=work.next_version(), reason=reason)
    written = work.note(told)
    _stands_under(work, _number(work.session, command.into))
    return receipt_of(work, written, "Proposed", "")


def _declined(work: UnitOfWork, person: int, command: DeclineMerger) -> Receipt:
    _refuse_others(work, person)
    into = _ref(work.session, work.case.parent_id)
    if work.case.footing is not Footing.RECORD or not into:
        raise RoundClosed(phrase("Nobody proposes any more that it come under a programme."))
    reason = reason_of(command.reason, phrase("Say why it does not come under that programme."))
    written = work.note(MergerDeclined(into=into, version=work.next_version(), reason=reason))
    _stands_under(work, None)
    return receipt_of(work, written, "Declined", "")


def _taken_in(work: UnitOfWork, person: int, command: TakeIn) -> Receipt:
    _refuse_unfit(work)
    below = _below(work, person, command.record, Footing.RECORD)
    if proposer(work.session, below.case.id) == person:
        raise ConflictOfDuties(
            phrase("You proposed this; somebody else has to confirm it, or decline.")
        )
    if round_state.open_rounds(work.session, below.case.id):
        raise RoundClosed(BEING_CONFIRMED)
    if has_below(work.session, below.case.id):
        raise RoundClosed(
            phrase(
                "%(ref)s has records of its own under it; they are let go first.",
                ref=below.case.ref,
            )
        )
    below.case.footing = Footing.KEPT
    below.note(
        RecordMerged(into=work.case.ref, version=below.next_version(), reason=command.reason)
    )
    below.close()
    written = work.note(RecordTakenIn(record=below.case.ref, version=work.next_version()))
    return receipt_of(work, written, "Taken in", "")


def _let_go(work: UnitOfWork, person: int, command: LetGo) -> Receipt:
    below = _below(work, person, command.record, Footing.KEPT)
    reason = reason_of(command.reason, phrase("Say why it is no part of this effort."))
    below.case.footing = Footing.RECORD
    below.note(RecordSeparated(parent=work.case.ref, version=below.next_version(), reason=reason))
    _stands_under(below, None)
    below.close()
    written = work.note(RecordLetGo(record=below.case.ref, version=work.next_version()))
    return receipt_of(work, written, "Let go", "")


def _below(work: UnitOfWork, person: int, ref: str, footing: Footing) -> UnitOfWork:
    """The record that stands, or is proposed, under the programme that is locked, locked as well."""
    found = None
    if ref.isprintable():
        asked = select(LifecycleCase.id).where(
            LifecycleCase.ref == ref, LifecycleCase.parent_id == work.case.id
        )
        found = work.session.scalar(asked)
    case = lock_case_by_id(work.transaction, found) if found else None
    if case is None or case.parent_id != work.case.id or case.footing is not footing:
        wrong = phrase("No such record stands, or is proposed, under this programme by now.")
        raise Invalid(wrong, {"record": wrong})
    definition = engine_of(work.transaction).definition_of(work.transaction, case.definition_id)
    below = UnitOfWork(work.transaction, case, definition, person, work.now)
    _refuse_others(below, person)
    return below


def _refuse_others(work: UnitOfWork, person: int) -> None:
    if not decides(work.session, person, work.now.date()):
        raise NotAuthorised(phrase("Records are merged by officers of the house."))


def _refuse_unfit(work: UnitOfWork) -> None:
    """Refuse to take in under a programme that is itself kept, or proposed to come under another one.

    So no two of them can come under each other, and nobody waits for a lock in a ring.
    """
    if work.case.footing is Footing.KEPT:
        raise not_on(work.case.footing, Term(work.case.subject))
    if work.case.parent_id is not None:
        raise RoundClosed(
            phrase(
                "This programme is itself proposed to come under another one; nothing comes under it."
            )
        )


def _stands_under(work: UnitOfWork, parent: int | None) -> None:
    its = update(LifecycleCase).where(LifecycleCase.id == work.case.id)
    work.session.execute(its.values(parent_id=parent))


def _misfit(work: UnitOfWork, person: int, ref: str) -> Phrase | None:
    """What speaks against it; of a programme that the person may not know of, that there is none."""
    try:
        visible_case(work.session, ref, person, work.now)
    except NotFound:
        return none_such(ref)
    return misfit(work.session, work.case.id, ref)


def _number(session: Session, ref: str) -> int:
    return session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()


def _ref(session: Session, case_id: int | None) -> str:
    return session.scalar(select(LifecycleCase.ref).where(LifecycleCase.id == case_id)) or ""
