"""What of all histories is asked for, as conditions on what events are found by."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.event_sight import READINGS
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import audits, known_to
from workflow.frameworks.models import Framework
from workflow.oversight.models import EventFacet
from workflow.programmes.models import Programme
from workflow.vocabulary import REGISTER, EventType

# What only auditors are told, or what a history alone can tell: whose draft it was, and whose reason.
IN_HISTORIES = [
    *(each.event_type.value for each in READINGS),
    EventType.INTEREST_DECLARED.value,
    EventType.DOCUMENT_FILED.value,
    EventType.ATTACHMENT_FILED.value,
    EventType.ATTACHMENT_REMOVED.value,
]
TO_EVERYBODY = [
    each.value
    for each in (
        EventType.CASE_OPENED,
        EventType.PROGRAMME_IMPORTED,
        EventType.IMPORT_REVISED,
        EventType.PROGRAMME_PLACED,
        EventType.RECORD_MERGER_PROPOSED,
        EventType.RECORD_MERGER_DECLINED,
        EventType.RECORD_MERGED,
        EventType.RECORD_SEPARATED,
        EventType.RECORD_TAKEN_IN,
        EventType.RECORD_LET_GO,
        EventType.SOURCE_ACCEPTED,
        EventType.SOURCE_DECLINED,
        EventType.STATE_ENTERED,
        EventType.FOOTING_CHANGED,
        EventType.PARTY_JOINED,
        EventType.PARTY_LEFT,
    )
]
Rows = Select[*tuple[Any, ...]]
Facets = type[EventFacet]
# Filters that say what a column is to be; marks that few events bear; what not every event has.
WORDS = {"role": "role", "party": "party", "verdict": "verdict", "kind": "type", "stage": "stage"}
MARKS = ("late", "overridden", "mandated")
SOME = ("role", "verdict")


@dataclass(frozen=True, slots=True)
class EventFilters:
    """What the events of all histories are narrowed to; empty means everything.

    `before` is where a page goes on from, as (time, event). `through` leaves out what was recorded
    later, so that a sample can be drawn again. `kinds` is for pages that show some kinds alone.
    """

    person: int | None = None
    role: str = ""
    party: str = ""
    verdict: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    late: bool = False
    overridden: bool = False
    mandated: bool = False
    stage: str = ""
    framework: str = ""
    ref: str = ""
    through: datetime | None = None
    before: tuple[datetime, int] | None = None
    kinds: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return replace(self, before=None, through=None, kinds=()) != EventFilters()


def allowed(
    session: Session, person: int, now: datetime, facet: Facets = EventFacet
) -> tuple[ColumnElement[bool], ...]:
    """The condition that the person may read an event; none for an auditor.

    Of what they take part in that is all but what its own history alone can tell, and of the rest
    where it stands and who takes part in it.
    """
    today = now.date()
    if audits(session, person, today):
        return ()
    inside = and_(takes_part(person, today), facet.type.not_in(IN_HISTORIES))
    known = select(LifecycleCase.id).where(
        LifecycleCase.id == facet.case_id,
        known_to(person, today),
        LifecycleCase.ref != REGISTER,
        or_(inside, facet.type.in_(TO_EVERYBODY)),
    )
    return (known.correlate_except(LifecycleCase).exists(),)


def conditions(filters: EventFilters, facet: Facets = EventFacet) -> list[ColumnElement[bool]]:
    """Everything asked for, but not where a page begins."""
    found: list[ColumnElement[bool]] = [
        getattr(facet, column) == getattr(filters, name)
        for name, column in WORDS.items()
        if getattr(filters, name)
    ]
    # The bare column, as on the index of those few: SQLite takes `late is 1` for something else.
    found += [literal_column(f"event_facet.{name}") for name in MARKS if getattr(filters, name)]
    # What the index of those that have one says as well.
    found += [
        getattr(facet, name) != literal_column("''") for name in SOME if getattr(filters, name)
    ]
    if filters.person is not None:
        found.append(or_(facet.person_id == filters.person, facet.principal_id == filters.person))
    if filters.kinds:
        # Written out, as on the index of those that tell of access.
        found.append(facet.type.in_([literal_column(f"'{kind}'") for kind in filters.kinds]))
    return [*found, *period(filters, facet), *_cases(filters, facet)]


def onward(filters: EventFilters, facet: Facets = EventFacet) -> list[ColumnElement[bool]]:
    """That an event comes after the last one of the page before, in a list with the newest first."""
    if filters.before is None:
        return []
    at, event = filters.before
    return [facet.at <= at, or_(facet.at < at, and_(facet.at == at, facet.event_id < event))]


def end_of(day: date) -> datetime:
    """The instant at which a day has passed, in UTC; the last day there is never passes."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def period(filters: EventFilters, facet: Facets = EventFacet) -> list[ColumnElement[bool]]:
    """Between which instants the events were recorded."""
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(facet.at >= datetime.combine(filters.since, time(), UTC))
    if filters.until:
        found.append(facet.at < end_of(filters.until))
    if filters.through:
        found.append(facet.at <= filters.through)
    return found


def _cases(filters: EventFilters, facet: Facets) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.framework:
        # The framework is looked up once, and of each programme only an index is asked.
        framework = select(Framework.id).where(Framework.key == filters.framework).scalar_subquery()
        of = select(Programme.case_id).where(
            Programme.case_id == facet.case_id, Programme.framework_id == framework
        )
        found.append(of.correlate_except(Programme).exists())
    if filters.ref:
        named = select(LifecycleCase.id).where(LifecycleCase.ref == filters.ref)
        found.append(facet.case_id.in_(named.correlate_except(LifecycleCase)))
    return found
