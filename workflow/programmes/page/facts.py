"""The facts of a programme: who takes part, under which framework, for what money, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.permissions.participants import case_parties
from workflow.frameworks.models import Framework
from workflow.frameworks.queries import years_of
from workflow.frameworks.under import under
from workflow.lifecycles.definition import Definition
from workflow.phrase import Phrase
from workflow.programmes.case_facts import TAKES_PART, by_name, case_facts
from workflow.programmes.knowledge.about import about
from workflow.programmes.meetings.origins import CameOf
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.programmes.outline import MODALITIES, MODALITY
from workflow.programmes.page.fact_lines import INTO, KNOWN
from workflow.reading import brought_along
from workflow.reference import reference

Rows = Sequence[Any]


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
    rows = session.execute(KNOWN, asked).all()
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
    into = session.connection().execute(INTO, asked).scalar()
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
