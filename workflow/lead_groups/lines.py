"""The list of lead groups: who leads together in which area, who convenes, and how many programmes they lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.frameworks.models import Framework
from workflow.lifecycles.definition import State
from workflow.people.models import Party
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.programmes.lead_groups.turns import CONVENOR, LEAD, SUBJECT
from workflow.programmes.models import Programme
from workflow.vocabulary import Stage

PAGE, PORTION = 25, 500


@dataclass(frozen=True, slots=True)
class GroupFilters:
    """Of which area, with which member by its three letters, under which framework; `after` which group, and ended ones as well."""

    area: str = ""
    country: str = ""
    framework: str = ""
    ended: bool = False
    after: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether fewer are asked for than there are."""
        return any((self.area, self.country, self.framework))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One lead group: its members by their three letters, the convenor among them, and how many programmes it leads."""

    id: int
    ref: str
    title: str
    area: str
    framework: str
    members: tuple[str, ...]
    convenor: str
    programmes: int
    state: State
    since: datetime


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One page of the list; `next` is after which group it goes on, if there are more."""

    lines: tuple[GroupLine, ...]
    filters: GroupFilters
    next: int


def lead_groups(
    session: Session,
    engine: Engine,
    person: int,
    filters: GroupFilters,
    now: datetime,
    most: int = PAGE,
) -> GroupPage:
    """The groups that somebody may know of and the filters leave, the newest first."""
    wanted = (
        select(LifecycleCase.id)
        .where(LifecycleCase.subject == SUBJECT, known_to(person, now.date()))
        .where(*_conditions(filters))
        .order_by(LifecycleCase.id.desc())
        .limit(most + 1)
    )
    found = session.scalars(wanted).all()
    further = found[most - 1] if len(found) > most else 0
    return GroupPage(lines_of(session, engine, found[:most]), filters, further)


def every_group(
    session: Session, engine: Engine, person: int, filters: GroupFilters, now: datetime
) -> Iterator[GroupLine]:
    """Every group that the filters leave, to be taken away."""
    while True:
        page = lead_groups(session, engine, person, filters, now, PORTION)
        yield from page.lines
        if not page.next:
            return
        filters = replace(filters, after=page.next)


def lines_of(session: Session, engine: Engine, cases: Sequence[int]) -> tuple[GroupLine, ...]:
    """These groups in this order, whatever belongs to them read once for all of them."""
    if not cases:
        return ()
    rows = {row.id: row for row in session.execute(_rows(cases))}
    lead, convene = (_countries(session, cases, part) for part in (LEAD, CONVENOR))
    led = _led(session, cases)
    return tuple(
        GroupLine(
            id=each,
            ref=row.ref,
            title=row.title,
            area=row.area or "",
            framework=row.framework or "",
            members=lead.get(each, ()),
            convenor=next(iter(convene.get(each, ())), ""),
            programmes=led.get(each, 0),
            state=engine.definition(row.definition_id or 0, session).states[row.state],
            since=row.entered_at,
        )
        for each in cases
        if (row := rows[each])
    )


def _conditions(filters: GroupFilters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if not filters.ended:
        asked.append(LifecycleCase.stage != Stage.END.value)
    if filters.after:
        asked.append(LifecycleCase.id < filters.after)
    if filters.area:
        of_area = select(CaseArea.case_id).where(CaseArea.area == filters.area)
        asked.append(LifecycleCase.id.in_(of_area))
    if filters.country:
        named = select(Party.id).where(Party.iso3 == filters.country.upper())
        with_it = select(CaseParty.case_id).where(
            CaseParty.capacity == LEAD, CaseParty.party_id.in_(named)
        )
        asked.append(LifecycleCase.id.in_(with_it))
    if filters.framework:
        under = (
            select(Programme.case_id)
            .join(Framework, Framework.id == Programme.framework_id)
            .where(Framework.key == filters.framework)
        )
        asked.append(LifecycleCase.id.in_(under))
    return asked


def _rows(cases: Sequence[int]) -> Any:
    return (
        select(
            LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
            LifecycleCase.state, LifecycleCase.entered_at, CaseArea.area,
            Framework.key.label("framework"),
        )
        .outerjoin(CaseArea, CaseArea.case_id == LifecycleCase.id)
        .outerjoin(Programme, Programme.case_id == LifecycleCase.id)
        .outerjoin(Framework, Framework.id == Programme.framework_id)
        .where(LifecycleCase.id.in_(cases))
    )  # fmt: skip


def _countries(
    session: Session, cases: Sequence[int], capacity: str
) -> Mapping[int, tuple[str, ...]]:
    rows = session.execute(
        select(CaseParty.case_id, Party.iso3)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(cases), CaseParty.capacity == capacity)
        .order_by(Party.name)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.case_id] = (*found.get(row.case_id, ()), row.iso3 or "")
    return found


def _led(session: Session, cases: Sequence[int]) -> Mapping[int, int]:
    rows = session.execute(
        select(LedProgramme.group_id, func.count().label("number"))
        .where(LedProgramme.group_id.in_(cases), LedProgramme.let_go_at.is_(None))
        .group_by(LedProgramme.group_id)
    )
    return {row.group_id: row.number for row in rows}
