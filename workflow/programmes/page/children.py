"""The cases under a programme, by their kinds, and the case that one of them stands under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, distinct, func, literal, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.cases.beginnings import LONGEST_REF
from workflow.engine.children.expected import ExpectedCase, expected
from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition, State
from workflow.lifecycles.parentage.waits import opening_states
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.vocabulary import BELOW


@dataclass(frozen=True, slots=True)
class ChildLine:
    """One case under another one: how it stands since when, for whom or for when it is, when it is due.

    Under it so many cases are `late`, such as the milestones of a work plan.
    """

    ref: str
    title: str
    lifecycle: Definition
    state: State
    since: datetime
    party: str
    period_from: date | None
    period_to: date | None
    due_on: date | None
    late: int = 0


@dataclass(frozen=True, slots=True)
class ChildrenOfKind:
    """The cases of one kind that the person may know of, and how many there are besides.

    One that is `gone` is no kind of the version that the case follows now. What its schedule opens next
    is `expected`.
    """

    key: str
    label: str
    meaning: str
    lines: tuple[ChildLine, ...]
    hidden: int
    gone: bool = False
    expected: ExpectedCase | None = None

    @property
    def begun(self) -> bool:
        """Whether there is one, or it is known when the next one opens."""
        return bool(self.lines or self.hidden or self.expected)


@dataclass(frozen=True, slots=True)
class PartOf:
    """The case that another one stands under; `known` says whether the person may know of it."""

    ref: str
    title: str
    known: bool


def children(
    session: Session,
    engine: Engine,
    case: tuple[int, Definition, str],
    person: int | None,
    now: datetime,
) -> tuple[ChildrenOfKind, ...]:
    """The cases under one, by kind in the order of its lifecycle; nobody in particular is told of all.

    A kind of which there is none stands there where one can open in the state that the case is in.
    """
    case_id, definition, state = case
    rows = session.execute(_below(case_id, person, now.date())).all()
    kinds = dict.fromkeys((*definition.children, *(row.kind for row in rows)))
    late = _late_below(session, engine, rows, person, now)
    found = (
        _of_kind(session, engine, definition, key, [row for row in rows if row.kind == key], late)
        for key in kinds
    )
    scheduled = any(kind.recurrence for kind in definition.children.values())
    coming = {each.kind: each for each in expected(session, case_id)} if scheduled else {}
    told = (replace(each, expected=coming.get(each.key)) for each in found)
    return tuple(each for each in told if each.begun or _can_open(definition, each.key, state))


def _can_open(definition: Definition, key: str, state: str) -> bool:
    kind = definition.children[key]
    return state in opening_states(definition, kind)


def children_of(session: Session, engine: Engine, ref: str) -> tuple[ChildrenOfKind, ...]:
    """All cases under the one called `ref`; refuses a reference that is none."""
    asked = select(LifecycleCase).where(LifecycleCase.ref == ref)
    case = session.scalars(asked.where(LifecycleCase.definition_id.is_not(None))).one_or_none()
    if case is None:
        raise NotFound(phrase("There is no case %(ref)s.", ref=ref))
    definition = engine.definition(case.definition_id or 0, session)
    return children(session, engine, (case.id, definition, case.state), None, engine.now())


def _below(case_id: int, person: int | None, today: date) -> Select[*tuple[Any, ...]]:
    known = literal(True) if person is None else known_to(person, today)  # noqa: FBT003
    return (
        select(
            *(ChildCase.kind, ChildCase.period_from, ChildCase.period_to, ChildCase.due_on),
            *(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state),
            *(LifecycleCase.entered_at, LifecycleCase.definition_id, Party.name.label("party")),
            known.label("known"),
        )
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .outerjoin(Party, Party.id == ChildCase.party_id)
        .where(ChildCase.parent_id == case_id)
        .order_by(ChildCase.number)
    )


def _late_below(
    session: Session, engine: Engine, rows: Sequence[Any], person: int | None, now: datetime
) -> Mapping[int, int]:
    """How many cases under each of these are late that the person may know of; asked of those that can have some."""
    having = [
        row.id
        for row in rows
        if row.known and engine.definition(row.definition_id, session).children
    ]
    if not having:
        return {}
    known = literal(True) if person is None else known_to(person, now.date())  # noqa: FBT003
    # Who may know of a case is asked of rounds as well.
    open_round = aliased(Round)
    counted = (
        select(ChildCase.parent_id, func.count(distinct(ChildCase.case_id)).label("late"))
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .join(open_round, open_round.case_id == ChildCase.case_id)
        .where(ChildCase.parent_id.in_(having), known)
        .where(open_round.status == OPEN, open_round.due_at <= now)
        .group_by(ChildCase.parent_id)
    )
    return {row.parent_id: row.late for row in session.execute(counted)}


def _of_kind(
    session: Session,
    engine: Engine,
    definition: Definition,
    key: str,
    rows: Sequence[Any],
    late: Mapping[int, int],
) -> ChildrenOfKind:
    kind = definition.children.get(key)
    shown = [row for row in rows if row.known]
    return ChildrenOfKind(
        key=key,
        label=kind.label if kind else key.replace("_", " ").capitalize(),
        meaning=kind.meaning if kind else "",
        lines=tuple(
            _line(engine.definition(row.definition_id, session), row, late.get(row.id, 0))
            for row in shown
        ),
        hidden=len(rows) - len(shown),
        gone=kind is None,
    )


def _line(definition: Definition, row: Any, late: int) -> ChildLine:
    return ChildLine(
        ref=row.ref,
        title=row.title,
        lifecycle=definition,
        state=definition.states[row.state],
        since=row.entered_at,
        party=row.party or "",
        period_from=row.period_from,
        period_to=row.period_to,
        due_on=row.due_on,
        late=late,
    )


def part_of(session: Session, ref: str, person: int, now: datetime) -> PartOf | None:
    """The case that the one called `ref` stands under; its reference alone says that there is none."""
    if BELOW not in ref:
        return None
    child = aliased(LifecycleCase)
    above = (
        select(LifecycleCase.ref, LifecycleCase.title, known_to(person, now.date()).label("known"))
        .join(ChildCase, ChildCase.parent_id == LifecycleCase.id)
        .join(child, child.id == ChildCase.case_id)
        .where(child.ref == ref)
    )
    found = session.execute(above).one_or_none()
    return None if found is None else PartOf(found.ref, found.title, bool(found.known))


def named_below(session: Session, text: str, person: int, now: datetime) -> tuple[str, str] | None:
    """The reference and title of the case under another one that is looked for by its reference.

    Nothing where the text is no such reference, or of a case that the person may not know of.
    """
    ref = text.strip().upper()
    if BELOW not in ref or len(ref) > LONGEST_REF or not ref.isprintable():
        return None
    found = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title)
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(LifecycleCase.ref == ref, known_to(person, now.date()))
    ).one_or_none()
    return None if found is None else (found.ref, found.title)
