"""The facts of a programme: who takes part, under which framework, for what money, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import CaseArea, LifecycleCase
from workflow.engine.permissions.participants import case_parties
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import Definition
from workflow.programmes.models import ImportedProgramme, Programme, ProgrammeGoal
from workflow.reference import reference

_ROW = (
    select(Programme, Framework, ImportedProgramme)
    .outerjoin(Framework, Framework.id == Programme.framework_id)
    .outerjoin(ImportedProgramme, ImportedProgramme.case_id == Programme.case_id)
    .where(Programme.case_id == bindparam("case_id"))
)
_AREAS = (
    select(CaseArea.area).where(CaseArea.case_id == bindparam("case_id")).order_by(CaseArea.area)
)
_GOALS = (
    select(ProgrammeGoal.scheme, ProgrammeGoal.number)
    .where(ProgrammeGoal.case_id == bindparam("case_id"))
    .order_by(ProgrammeGoal.scheme.desc(), ProgrammeGoal.number)
)


_PARENT = aliased(LifecycleCase)
_MERGED = (
    select(LifecycleCase.ref, (LifecycleCase.parent_id == bindparam("case_id")).label("below"))
    .outerjoin(_PARENT, _PARENT.parent_id == LifecycleCase.id)
    .where(or_(LifecycleCase.parent_id == bindparam("case_id"), _PARENT.id == bindparam("case_id")))
    .distinct()
    .order_by(LifecycleCase.ref)
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A development goal that a programme serves."""

    scheme: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Imported:
    """Where a programme that was begun elsewhere comes from.

    `into` is the record of the same effort that it stands under, `parts` are those under it.
    """

    key: str
    source: str
    confidence: str
    on: date
    status: str
    budget_note: str
    into: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a programme that stands beside its course; `parties` by capacity."""

    framework: str
    modality: str
    areas: tuple[str, ...]
    sector: str
    summary: str
    parties: Mapping[str, tuple[str, ...]]
    executing_agency: str
    fund: str
    budget: Decimal | None
    goals: tuple[Goal, ...]
    starts: str
    ends: str
    imported: Imported | None


def facts(session: Session, definition: Definition, case_id: int) -> Facts:
    """The facts of one programme."""
    found = session.execute(_ROW, {"case_id": case_id}).one()
    programme: Programme = found[0]
    framework: Framework | None = found[1]
    imported: ImportedProgramme | None = found[2]
    return Facts(
        framework=_named(framework) if framework else "",
        modality=_modality(definition, programme.modality),
        areas=_areas(session, case_id),
        sector=programme.sector,
        summary=programme.summary,
        parties=_parties(session, case_id),
        executing_agency=programme.executing_agency,
        fund=programme.fund,
        budget=programme.budget_usd,
        goals=_goals(session, case_id),
        starts=programme.starts,
        ends=programme.ends,
        imported=_imported(session, imported, programme.budget_usd) if imported else None,
    )


def _named(framework: Framework) -> str:
    """The framework with its period: several are called the same."""
    return f"{framework.title} {framework.first_year}–{framework.last_year}"


def _modality(definition: Definition, key: str) -> str:
    """The modality in the words of the proposal's form; an imported one may have its own."""
    proposal = definition.documents.get("proposal")
    fields = proposal.fields() if proposal else ()
    options = next((dict(field.options) for field in fields if field.key == "modality"), {})
    return options.get(key, key).partition(":")[0]


def _areas(session: Session, case_id: int) -> tuple[str, ...]:
    known = reference().areas
    keys = session.connection().scalars(_AREAS, {"case_id": case_id})
    return tuple(known[key].label if key in known else key for key in keys)


def _parties(session: Session, case_id: int) -> dict[str, tuple[str, ...]]:
    return {
        capacity: tuple(name for _, name in parties)
        for capacity, parties in case_parties(session, case_id).items()
    }


def _goals(session: Session, case_id: int) -> tuple[Goal, ...]:
    titles = reference().goals
    rows = session.connection().execute(_GOALS, {"case_id": case_id})
    return tuple(
        Goal(scheme, number, titles.get(scheme, {}).get(number, "")) for scheme, number in rows
    )


def _imported(session: Session, record: ImportedProgramme, budget: Decimal | None) -> Imported:
    """Where it comes from; what the source notes about its budget is no note about another one."""
    of_source = record.row.get("budget_usd", "")
    rows = session.connection().execute(_MERGED, {"case_id": record.case_id}).all()
    return Imported(
        key=record.external_key,
        source=record.source,
        confidence=record.confidence,
        on=record.imported_on,
        status=record.row.get("status", ""),
        budget_note=record.row.get("budget_note", "")
        if budget == (Decimal(of_source) if of_source else None)
        else "",
        into=next((row.ref for row in rows if not row.below), ""),
        parts=tuple(row.ref for row in rows if row.below),
    )
