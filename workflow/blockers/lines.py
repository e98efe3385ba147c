"""Blockers by age: each with its programme, its owner, with whom it is since when, and where it goes up."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.blockers.ahead import GoesUp, goes_up
from workflow.blockers.filters import BlockerFilters, looked
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, CaseParty, LifecycleCase, Round
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.definition import Definition, State
from workflow.people.models import Party
from workflow.programmes.case_facts import by_name
from workflow.programmes.models import ListedBlocker

PORTION = 500


@dataclass(frozen=True, slots=True)
class BlockerLine:
    """One blocker: what is blocked since when under which programme, who owns it, and with whom it is.

    `days` is its age, 0 where it is to block later. Where time takes it up by itself, `up` says when
    and to whom.
    """

    ref: str
    blocked: str
    risk: bool
    category: str
    since: date
    days: int
    programme: str
    title: str
    owner: str
    owner_id: int | None
    state: State
    entered_at: datetime
    up: GoesUp | None


@dataclass(frozen=True, slots=True)
class BlockerPage:
    """One page of blockers; `next` is after which line it goes on, if there is more to look at."""

    lines: tuple[BlockerLine, ...]
    filters: BlockerFilters
    next: str


def blockers(
    session: Session, engine: Engine, person: int | None, filters: BlockerFilters, now: datetime
) -> BlockerPage:
    """A page of the blockers that `person` may know of and the filters leave, the oldest first."""
    found = looked(session, filters, person, now)
    return BlockerPage(lines_of(session, engine, found.cases, now), filters, found.next)


def every_blocker(
    session: Session, engine: Engine, person: int | None, filters: BlockerFilters, now: datetime
) -> Iterator[BlockerLine]:
    """Every blocker that the filters leave, the oldest first, to be taken away."""
    at: str | None = filters.after
    while at is not None:
        here = BlockerFilters(**{**_asked(filters), "after": at})
        found = looked(session, here, person, now, PORTION)
        yield from lines_of(session, engine, found.cases, now)
        at = found.next or None


def lines_of(
    session: Session, engine: Engine, cases: Sequence[int], now: datetime
) -> tuple[BlockerLine, ...]:
    """These blockers in this order, whatever belongs to them read once for all of them."""
    if not cases:
        return ()
    rows: dict[int, Any] = {}
    due: dict[int, dict[str, datetime]] = {}
    for row in session.execute(_rows(cases)):
        rows[row.case_id] = row
        if row.due_at is not None:
            due.setdefault(row.case_id, {})[row.round] = row.due_at
    parties = _parties(session, cases)
    return tuple(
        _line(
            engine.definition(rows[each].definition_id, session),
            rows[each], parties.get(each, ()), due.get(each, {}), now,
        )
        for each in cases
    )  # fmt: skip


def going_up(
    session: Session, engine: Engine, cases: Collection[int], now: datetime
) -> Mapping[str, GoesUp]:
    """Where the blockers among these cases go up by age, by their references; of others nothing is said."""
    if not cases:
        return {}
    listed = select(ListedBlocker.case_id).where(ListedBlocker.case_id.in_(cases))
    lines = lines_of(session, engine, session.scalars(listed).all(), now)
    return {line.ref: line.up for line in lines if line.up is not None}


def _asked(filters: BlockerFilters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in BlockerFilters.__slots__}


def _rows(cases: Sequence[int]) -> Any:
    """What is told of each, once for every open round of it that has an end."""
    above = aliased(LifecycleCase)
    timed = (Round.status == OPEN) & Round.due_at.is_not(None)
    return (
        select(
            ListedBlocker.__table__,
            LifecycleCase.ref, LifecycleCase.definition_id,
            above.ref.label("programme"), above.title.label("title"), Party.name.label("owner"),
            Round.key.label("round"), Round.due_at,
        )
        .join(LifecycleCase, LifecycleCase.id == ListedBlocker.case_id)
        .join(above, above.id == ListedBlocker.programme_id)
        .outerjoin(Party, Party.id == ListedBlocker.owner_id)
        .outerjoin(Round, (Round.case_id == ListedBlocker.case_id) & timed)
        .where(ListedBlocker.case_id.in_(cases))
    )  # fmt: skip


def _parties(session: Session, cases: Sequence[int]) -> Mapping[int, tuple[Any, ...]]:
    """Who takes part in each, by capacity and name."""
    rows = session.execute(
        select(
            CaseParty.case_id, CaseParty.capacity.label("called"), Party.key, Party.iso3,
            Party.kind, Party.name,
        )
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(cases))
        .order_by(CaseParty.case_id, CaseParty.capacity, Party.name)
    )  # fmt: skip
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        found[row.case_id] = (*found.get(row.case_id, ()), row)
    return found


def _line(
    definition: Definition,
    row: Any,
    taking: Sequence[Any],
    due: Mapping[str, datetime],
    now: datetime,
) -> BlockerLine:
    named: dict[str, tuple[str, ...]] = {}
    for each in taking:
        named[each.called] = (*named.get(each.called, ()), each.name)
    said_by_it = {name: getattr(row, name) for name in ("sort", "category", "decides")}
    known = KnownValues(
        {},
        {definition.facts: said_by_it},
        by_name(None, None, taking),
    )
    return BlockerLine(
        ref=row.ref,
        blocked=row.blocked,
        risk=row.sort == "risk",
        category=_called(definition, "category", row.category),
        since=row.since,
        days=max((now.date() - row.since).days, 0),
        programme=row.programme,
        title=row.title,
        owner=row.owner or "",
        owner_id=row.owner_id,
        state=definition.states[row.state],
        entered_at=row.entered_at,
        up=None if row.ended else goes_up(definition, row.state, due, known, named),
    )


def _called(definition: Definition, key: str, value: str) -> str:
    """A choice of the form of the facts in its words."""
    fields = definition.documents[definition.facts].fields()
    options = next((dict(field.options) for field in fields if field.key == key), {})
    return options.get(value, value)
