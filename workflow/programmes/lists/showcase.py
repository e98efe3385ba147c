"""Where programmes stand today, for everybody: a number for each stage, and one that waits there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Subquery, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.pages.pending import PendingRound, pending_rounds
from workflow.engine.permissions.visibility import known_to_all
from workflow.people.models import Party
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.tally import tally
from workflow.vocabulary import STAGES, Stage

ASKED = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A programme that waits on somebody, and on whom."""

    ref: str
    title: str
    countries: tuple[str, ...]
    move: PendingRound


@dataclass(frozen=True, slots=True)
class StageToday:
    """How many public programmes stand in a stage, and the one that stands longest on somebody."""

    stage: Stage
    number: int
    example: Example | None


@dataclass(frozen=True, slots=True)
class Showcase:
    """The five stages in order; with those that ended they are all public programmes."""

    stages: tuple[StageToday, ...]
    ended: int

    @property
    def live(self) -> int:
        """How many have not ended."""
        return sum(each.number for each in self.stages)

    @property
    def total(self) -> int:
        """How many there are."""
        return self.live + self.ended


def showcase(session: Session, engine: Engine) -> Showcase:
    """What anybody may know of where programmes stand."""
    numbers = dict.fromkeys(Stage, 0)
    for (_, stage), number in tally(session, whole=False).items():
        numbers[Stage(stage)] += number
    examples = _examples(session, engine)
    shown = (StageToday(stage, numbers[stage], examples.get(stage)) for stage in STAGES)
    return Showcase(tuple(shown), numbers[Stage.END])


def _examples(session: Session, engine: Engine) -> Mapping[Stage, Example]:
    """Of each stage the public programme that stands longest where somebody is asked something."""
    oldest = union_all(*(select(_oldest_in(stage)) for stage in STAGES))
    rows = session.execute(
        select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.stage).where(
            LifecycleCase.id.in_(oldest), known_to_all()
        )
    ).all()
    ids = [row.id for row in rows]
    moves, countries = pending_rounds(session, engine, ids), _countries(session, engine, ids)
    return {
        Stage(row.stage): Example(
            row.ref, row.title, tuple(countries.get(row.id, ())), moves[row.id][0]
        )
        for row in rows
        if moves.get(row.id)
    }


def _oldest_in(stage: Stage) -> Subquery:
    """The number of that programme, which an index holds first of its kind."""
    return (
        select(ListedProgramme.case_id)
        .where(
            ~ListedProgramme.private,
            ListedProgramme.stage == stage.value,
            ListedProgramme.urgency == ASKED,
        )
        .order_by(ListedProgramme.entered_at, ListedProgramme.case_id)
        .limit(1)
        .subquery()
    )


def _countries(session: Session, engine: Engine, ids: Collection[int]) -> Mapping[int, list[str]]:
    """Where each of the programmes lies."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(CaseParty.case_id, Party.name)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id.in_(ids), CaseParty.capacity == engine.domain.located_by)
        .order_by(Party.name)
    )
    for case_id, name in rows:
        found.setdefault(case_id, []).append(name)
    return found
