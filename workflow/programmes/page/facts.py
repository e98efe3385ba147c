"""The facts of a programme: who takes part, under which framework, for what money, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Label,
    String,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.permissions.participants import case_parties
from workflow.engine.permissions.visibility import known_among_many
from workflow.frameworks.models import Framework, FrameworkTerms
from workflow.frameworks.queries import years_of
from workflow.frameworks.under import under
from workflow.lifecycles.definition import Definition
from workflow.people.models import Party
from workflow.phrase import Phrase
from workflow.programmes.case_facts import TAKES_PART, by_name, case_facts
from workflow.programmes.knowledge.about import about
from workflow.programmes.meetings.origins import CameOf
from workflow.programmes.models import CaseOrigin, ImportedProgramme, Programme, ProgrammeGoal
from workflow.programmes.outline import MODALITIES, MODALITY
from workflow.reading import brought_along
from workflow.reference import reference
from workflow.vocabulary import Footing

Rows = Sequence[Any]
_CASE = bindparam("case_id", type_=Integer)
_MAY_KNOW = known_among_many(bindparam("person", type_=Integer), bindparam("today", type_=Date))
# Words that are the same for everybody stand in the statement itself: as parameters each would be sent with every page.
_NOTHING, _NO_NUMBER = literal_column("''", String), literal_column("0", Integer)


def _line(what: str) -> Label[str]:
    return literal_column(f"'{what}'", String).label("what")


# The cases beside it: the records that are kept under it, and for which it was begun.
_BESIDE = union_all(
    select(_line("record"), LifecycleCase.id.label("case_id"), _NOTHING.label("row")).where(
        LifecycleCase.parent_id == _CASE, LifecycleCase.footing == Footing.KEPT.value
    ),
    select(_line("origin"), CaseOrigin.origin_id, CaseOrigin.row).where(
        CaseOrigin.case_id == _CASE
    ),
).subquery("beside")
# What a programme has several of, each line with what it is: its areas, its goals, who takes part, and
# the cases beside it, each called to those alone who may know of it.
_LINES = union_all(
    select(
        _line("area"),
        CaseArea.area.label("called"),
        _NOTHING.label("name"),
        _NO_NUMBER.label("number"),
        *(_NOTHING.label(name) for name in ("iso3", "key", "kind")),
    ).where(CaseArea.case_id == _CASE),
    select(
        _line("goal"),
        ProgrammeGoal.scheme,
        _NOTHING,
        ProgrammeGoal.number,
        *(_NOTHING.label(name) for name in ("iso3", "key", "kind")),
    ).where(ProgrammeGoal.case_id == _CASE),
    select(
        _line("party"),
        CaseParty.capacity,
        Party.name,
        CaseParty.party_id,
        func.coalesce(Party.iso3, _NOTHING),
        *(Party.key, Party.kind),
    )
    .join(Party, Party.id == CaseParty.party_id)
    .where(CaseParty.case_id == _CASE),
    select(
        _BESIDE.c.what,
        case((_MAY_KNOW, LifecycleCase.ref), else_=_NOTHING),
        LifecycleCase.title,
        _NO_NUMBER,
        _NOTHING.label("iso3"),
        _BESIDE.c.row,
        _NOTHING.label("kind"),
    ).join(_BESIDE, _BESIDE.c.case_id == LifecycleCase.id),
).subquery()
_KNOWN = (
    select(
        *(
            Programme,
            Framework,
            ImportedProgramme,
            FrameworkTerms.starts_on,
            FrameworkTerms.ends_on,
        ),
        *_LINES.c,
    )
    .outerjoin(Framework, Framework.id == Programme.framework_id)
    .outerjoin(FrameworkTerms, FrameworkTerms.framework_id == Programme.framework_id)
    .outerjoin(ImportedProgramme, ImportedProgramme.case_id == Programme.case_id)
    .outerjoin(_LINES, true())
    .where(Programme.case_id == _CASE)
    .order_by(_LINES.c.what, _LINES.c.called, _LINES.c.name, _LINES.c.number)
)


_RECORD = aliased(LifecycleCase)
_INTO = (
    select(LifecycleCase.ref)
    .join(_RECORD, _RECORD.parent_id == LifecycleCase.id)
    .where(_RECORD.id == _CASE, _RECORD.footing == Footing.KEPT.value, _MAY_KNOW)
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

    `into` is the programme of the same effort that it is kept under, where the reader may know of that;
    `under` says how its framework is known, or why it is not.
    """

    key: str
    source: str
    confidence: str
    on: date
    status: str
    budget_note: str
    into: str
    under: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a programme that stands beside its course; `parties` by capacity.

    `records` are those of the same effort that are kept under it and that the reader may know of; there
    are `hidden` ones besides. `regions` says who of those who lead and benefit lies in which, and `came_of`
    for which commitment or match it was begun.
    """

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
    records: tuple[str, ...] = ()
    hidden: int = 0
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    came_of: CameOf | None = None


def facts(
    session: Session, definition: Definition, case_id: int, person: int, today: date
) -> Facts | None:
    """The facts of one programme as a person may know them; what others ask of it is known with them.

    None where a case is about none.
    """
    asked = {"case_id": case_id, "person": person, "today": today}
    rows = session.execute(_KNOWN, asked).all()
    if not rows:
        return None
    programme: Programme = rows[0][0]
    framework: Framework | None = rows[0][1]
    imported: ImportedProgramme | None = rows[0][2]
    parties = _parties(rows)
    known = by_name(rows[0].starts_on, rows[0].ends_on, rows, programme.budget_usd)
    brought_along(session, case_parties, parties, case_id)
    brought_along(session, case_facts, known, case_id)
    brought_along(session, about, _about(rows, programme.modality), case_id)
    return Facts(
        framework=_named(framework) if framework else "",
        modality=_modality(definition, programme.modality),
        areas=_areas(rows),
        sector=programme.sector,
        summary=programme.summary,
        parties={capacity: tuple(name for _, name in named) for capacity, named in parties.items()},
        executing_agency=programme.executing_agency,
        fund=programme.fund,
        budget=programme.budget_usd,
        goals=_goals(rows),
        starts=programme.starts,
        ends=programme.ends,
        imported=_imported(session, imported, (programme.budget_usd, framework), asked)
        if imported
        else None,
        records=tuple(sorted(filter(None, _records(rows)))),
        hidden=_records(rows).count(""),
        regions=_regions(rows),
        came_of=_came_of(rows),
    )


def _regions(rows: Sequence[Any]) -> Mapping[str, tuple[str, ...]]:
    """Who leads or benefits, by region."""
    return reference().by_region(
        (row.iso3, row.name)
        for row in rows
        if row.what == "party" and row.called in ("lead", "beneficiary")
    )


def _records(rows: Rows) -> list[str]:
    """The records kept under it; one that the reader may not know of is called nothing."""
    return [row.called for row in rows if row.what == "record"]


def _came_of(rows: Rows) -> CameOf | None:
    """For what it was begun; nothing where the reader may not know of that."""
    found = (row for row in rows if row.what == "origin" and row.called)
    return next((CameOf(row.called, row.name, row.key) for row in found), None)


def _named(framework: Framework) -> str:
    """The framework with its period: several are called the same."""
    return f"{framework.title} {years_of(framework.first_year, framework.last_year)}"


def _modality(definition: Definition, key: str) -> str:
    """The modality in the words of the form of the facts, or else in ours; an imported one may have its own."""
    written = definition.documents.get(definition.facts)
    fields = written.fields() if written else ()
    options = next((dict(field.options) for field in fields if field.key == MODALITY), {})
    return options.get(key, MODALITIES.get(key, key)).partition(":")[0]


def _areas(rows: Rows) -> tuple[str, ...]:
    known = reference().areas
    keys = [row.called for row in rows if row.what == "area"]
    return tuple(known[key].label if key in known else key for key in keys)


def _about(rows: Rows, modality: str) -> Mapping[str, tuple[str, ...]]:
    """What it is about, by keys."""
    goals = [f"{row.called}-{row.number}" for row in rows if row.what == "goal"]
    here = (row for row in rows if row.what == "party" and row.called == TAKES_PART)
    return {
        "areas": tuple(sorted(row.called for row in rows if row.what == "area")),
        "goals": tuple(sorted(goals)),
        "countries": tuple(sorted(row.iso3 for row in here if row.iso3)),
        "modality": (modality,) if modality else (),
    }


def _parties(rows: Rows) -> dict[str, tuple[tuple[int, str], ...]]:
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for row in rows:
        if row.what == "party":
            found[row.called] = (*found.get(row.called, ()), (row.number, row.name))
    return found


def _goals(rows: Rows) -> tuple[Goal, ...]:
    """The goals, those of the present set first."""
    titles = reference().goals
    goals = [(row.called, row.number) for row in rows if row.what == "goal"]
    return tuple(
        Goal(scheme, number, titles.get(scheme, {}).get(number, ""))
        for scheme, number in sorted(goals, key=lambda goal: goal[0], reverse=True)
    )


def _imported(
    session: Session,
    record: ImportedProgramme,
    stands: tuple[Decimal | None, Framework | None],
    asked: Mapping[str, Any],
) -> Imported:
    """Where it comes from; what the source notes about its budget is no note about another one."""
    of_source = record.row.get("budget_usd", "")
    budget, framework = stands
    of_it = under(record.row)
    into = session.connection().execute(_INTO, asked).scalar()
    return Imported(
        key=record.external_key,
        source=record.source,
        confidence=record.confidence,
        on=record.imported_on,
        status=record.row.get("status", ""),
        budget_note=record.row.get("budget_note", "")
        if budget == (Decimal(of_source) if of_source else None)
        else "",
        into=into or "",
        under=of_it.why if of_it.key == (framework.key if framework else "") else None,
    )
