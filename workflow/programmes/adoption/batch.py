"""Records of elsewhere in a list: narrowed down, looked at beforehand, and acted on one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.commands.take_up import RecordOnFile, unready
from workflow.engine.engine import Engine
from workflow.engine.models import END, LifecycleCase
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotFound, Refusal
from workflow.lifecycles.definition import State
from workflow.phrase import Phrase, phrase
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.adoption.confirmations import Confirmation, confirmations
from workflow.programmes.adoption.merger import BEING_CONFIRMED, MergeRecord, propose
from workflow.programmes.adoption.one_effort_rules import misfit
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.search.key import fold
from workflow.vocabulary import Footing

MOST = 200
ADOPTION, RECORD_ONLY, KEEP, MERGE = "adoption", "record_only", "keep", "merge"


@dataclass(frozen=True, slots=True)
class RecordFilters:
    """What a list of records is narrowed to; empty means everything that may be taken up."""

    state: str = ""
    fund: str = ""
    text: str = ""
    footing: Footing = Footing.RECORD


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record in the list."""

    ref: str
    title: str
    state: State
    version: int
    fund: str
    agency: str
    confidence: str
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What an act would meet on one record: nothing, or what is missing or refused."""

    line: RecordLine
    lacks: tuple[Phrase, ...]


def records(
    session: Session, engine: Engine, filters: RecordFilters, refs: Sequence[str] = ()
) -> tuple[RecordLine, ...]:
    """The records that have not ended, by reference; of `refs` alone where some are named."""
    rows = session.execute(listed(filters, refs)).all()
    asked = confirmations(session, [row.ref for row in rows]) if rows else {}
    return tuple(
        RecordLine(
            ref=row.ref,
            title=row.title,
            state=engine.definition(row.definition_id, session).states[row.state],
            version=row.version,
            fund=row.fund,
            agency=row.executing_agency,
            confidence=row.confidence,
            confirmation=asked.get(row.ref),
        )
        for row in rows
    )


def listed(filters: RecordFilters, refs: Sequence[str]) -> Select[*tuple[object, ...]]:
    """What asks for the first records in the order of their references."""
    asked = (
        select(
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state, LifecycleCase.version,
            LifecycleCase.definition_id, Programme.fund, Programme.executing_agency,
            ImportedProgramme.confidence,
        )
        .join(Programme, Programme.case_id == LifecycleCase.id)
        .join(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
        .where(
            LifecycleCase.footing == filters.footing.value,
            LifecycleCase.stage != END,
        )
        .order_by(LifecycleCase.ref)
        .limit(MOST)
    )  # fmt: skip
    if refs:
        asked = asked.where(LifecycleCase.ref.in_(refs))
    if filters.state:
        asked = asked.where(LifecycleCase.state == filters.state)
    if filters.fund:
        asked = asked.where(Programme.fund == filters.fund)
    if filters.text:
        asked = asked.where(Programme.search_text.contains(fold(filters.text), autoescape=True))
    return asked


def look(
    session: Session, engine: Engine, refs: Sequence[str], act: str, into: str = ""
) -> tuple[Looked, ...]:
    """What the act would meet on each of these records; nothing is written.

    `into` is the record that those which are merged would stand under.
    """
    return tuple(
        Looked(line, _lacks(session, engine, line, act, into))
        for line in records(session, engine, RecordFilters(), refs)
    )


def _lacks(
    session: Session, engine: Engine, line: RecordLine, act: str, into: str
) -> tuple[Phrase, ...]:
    case = session.execute(
        select(LifecycleCase.id, LifecycleCase.definition_id).where(LifecycleCase.ref == line.ref)
    ).one()
    definition = engine.definition(case.definition_id or 0, session)
    if act == MERGE:
        wrong = misfit(session, case.id, into)
        said = BEING_CONFIRMED if line.confirmation else wrong
        return () if said is None else (said,)
    spec = definition.rounds.get(act)
    if spec is None or not spec.possible(line.state.key, Footing.RECORD):
        return (phrase("place it first: this is not possible where it stands"),)
    if spec.one_act:
        return ()
    on_file = RecordOnFile(session, definition, case.id, line.state.key, engine.now().date())
    return unready(on_file, spec)


def carry_out(
    engine: Engine, person: int, line: RecordLine, act: str, reason: str, *, into: str = ""
) -> Phrase | None:
    """Do the act on one record; what keeps it from being done is returned, and then nothing was."""
    key = new_key()
    try:
        if act == RECORD_ONLY:
            decision = Decision(line.ref, act, KEEP, line.version, key, reason=reason)
            commands.sign(engine, person, decision)
        elif act == ADOPTION:
            command = OpenRound(line.ref, act, reason, line.version, key)
            commands.initiate(engine, person, command)
        elif act == MERGE:
            propose(engine, person, MergeRecord(line.ref, into, line.version, key, reason))
        else:
            raise NotFound(phrase("There is no such act on records."))
    except Invalid as refusal:
        return next(iter(refusal.faults.values()), refusal.said)
    except Refusal as refusal:
        return refusal.said
    return None
