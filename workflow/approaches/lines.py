"""The register of approaches: whom the office asked about what, when and how, and what each answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.approaches.filters import ApproachFilters, found
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import Definition, State
from workflow.people.models import Party, Person
from workflow.programmes.approaches.lines import WAITING
from workflow.programmes.models import ListedApproach

PORTION = 500


@dataclass(frozen=True, slots=True)
class ApproachLine:
    """One approach: whom it asks about what, who asked when through which channel, and what was answered.

    `days` is how long the country owes an answer, where it does, and `due` when that is late. `channel` and
    `answer` are keys; `channel_label` is said as the lifecycle says it.
    """

    ref: str
    title: str
    iso3: str
    country: str
    area: str
    framework: str
    asker: str
    asked_on: date
    channel: str
    state: State
    answer: str
    answered_on: date | None
    valid_until: date | None
    again_on: date | None
    waits: bool
    days: int
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class ApproachPage:
    """One page of the register; `next` is after which line it goes on, if there are more."""

    lines: tuple[ApproachLine, ...]
    filters: ApproachFilters
    next: str


def approaches(
    session: Session, engine: Engine, person: int | None, filters: ApproachFilters, now: datetime
) -> ApproachPage:
    """A page of the approaches that somebody may know of and the filters leave, the newest first."""
    here = found(session, filters, person, now)
    return ApproachPage(lines_of(session, engine, here.cases, now), filters, here.next)


def every_approach(
    session: Session, engine: Engine, person: int | None, filters: ApproachFilters, now: datetime
) -> Iterator[ApproachLine]:
    """Every approach that the filters leave, to be taken away."""
    after: str | None = filters.after
    while after is not None:
        here = found(session, replace(filters, after=after), person, now, PORTION)
        yield from lines_of(session, engine, here.cases, now)
        after = here.next or None


def lines_of(
    session: Session, engine: Engine, cases: Sequence[int], now: datetime
) -> tuple[ApproachLine, ...]:
    """These approaches in this order, whatever belongs to them read once for all of them."""
    if not cases:
        return ()
    rows = {row.case_id: row for row in session.execute(_rows(cases))}
    return tuple(
        _line(engine.definition(rows[each].definition_id, session), rows[each], now)
        for each in cases
        if each in rows
    )


def _rows(cases: Sequence[int]) -> Any:
    line = ListedApproach
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == line.case_id, Round.status == OPEN)
        .scalar_subquery()
    )
    return (
        select(
            line.__table__, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
            Party.iso3, Party.name.label("country"), Person.name.label("asker"),
            Framework.key.label("framework"), due.label("due"),
        )
        .join(LifecycleCase, LifecycleCase.id == line.case_id)
        .join(Party, Party.id == line.party_id)
        .join(Person, Person.id == line.asker_id)
        .outerjoin(Framework, Framework.id == line.framework_id)
        .where(line.case_id.in_(cases))
    )  # fmt: skip


def _line(definition: Definition, row: Any, now: datetime) -> ApproachLine:
    waits = row.state in WAITING
    due = row.due if waits else None
    return ApproachLine(
        ref=row.ref,
        title=row.title,
        iso3=row.iso3 or "",
        country=row.country,
        area=row.area,
        framework=row.framework or "",
        asker=row.asker,
        asked_on=row.asked_on,
        channel=_option(definition, "channel", row.channel),
        state=definition.states[row.state],
        answer=row.answer,
        answered_on=row.answered_on,
        valid_until=row.valid_until,
        again_on=row.again_on,
        waits=waits,
        days=max((now - row.entered_at).days, 0) if waits else 0,
        due=due,
        late=due is not None and due < now,
    )


def _option(definition: Definition, key: str, value: str) -> str:
    """A choice of the form of the approach in its words."""
    fields = definition.documents[definition.facts].fields()
    options = next((dict(field.options) for field in fields if field.key == key), {})
    return options.get(value, value)
