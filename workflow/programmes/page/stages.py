"""The stages as a programme has gone through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from workflow.engine.pages.pending import PendingRound
from workflow.history.stays import Stay
from workflow.lifecycles.definition import Definition, State
from workflow.vocabulary import STAGES, Stage


class StageProgress(StrEnum):
    """How a programme stands to one stage."""

    DONE = "done"
    NOW = "now"
    ENDED = "ended"
    AHEAD = "ahead"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class StageMark:
    """One stage: when it was left, how many have answered in it, or in which state it ended.

    `BEFORE` says that this programme's own history does not tell of it: it was imported.
    """

    stage: Stage
    progress: StageProgress
    at: datetime | None = None
    answered: int = 0
    asked: int = 0
    state: State | None = None


def stage_marks(
    definition: Definition, state: str, stays: Sequence[Stay], moves: Sequence[PendingRound]
) -> tuple[StageMark, ...]:
    """How each of the stages stands that its lifecycle goes through."""
    left, stages = _left(definition, stays), definition.stages
    here = definition.states[state]
    if here.stage is not Stage.END:
        return tuple(_mark(stage, here, left, moves) for stage in stages)
    last = _last_stage(definition, stays)
    if last is None or last is stages[-1]:
        return tuple(_past(stage, left, reached=True) for stage in stages)
    return tuple(
        _ended(stage, here, left, stays) if stage is last
        else _past(stage, left, reached=STAGES.index(stage) < STAGES.index(last))
        for stage in stages
    )  # fmt: skip


def _mark(
    stage: Stage, here: State, left: dict[Stage, datetime], moves: Sequence[PendingRound]
) -> StageMark:
    if stage is here.stage:
        counted = next((move for move in moves if move.asked > 1), None)
        if counted is None:
            return StageMark(stage, StageProgress.NOW, state=here)
        return StageMark(
            stage, StageProgress.NOW, answered=counted.answered, asked=counted.asked, state=here
        )
    return _past(stage, left, reached=STAGES.index(stage) < STAGES.index(here.stage))


def _past(stage: Stage, left: dict[Stage, datetime], *, reached: bool) -> StageMark:
    """A stage that is not the present one; one reached without our seeing it lies before."""
    if not reached:
        return StageMark(stage, StageProgress.AHEAD)
    return StageMark(
        stage, StageProgress.DONE if stage in left else StageProgress.BEFORE, left.get(stage)
    )


def _ended(
    stage: Stage, here: State, left: dict[Stage, datetime], stays: Sequence[Stay]
) -> StageMark:
    return StageMark(stage, StageProgress.ENDED, left.get(stage, stays[-1].since), state=here)


def _left(definition: Definition, stays: Sequence[Stay]) -> dict[Stage, datetime]:
    """When each stage was last left for another."""
    found = {}
    for stay, after in pairwise(stays):
        stage = definition.states[stay.state].stage
        if definition.states[after.state].stage is not stage:
            found[stage] = after.since
    return found


def _last_stage(definition: Definition, stays: Sequence[Stay]) -> Stage | None:
    """The stage in which the case stood before it ended; none where that is not told."""
    known = [definition.states[stay.state].stage for stay in stays]
    return next((stage for stage in reversed(known) if stage is not Stage.END), None)
