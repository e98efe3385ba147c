"""What can be done on a case now: every open seat and every initiative, with who may and who can."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.pages.viewer import SYSTEM, Desk
from workflow.engine.permissions.candidates import House, Room
from workflow.engine.permissions.visibility import CaseRow
from workflow.engine.round_state import Chair, Sitting
from workflow.lifecycles.definition import RoundSpec


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
    reasons: tuple[str, ...]
    who_can: tuple[str, ...]

    @property
    def path(self) -> str:
        """The rest of the address of its page, after `/programmes/<ref>/`."""
        if self.turn is None:
            return f"initiatives/{self.round_key}"
        return f"rounds/{self.round_key}/{self.turn}?seat={self.seat}"


def actions(
    session: Session, engine: Engine, case: CaseRow, person: int, now: datetime
) -> tuple[Action, ...]:
    """Every open seat of the case, the person's answered ones, and every initiative of its state."""
    desk = Desk.of(session, engine, case, person, now)
    offered = [*_seats(desk), *_initiatives(desk)]
    house = desk.house([chair.place for _, _, chair in offered])
    rooms = {spec.key: desk.room(spec, sitting) for spec, sitting, _ in offered}
    return tuple(
        _action(desk, rooms[spec.key], house, sitting, chair) for spec, sitting, chair in offered
    )


Offered = tuple[RoundSpec, Sitting | None, Chair]


def _seats(desk: Desk) -> Iterator[Offered]:
    for sitting in round_state.open_rounds(desk.session, desk.case.id):
        if sitting.paused_for == round_state.PAUSED_BY_STATE:
            continue
        spec = desk.definition.rounds[sitting.key]
        for chair in sitting.chairs:
            if _offered(desk, sitting, chair):
                yield spec, sitting, chair


def _initiatives(desk: Desk) -> Iterator[Offered]:
    for spec in desk.initiatives():
        chair = desk.opener(spec, desk.places(spec))
        if chair is not None:
            yield spec, None, chair


def _action(desk: Desk, room: Room, house: House, sitting: Sitting | None, chair: Chair) -> Action:
    spec, seat = room.spec, chair.id if sitting is not None else None
    standing = desk.standing(room, chair.place, house, seat)
    return Action(
        round_key=spec.key,
        label=spec.label,
        asks=spec.asks,
        turn=None if sitting is None else sitting.turn,
        seat=seat,
        role=chair.role,
        party=chair.party_name,
        since=None if sitting is None else sitting.opened_at,
        due=None if sitting is None else sitting.due_at,
        answered=spec.rule.verdicts[chair.verdict].label if chair.verdict else "",
        own=desk.holds(chair.place) or standing.mandate is not None,
        allowed=not standing.barred,
        reasons=standing.barred,
        who_can=standing.who_can,
    )


def _offered(desk: Desk, sitting: Sitting, chair: Chair) -> bool:
    """Whether the seat asks somebody still, or holds an answer that the person may change."""
    if chair.role == SYSTEM:
        return False
    return chair.status == "open" or (
        chair.status == "answered" and desk.speaks(sitting.key, chair.place)
    )
