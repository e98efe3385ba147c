"""The page on which an officer takes a record up: the source row, where it would live on, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow.engine.commands.take_up import RecordOnFile, unready
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.engine.permissions.check import not_on
from workflow.errors import NotAuthorised
from workflow.lifecycles.definition import Definition, Opens, RoundSpec, State
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.phrase import Phrase, Term, phrase
from workflow.programmes.adoption.papers import asked_for, writes_records
from workflow.programmes.documents.attachments import AttachedFile, attached
from workflow.programmes.models import ImportedProgramme
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class AdoptionStep:
    """A round to which a record may be put, and what is missing before."""

    key: str
    label: str
    rule: str
    lacks: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper that may be brought in, whether the state asks for it, and what was."""

    kind: DocumentKind
    asked: bool
    files: tuple[AttachedFile, ...]


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    """A record as its officer finds it; `row` is the source, column by column.

    `current` says that it follows the newest version of its lifecycle; placing sees to that.
    """

    case: VisibleCase
    row: Mapping[str, str]
    source: str
    imported_on: date
    states: tuple[State, ...]
    current: bool
    parties: Mapping[str, tuple[str, ...]]
    agencies: tuple[tuple[str, str], ...]
    donors: tuple[tuple[str, str], ...]
    papers: tuple[WantedPaper, ...]
    steps: tuple[AdoptionStep, ...]


def record_page(session: Session, engine: Engine, person: int, ref: str) -> AdoptionPage:
    """The record called `ref`; refuses whoever does not write records, and what is no record."""
    case = visible_case(session, engine, person, ref)
    if case.footing is not Footing.RECORD:
        raise not_on(case.footing, Term(engine.domain.subject))
    newest = engine.followed(case.definition.key, session)
    if not writes_records(session, newest, case.id, case.offices, case.today):
        raise NotAuthorised(phrase("Papers are brought in by whoever writes the record."))
    record = session.scalars(
        select(ImportedProgramme).where(ImportedProgramme.case_id == case.id)
    ).one()
    return AdoptionPage(
        case=case,
        row={column: str(cell) for column, cell in record.row.items() if cell},
        source=record.source,
        imported_on=record.imported_on,
        states=tuple(state for state in newest.states.values() if state.adoptable),
        current=case.definition.digest == newest.digest,
        parties=(parties := _parties(session, case.id)),
        agencies=_agencies(session),
        donors=_donors(session, parties.get("donor", ())),
        papers=_papers(session, case, newest),
        steps=tuple(_steps(session, case)),
    )


def _steps(session: Session, case: VisibleCase) -> tuple[AdoptionStep, ...]:
    """The rounds that put the record to others, with what is missing for each."""
    on_file = RecordOnFile(session, case.definition, case.id, case.state, case.today)
    return tuple(
        AdoptionStep(spec.key, spec.label, spec.rule.words, unready(on_file, spec))
        for spec in case.definition.rounds_in(case.state, Footing.RECORD)
        if _asks_others(spec)
    )


def _asks_others(spec: RoundSpec) -> bool:
    return spec.opens is Opens.ON_INITIATIVE and not spec.one_act


def _papers(session: Session, case: VisibleCase, newest: Definition) -> tuple[WantedPaper, ...]:
    kinds = asked_for(newest)
    files = attached(session, case, [kind.key for kind in kinds])
    brings = newest.states[case.state].brings if case.state in newest.states else ()
    return tuple(
        WantedPaper(kind, kind.key in brings, tuple(f for f in files if f.kind == kind.key))
        for kind in kinds
    )


def _parties(session: Session, case_id: int) -> Mapping[str, tuple[str, ...]]:
    """The keys of those who take part, by capacity."""
    rows = session.execute(
        select(CaseParty.capacity, Party.key)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == case_id)
        .order_by(CaseParty.capacity, Party.key)
    )
    found: dict[str, tuple[str, ...]] = {}
    for capacity, key in rows:
        found[capacity] = (*found.get(capacity, ()), key)
    return found


def _donors(session: Session, here: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Who gives beside countries: parties entered as such, and those that the record names."""
    gives = or_(Party.gives, Party.key.in_(here))
    able = select(Party.key, Party.name).where(gives, Party.kind != "country").order_by(Party.name)
    return tuple((row.key, row.name) for row in session.execute(able))


def _agencies(session: Session) -> tuple[tuple[str, str], ...]:
    able = select(Party.key, Party.name).where(Party.executes).order_by(Party.name)
    return tuple((row.key, row.name) for row in session.execute(able))
