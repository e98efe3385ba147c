"""The closing queue by age: what has ended operationally and is not closed, with what each waits for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.checklists.computed import checklists
from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.engine.permissions.reach import takes_part
from workflow.engine.permissions.visibility import audited, known_to
from workflow.ledger.duties import keeps_books
from workflow.ledger.models import MoneyMovement, WaitingMovement
from workflow.lifecycles.children.checklist import CheckedLine, LineStanding
from workflow.lifecycles.definition import Definition, State
from workflow.programmes.knowledge.models import ListedLesson
from workflow.programmes.lists.models import ClosingProgramme
from workflow.programmes.lists.orders import Order
from workflow.vocabulary import Footing, Stage

PAGE, PORTION = 25, 200
OLDEST = Order((ClosingProgramme.ended_at, ClosingProgramme.case_id))


@dataclass(frozen=True, slots=True)
class OpenBelow:
    """So many cases of one kind that are open under a programme."""

    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """A programme that is not closed, since when its activities have ended, and what it waits for.

    `moves` are its open rounds with whose answer each lacks, `below` the reports, actions and other
    cases that are open under it, `uncertified` how many movements of money wait to be certified, and
    `checklist` that of the rounds that close it: both told to those who take part, and to whoever keeps
    the books.
    """

    ref: str
    title: str
    state: State
    ended_at: datetime
    days: int
    moves: tuple[PendingRound, ...]
    below: tuple[OpenBelow, ...]
    uncertified: int
    checklist: tuple[CheckedLine, ...] = ()

    @property
    def left(self) -> tuple[CheckedLine, ...]:
        """The lines of the checklist that are open."""
        return tuple(each for each in self.checklist if each.standing is LineStanding.OPEN)


@dataclass(frozen=True, slots=True)
class ClosingQueue:
    """One page of the queue; `next` is after which line it goes on, if there is more to look at."""

    lines: tuple[ClosingLine, ...]
    next: str


def closing_queue(
    session: Session,
    engine: Engine,
    person: int | None,
    after: str,
    now: datetime,
    most: int = PAGE,
) -> ClosingQueue:
    """Those that a person may know of, the oldest first, from a line on; all of them where nobody is named."""
    line, case = ClosingProgramme, LifecycleCase
    wanted = (
        select(line.case_id, line.ended_at, case.ref, case.title, case.state, case.definition_id)
        .join(case, case.id == line.case_id)
        .where(case.footing == Footing.MANAGED.value)
        .order_by(line.ended_at, line.case_id)
        .limit(most + 1)
    )
    if person is not None:
        wanted = wanted.where(known_to(person, now.date()))
    if (place := OLDEST.key(after)) is not None:
        wanted = wanted.where(OLDEST.beyond(place, backwards=False))
    rows = session.execute(wanted).all()
    shown = rows[:most]
    more = len(rows) > most
    return ClosingQueue(
        _lines(session, engine, shown, (person, now)),
        OLDEST.cursor((shown[-1].ended_at, shown[-1].case_id)) if more else "",
    )


def whole_queue(
    session: Session, engine: Engine, person: int | None, now: datetime
) -> Iterator[ClosingLine]:
    """Every one of them, the oldest first, to be taken away."""
    at: str | None = ""
    while at is not None:
        page = closing_queue(session, engine, person, at, now, PORTION)
        yield from page.lines
        at = page.next or None


def _lines(
    session: Session, engine: Engine, rows: Sequence[Any], reader: tuple[int | None, datetime]
) -> tuple[ClosingLine, ...]:
    cases = [row.case_id for row in rows]
    if not cases:
        return ()
    person, now = reader
    moves, below = pending_rounds(session, engine, cases), _below(session, cases)
    told = _told(session, cases, person, now.date())
    money = _uncertified(session, told)
    definitions = {row.case_id: engine.definition(row.definition_id, session) for row in rows}
    lists = _checklists(session, {case: definitions[case] for case in told}, moves, reader)
    found = []
    for row in rows:
        definition = definitions[row.case_id]
        kinds = definition.children
        found.append(
            ClosingLine(
                ref=row.ref,
                title=row.title,
                state=definition.states[row.state],
                ended_at=row.ended_at,
                days=(now.date() - row.ended_at.date()).days,
                moves=moves.get(row.case_id, ()),
                below=tuple(
                    OpenBelow(kinds[key].label if key in kinds else key, number)
                    for key, number in below.get(row.case_id, ())
                ),
                uncertified=money.get(row.case_id, 0),
                checklist=lists.get(row.case_id, ()),
            )
        )
    return tuple(found)


def _checklists(
    session: Session,
    told: Mapping[int, Definition],
    moves: Mapping[int, Sequence[PendingRound]],
    reader: tuple[int | None, datetime],
) -> Mapping[int, tuple[CheckedLine, ...]]:
    """The checklists of the open rounds of these cases."""
    person, now = reader
    rounds = [
        (case, definition, definition.rounds[move.round_key])
        for case, definition in told.items()
        for move in moves.get(case, ())
    ]
    found: dict[int, tuple[CheckedLine, ...]] = {}
    for (case, _), lines in checklists(session, rounds, person, now.date()).items():
        found[case] = (*found.get(case, ()), *lines)
    return found


def _below(session: Session, cases: Sequence[int]) -> Mapping[int, Sequence[tuple[str, int]]]:
    """How many cases of each kind are open under each; a lesson that was validated waits for nobody."""
    under = aliased(LifecycleCase)
    validated = exists().where(ListedLesson.case_id == under.id, ListedLesson.shown.is_(True))
    rows = session.execute(
        select(ChildCase.parent_id, ChildCase.kind, func.count())
        .join(under, under.id == ChildCase.case_id)
        .where(ChildCase.parent_id.in_(cases), under.stage != Stage.END.value, ~validated)
        .group_by(ChildCase.parent_id, ChildCase.kind)
        .order_by(ChildCase.kind)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for parent, kind, number in rows:
        found.setdefault(parent, []).append((kind, number))
    return found


def _told(
    session: Session, cases: Sequence[int], person: int | None, today: date
) -> tuple[int, ...]:
    """Of which of these the person is told what waits inside."""
    if person is None or keeps_books(session, person, today):
        return tuple(cases)
    inside = or_(takes_part(person, today), audited(person, today))
    asked = select(LifecycleCase.id).where(LifecycleCase.id.in_(cases), inside)
    return tuple(session.scalars(asked))


def _uncertified(session: Session, cases: Sequence[int]) -> Mapping[int, int]:
    """How many movements of each wait to be certified."""
    counted = (
        select(MoneyMovement.case_id, func.count())
        .join(WaitingMovement, WaitingMovement.movement_id == MoneyMovement.id)
        .where(MoneyMovement.case_id.in_(cases))
        .group_by(MoneyMovement.case_id)
    )
    return dict(session.execute(counted).all())
