"""Whose move follows on a round that everybody has answered and that is not settled."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.benches import asked
from workflow.engine.permissions import participants
from workflow.engine.permissions.offices import holders
from workflow.lifecycles.definition import Definition


@dataclass(frozen=True, slots=True)
class Following:
    """An office that may move a round on which nothing more is owed, and what it may do."""

    asks: str
    role_label: str
    party: str
    people: tuple[str, ...]


def following(
    session: Session, definition: Definition, round_: Any, today: date
) -> tuple[Following, ...]:
    """The offices that may take a step which waited until this round was answered.

    `round_` is a row with the case, its state and the key of the round.
    """
    found = []
    for spec, seat in definition.steps_after(round_.key, round_.state):
        places = participants.asked_places(session, round_.case_id, seat, today)
        held = holders(session, places, today) if places else {}
        named = participants.called(session, {place.party_id for place in places})
        label = definition.roles[seat.role].label
        for place in places:
            people = tuple(each.name for each in held.get(asked(place), ()))
            found.append(Following(spec.asks, label, named[place.party_id].name, people))
    return tuple(found)
