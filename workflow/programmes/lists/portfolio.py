"""The portfolio: every programme that a person may know of, filtered, sorted and counted."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import State
from workflow.people.models import Party
from workflow.programmes.lists.counts import FilterChoices, PortfolioCounts, choices, counts
from workflow.programmes.lists.filters import ProgrammeFilters, Rows, programmes
from workflow.programmes.lists.lookup import Place, every_key, keys, wanted
from workflow.programmes.lists.orders import ORDERS
from workflow.programmes.lists.sight import sight
from workflow.programmes.models import ImportedProgramme, Programme
from workflow.reference import reference
from workflow.vocabulary import Stage

PAGE = 25
PORTION = 500
# A page without a cursor is counted out from the first, as far as this.
FAR = 40


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme as a list shows it, with whose move it is.

    `regions` says who of those who lead and benefit lies in which; in several it is interregional.
    """

    ref: str
    title: str
    framework: str
    leads: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    areas: tuple[str, ...]
    stage: Stage
    state: State
    since: datetime
    imported: bool
    budget: Decimal | None
    moves: tuple[PendingRound, ...]
    regions: Mapping[str, tuple[str, ...]]

    @property
    def interregional(self) -> bool:
        """Whether those who lead and benefit lie in several regions."""
        return len(self.regions) > 1


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """One page of the portfolio.

    `counts` hold under every filter but that of the stage; `found` is none where there are more than
    are counted. `older` and `newer` are the filters of the pages next to this one.
    """

    lines: tuple[ProgrammeLine, ...]
    found: int | None
    counts: PortfolioCounts
    filters: ProgrammeFilters
    choices: FilterChoices
    older: ProgrammeFilters | None
    newer: ProgrammeFilters | None

    @property
    def pages(self) -> int | None:
        """How many pages there are, where that is known."""
        return None if self.found is None else -(-self.found // PAGE)


def portfolio(
    session: Session, engine: Engine, person: int, filters: ProgrammeFilters, now: datetime
) -> PortfolioPage:
    """The programmes that `person` may know of and the filters leave, a page of them."""
    looked, order = wanted(session, filters, now.date()), ORDERS[filters.known_sort]
    found_counts = counts(session, person, filters, looked, now)
    at = _place(filters)
    found = keys(session, sight(session, person, now), looked.conditions, order, at)
    further, shown = len(found) > PAGE, found[-PAGE:] if at.before else found[:PAGE]
    first = at.before is not None and not further
    here = replace(filters, page=1 if first else filters.page, after="", before="")
    older, newer = further or at.before is not None, not first and filters.page > 1
    return PortfolioPage(
        lines=lines_of(session, engine, person, [key[-1] for key in shown], now),
        found=_found(found_counts, filters),
        counts=found_counts,
        filters=here,
        choices=choices(session, person, now),
        older=_beside(here, 1, order.cursor(shown[-1])) if older and shown else None,
        newer=_beside(here, -1, order.cursor(shown[0]) if shown else "") if newer else None,
    )


def whole_portfolio(
    session: Session, engine: Engine, person: int, filters: ProgrammeFilters, now: datetime
) -> Iterator[ProgrammeLine]:
    """Every programme that the filters leave, in the order asked for, to be taken away."""
    of = sight(session, person, now)
    for portion in every_key(session, of, filters, now.date(), PORTION):
        yield from lines_of(session, engine, person, [key[-1] for key in portion], now)


def _place(filters: ProgrammeFilters) -> Place:
    """Where the page begins that the filters ask for; nonsense begins anew."""
    order = ORDERS[filters.known_sort]
    after, before = order.key(filters.after), order.key(filters.before)
    skipped = 0 if after or before else (min(filters.page, FAR) - 1) * PAGE
    return Place(PAGE + 1, after=after, before=None if after else before, skipped=skipped)


def _beside(here: ProgrammeFilters, step: int, cursor: str) -> ProgrammeFilters:
    """The filters of the page after this one, or of the one before it."""
    if step > 0:
        return replace(here, page=here.page + 1, after=cursor)
    return replace(here, page=here.page - 1, before=cursor)


def _found(counted: PortfolioCounts, filters: ProgrammeFilters) -> int | None:
    """How many there are on all pages."""
    if counted.more:
        return None
    stage = filters.known_stage
    return counted.stages.get(stage, 0) if stage else counted.total


def _columns(person: int, ids: Collection[int], now: datetime) -> Rows:
    statement: Rows = select(
        LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
        LifecycleCase.stage, LifecycleCase.entered_at, LifecycleCase.definition_id,
        Programme.budget_usd, Framework.title.label("framework"),
        ImportedProgramme.external_key,
    )  # fmt: skip
    return (
        programmes(statement, person, now)
        .outerjoin(Framework, Framework.id == Programme.framework_id)
        .outerjoin(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
        .where(LifecycleCase.id.in_(ids))
    )


def lines_of(
    session: Session, engine: Engine, person: int, ids: list[int], now: datetime
) -> tuple[ProgrammeLine, ...]:
    """The programmes with their parties, areas and open rounds, each read once for all of them.

    Whether the person may know of each is asked here again, of its case.
    """
    found = {row.id: row for row in session.execute(_columns(person, ids, now))}
    rows = [found[each] for each in ids if each in found]
    parties, areas, owed = (
        _parties(session, ids),
        _areas(session, ids),
        pending_rounds(session, engine, ids),
    )
    return tuple(
        ProgrammeLine(
            ref=row.ref,
            title=row.title,
            framework=row.framework or "",
            leads=tuple(name for _, name in parties.get((row.id, "lead"), ())),
            beneficiaries=tuple(name for _, name in parties.get((row.id, "beneficiary"), ())),
            areas=tuple(areas.get(row.id, ())),
            stage=Stage(row.stage),
            state=engine.definition(row.definition_id, session).states[row.state],
            since=row.entered_at,
            imported=row.external_key is not None,
            budget=row.budget_usd,
            moves=owed.get(row.id, ()),
            regions=reference().by_region(
                each
                for capacity in ("lead", "beneficiary")
                for each in parties.get((row.id, capacity), ())
            ),
        )
        for row in rows
    )


def _parties(
    session: Session, ids: Collection[int]
) -> dict[tuple[int, str], list[tuple[str | None, str]]]:
    rows = session.execute(
        select(CaseParty.case_id, CaseParty.capacity, Party.iso3, Party.name)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(ids), CaseParty.capacity.in_(("lead", "beneficiary")))
        .order_by(Party.name)
    )
    found: dict[tuple[int, str], list[tuple[str | None, str]]] = {}
    for case_id, capacity, iso3, name in rows:
        found.setdefault((case_id, capacity), []).append((iso3, name))
    return found


def _areas(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(CaseArea.case_id, CaseArea.area)
        .where(CaseArea.case_id.in_(ids))
        .order_by(CaseArea.area)
    )
    found: dict[int, list[str]] = {}
    for case_id, area in rows:
        found.setdefault(case_id, []).append(area)
    return found
