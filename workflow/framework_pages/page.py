"""One framework or fund whole, as one person may know of it, in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.framework_pages.areas import AreaRow, area_rows, areas_counted, waiting_in
from workflow.framework_pages.course import CourseOfFramework, course
from workflow.framework_pages.envelope import AdoptedEnvelope, EnvelopeTable, envelope
from workflow.framework_pages.needs import Needs, needs
from workflow.frameworks.envelopes import parts_of, reasons
from workflow.frameworks.queries import FrameworkPage, framework_called, framework_page
from workflow.frameworks.terms import Terms
from workflow.frameworks.terms_page import terms_of
from workflow.history.filters import HistoryFilters
from workflow.history.line import Line
from workflow.history.reader import history_page
from workflow.people.queries import PivotalCountry, pivotal_countries
from workflow.programmes.lists.counts import stages_by_framework
from workflow.vocabulary import Stage

# So many events of its history stand on the page.
NEWEST = 4
DOLLARS = "USD"


@dataclass(frozen=True, slots=True)
class FrameworkSpine:
    """A framework with everything that hangs on it.

    `counts` are its programmes by stage, each once; an area counts a programme of several in each.
    `lines` are the newest of `events` in its own history, of whoever may read them.
    """

    page: FrameworkPage
    terms: Terms
    course: CourseOfFramework
    areas: tuple[AreaRow, ...]
    counts: Mapping[Stage, int]
    needs: Needs
    envelope: EnvelopeTable
    countries: tuple[PivotalCountry, ...]
    lines: tuple[Line, ...]
    events: int

    @property
    def total(self) -> int:
        """How many programmes it has."""
        return sum(self.counts.values())

    @property
    def leading(self) -> int:
        """How many countries lead in one of its areas."""
        return len({lead.iso3 for row in self.areas for lead in row.leads})

    @property
    def leaderless(self) -> tuple[AreaRow, ...]:
        """The areas that it names and in which nobody leads, while it lasts."""
        return tuple(row for row in self.areas if row.of_framework and not row.leads)


def spine(session: Session, engine: Engine, person: int, key: str, now: datetime) -> FrameworkSpine:
    """The framework called `key`; refuses a key that belongs to none."""
    page = framework_page(session, key)
    row, (_, terms) = framework_called(session, key), terms_of(session, key)
    countries = pivotal_countries(session, now.date())
    waiting = needs(session, engine, row.id, person, now)
    of = course(session, engine, person, key, terms, now)
    counted = areas_counted(session, row.id, person, now)
    asked = waiting_in(session, engine, key, person, now)
    lines, events = _history(session, engine, person, of.ref, now)
    return FrameworkSpine(
        page=page,
        terms=terms,
        course=of,
        areas=area_rows(page.line.areas, counted, asked, countries, waiting),
        counts=stages_by_framework(session, person, now).get(key, {}),
        needs=waiting,
        envelope=envelope(session, _adopted(session, row.id, page, terms), person, now),
        countries=countries,
        lines=lines,
        events=events,
    )


def _adopted(
    session: Session, framework: int, page: FrameworkPage, terms: Terms
) -> AdoptedEnvelope:
    """What was adopted of it; of the whole only what is in dollars can be compared."""
    whole = terms.envelope if terms.currency == DOLLARS else None
    parts = parts_of(session, framework)
    why = reasons(session, page.line.key) if parts else {}
    return AdoptedEnvelope(framework, page.line.areas, whole, parts, why)


def _history(
    session: Session, engine: Engine, person: int, ref: str, now: datetime
) -> tuple[tuple[Line, ...], int]:
    """The newest lines of its own history, and how many events there are; none where it has no case."""
    if not ref:
        return (), 0
    found = history_page(session, engine, ref, person=person, now=now, filters=HistoryFilters())
    return found.lines[:NEWEST], found.total
