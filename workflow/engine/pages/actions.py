"""What can be done on a case now: every open seat and every initiative, with who may and who can."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.candidates import Candidates
from workflow.engine.permissions.context import RoundContext
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.round_state import RoundState, SeatState
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Phrase
from workflow.vocabulary import SYSTEM


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done on a case, and whether this person may do it.

    `seat` and `turn` are None for an initiative, which nobody has opened yet. `reasons` says why
    the person may not; `who_can` names those who may. `own` says that an office of theirs is asked.
    """

    round_key: str
    label: str
    asks: str
    turn: int | None
    seat: int | None
    role: str
    party: str
    since: datetime | None
    due: datetime | None
    answered: str
    own: bool
    allowed: bool
    reasons: tuple[Phrase, ...]
    who_can: tuple[str, ...]

    @property
    def path(self) -> str:
        """The rest of the address of its page, after that of its case."""
        if self.turn is None:
            return f"initiatives/{self.round_key}"
        return f"rounds/{self.round_key}/{self.turn}?seat={self.seat}"


def actions(
    session: Session, engine: Engine, case: CaseRow, person: int, now: datetime
) -> tuple[Action, ...]:
    """Every open seat of the case, the person's answered ones, and every initiative of its state."""
    viewer = CaseViewer.of(session, engine, case, person, now)
    offered = [*_seats(viewer), *_initiatives(viewer)]
    candidates = viewer.candidates([seat.place for _, _, seat in offered])
    round_contexts = {spec.key: viewer.round_context(spec, round_) for spec, round_, _ in offered}
    return tuple(
        _action(viewer, round_contexts[spec.key], candidates, round_, seat)
        for spec, round_, seat in offered
    )


Offered = tuple[RoundSpec, RoundState | None, SeatState]


def _seats(viewer: CaseViewer) -> Iterator[Offered]:
    for round_ in round_state.open_among_all(viewer.session, viewer.case.id):
        if round_.paused_for == round_state.PAUSED_BY_STATE:
            continue
        spec = viewer.definition.rounds[round_.key]
        for seat in round_.seats:
            if _offered(viewer, round_, seat):
                yield spec, round_, seat


def _initiatives(viewer: CaseViewer) -> Iterator[Offered]:
    for spec in viewer.initiatives():
        seat = viewer.opener(spec, viewer.places(spec))
        if seat is not None:
            yield spec, None, seat


def _action(
    viewer: CaseViewer,
    round_context: RoundContext,
    candidates: Candidates,
    round_: RoundState | None,
    seat_state: SeatState,
) -> Action:
    spec, seat = round_context.spec, seat_state.id if round_ is not None else None
    permission = viewer.permission(round_context, seat_state.place, candidates, seat)
    return Action(
        round_key=spec.key,
        label=spec.label,
        asks=spec.asks,
        turn=None if round_ is None else round_.turn,
        seat=seat,
        role=seat_state.role,
        party=seat_state.party_name,
        since=None if round_ is None else round_.opened_at,
        due=None if round_ is None else round_.due_at,
        answered=spec.rule.verdicts[seat_state.verdict].label if seat_state.verdict else "",
        own=viewer.holds(seat_state.place) or permission.mandate is not None,
        allowed=not permission.barred,
        reasons=permission.barred,
        who_can=permission.who_can,
    )


def _offered(viewer: CaseViewer, round_: RoundState, seat: SeatState) -> bool:
    """Whether the seat asks somebody still, or holds an answer that the person may change."""
    if seat.role == SYSTEM:
        return False
    return seat.status == "open" or (
        seat.status == "answered" and viewer.speaks(round_.key, seat.place)
    )
