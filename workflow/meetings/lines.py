"""The list of meetings: when and where each is, whom it brings together, and what came of what was committed to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, CaseParty, LifecycleCase, Round
from workflow.engine.permissions.visibility import knows_of
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import Definition, State
from workflow.meetings.became import BecameLine, became
from workflow.meetings.filters import MeetingFilters, found
from workflow.people.models import Party
from workflow.programmes.models import ListedMeeting
from workflow.vocabulary import PROPOSER, Stage

PORTION = 500
COMMITMENT = "commitment"


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """What somebody committed to, in a case of its own: whose it is, where it stands, and when that is due.

    `became` are the approaches and proposals begun for it, of which the reader may know.
    """

    ref: str
    title: str
    owner: str
    state: State
    due: datetime | None
    late: bool
    became: tuple[BecameLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting; `month` is how much of its day is known, such as 2003-11, where `starts_on` is not.

    `kind` and `region` are keys, the labels beside them are said as the lifecycle says them. Of `commitments`
    those stand here that the reader may know of.
    """

    ref: str
    title: str
    kind: str
    kind_label: str
    region_label: str
    place: str
    month: str
    starts_on: date | None
    ends_on: date | None
    framework: str
    invited: int
    came: int
    matches: int
    state: State
    due: datetime | None
    late: bool
    commitments: tuple[CommitmentLine, ...]


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """One page of the list; `next` is after which line it goes on, if there are more."""

    lines: tuple[MeetingLine, ...]
    filters: MeetingFilters
    next: str


def meetings(
    session: Session, engine: Engine, person: int, filters: MeetingFilters, now: datetime
) -> MeetingsPage:
    """A page of the meetings that somebody may know of and the filters leave, the latest first."""
    here = found(session, filters, person, now)
    return MeetingsPage(lines_of(session, engine, here.cases, person, now), filters, here.next)


def every_meeting(
    session: Session, engine: Engine, person: int, filters: MeetingFilters, now: datetime
) -> Iterator[MeetingLine]:
    """Every meeting that the filters leave, to be taken away."""
    after: str | None = filters.after
    while after is not None:
        here = found(session, replace(filters, after=after), person, now, PORTION)
        yield from lines_of(session, engine, here.cases, person, now)
        after = here.next or None


def lines_of(
    session: Session, engine: Engine, cases: Sequence[int], person: int, now: datetime
) -> tuple[MeetingLine, ...]:
    """These meetings in this order, whatever belongs to them read once for all of them."""
    if not cases:
        return ()
    rows = {row.case_id: row for row in session.execute(_rows(cases))}
    followed = _commitments(session, engine, cases, person, now)
    return tuple(
        _line(
            engine.definition(rows[each].definition_id, session), rows[each],
            followed.get(each, ()), now,
        )
        for each in cases
        if each in rows
    )  # fmt: skip


def _due(case_id: Any) -> Any:
    return (
        select(func.min(Round.due_at))
        .where(Round.case_id == case_id, Round.status == OPEN)
        .scalar_subquery()
        .label("due")
    )


def _rows(cases: Sequence[int]) -> Any:
    line = ListedMeeting
    return (
        select(
            line.__table__, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
            Framework.key.label("framework"), _due(line.case_id),
        )
        .join(LifecycleCase, LifecycleCase.id == line.case_id)
        .outerjoin(Framework, Framework.id == line.framework_id)
        .where(line.case_id.in_(cases))
    )  # fmt: skip


def _commitments(
    session: Session, engine: Engine, cases: Sequence[int], person: int, now: datetime
) -> Mapping[int, tuple[CommitmentLine, ...]]:
    child, case, owns = aliased(ChildCase), aliased(LifecycleCase), aliased(CaseParty)
    rows = session.execute(
        select(
            child.parent_id, child.case_id, case.ref, case.title, case.state, case.stage, case.definition_id,
            Party.name, _due(child.case_id),
        )
        .join(case, case.id == child.case_id)
        .join(owns, (owns.case_id == child.case_id) & (owns.capacity == PROPOSER))
        .join(Party, Party.id == owns.party_id)
        .where(child.parent_id.in_(cases), child.kind == COMMITMENT)
        .where(knows_of(child.case_id, person, now.date()))
        .order_by(child.parent_id, child.number)
    ).all()  # fmt: skip
    of_each = became(session, engine, [row.case_id for row in rows], person, now) if rows else {}
    found: dict[int, tuple[CommitmentLine, ...]] = {}
    for row in rows:
        state = engine.definition(row.definition_id, session).states[row.state]
        due = None if row.stage == Stage.END.value else row.due
        line = CommitmentLine(
            row.ref,
            row.title,
            row.name,
            state,
            due,
            due is not None and due < now,
            of_each.get((row.case_id, ""), ()),
        )
        found[row.parent_id] = (*found.get(row.parent_id, ()), line)
    return found


def _line(
    definition: Definition, row: Any, commitments: tuple[CommitmentLine, ...], now: datetime
) -> MeetingLine:
    year, month = divmod(row.on_key // 100, 100)
    due = None if row.ended else row.due
    return MeetingLine(
        ref=row.ref,
        title=row.title,
        kind=row.kind,
        kind_label=option(definition, "kind", row.kind),
        region_label=option(definition, "region", row.region),
        place=row.place,
        month=f"{year:04d}-{month:02d}" if month else f"{year:04d}",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        framework=row.framework or "",
        invited=row.invited,
        came=row.came,
        matches=row.matches,
        state=definition.states[row.state],
        due=due,
        late=due is not None and due < now,
        commitments=commitments,
    )


def option(definition: Definition, key: str, value: str) -> str:
    """A choice of the form of the meeting in its words."""
    fields = definition.documents[definition.facts].fields()
    options = next((dict(field.options) for field in fields if field.key == key), {})
    return options.get(value, value)
