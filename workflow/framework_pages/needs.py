"""Programmes of a framework that need somebody, those due first, and how many are late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, CaseArea, Round
from workflow.programmes.lists.counts import LIVE
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.portfolio import ProgrammeLine, lines_of
from workflow.programmes.lists.sight import seen, sight
from workflow.vocabulary import Stage

# So many of each stage are looked at, those that have stood longest, and so many shown.
LOOKED_AT, SHOWN = 50, 5


@dataclass(frozen=True, slots=True)
class Needing:
    """A programme that asks somebody something, with when the first of that is due."""

    line: ProgrammeLine
    due: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Programmes of a framework on which somebody is asked something: those due first, and the late ones.

    `late` is how many are late by (area, stage), and those of any area by ("", stage). Of more than
    are looked at in a stage only those count that have stood there longest: then `more` is said.
    """

    lines: tuple[Needing, ...] = ()
    number: int = 0
    late: Mapping[tuple[str, Stage], int] = field(default_factory=dict)
    more: bool = False

    def late_in(self, area: str, stage: Stage) -> int:
        """How many are late in an area and stage; in a stage at all where no area is named."""
        return self.late.get((area, stage), 0)


def needs(session: Session, engine: Engine, framework: int, person: int, now: datetime) -> Needs:
    """The programmes of a framework that a person may know of and on which somebody is asked something."""
    live = _live(session, framework, person, now)
    if not live:
        return Needs()
    stages = {row.case_id: Stage(row.stage) for row in live}
    due = _due(session, [*stages])
    late = [case for case in stages if (at := due.get(case)) and at < now]
    first = sorted(stages, key=lambda case: (due.get(case) is None, due.get(case) or now, case))
    lines = {each.ref: each for each in lines_of(session, engine, person, first[:SHOWN], now)}
    ordered = sorted(lines.values(), key=_earliest)
    return Needs(
        lines=tuple(
            Needing(each, at := _earliest(each)[1], at is not None and at < now) for each in ordered
        ),
        number=len(stages),
        late=_late(session, late, stages),
        more=max(Counter(stages.values()).values()) > LOOKED_AT,
    )


def _earliest(line: ProgrammeLine) -> tuple[bool, Any, str]:
    """By when the first of what a programme asks is due, so that those without a day come last."""
    due = min((move.due for move in line.moves if move.due), default=None)
    return due is None, due, line.ref


def _live(session: Session, framework: int, person: int, now: datetime) -> Sequence[Any]:
    """Those of each stage that have stood there longest, and one more than is looked at."""
    of = sight(session, person, now)
    columns = (ListedProgramme.case_id, ListedProgramme.stage)

    def longest(stage: Stage, statement: Rows) -> Rows:
        line = ListedProgramme
        here = (line.framework_id == framework, line.stage == stage.value, line.urgency == LIVE)
        return statement.where(*here).order_by(line.entered_at, line.case_id).limit(LOOKED_AT + 1)

    parts = [
        select(seen(of, columns, partial(longest, stage)))
        for stage in Stage
        if stage is not Stage.END
    ]
    return session.execute(union_all(*parts)).all()


def _due(session: Session, cases: Sequence[int]) -> Mapping[int, datetime]:
    """When the first open round of each is due."""
    asked = (
        select(Round.case_id, func.min(Round.due_at))
        .where(Round.case_id.in_(cases), Round.status == OPEN, Round.due_at.is_not(None))
        .group_by(Round.case_id)
    )
    return {case: due for case, due in session.execute(asked) if due}


def _late(
    session: Session, late: Sequence[int], stages: Mapping[int, Stage]
) -> Mapping[tuple[str, Stage], int]:
    """How many are late by area and stage, and in any area."""
    found = Counter(("", stages[case]) for case in late)
    if late:
        areas = select(CaseArea.case_id, CaseArea.area).where(CaseArea.case_id.in_(late))
        found.update((area, stages[case]) for case, area in session.execute(areas))
    return found
