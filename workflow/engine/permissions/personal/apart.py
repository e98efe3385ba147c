"""Whether somebody takes part in a case in such capacities alone as read no answer of a round yet."""

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, Seat
from workflow.lifecycles.definition import Definition
from workflow.reading import asked_once


def asked_as(definition: Definition, capacities: tuple[str, ...]) -> frozenset[str]:
    """The roles that a lifecycle asks of parties in these capacities: who holds none of them is not looked for."""
    return frozenset(
        seat.role
        for spec in definition.rounds.values()
        for seat in spec.rule.seats
        if seat.of in capacities
    )


@asked_once
def takes_part_as(
    session: Session,
    case_id: int,
    parties: frozenset[int],
    round_key: str,
    capacities: tuple[str, ...],
) -> bool:
    """Whether these parties take part in the case in these capacities alone, and were not asked in this round.

    A party without a part in the case takes part where it was asked a seat of it.
    """
    part = select(CaseParty.party_id, CaseParty.capacity, literal("")).where(
        CaseParty.case_id == case_id, CaseParty.party_id.in_(parties)
    )
    seats = select(Seat.party_id, literal(""), Seat.round_key).where(
        Seat.case_id == case_id, Seat.party_id.in_(parties)
    )
    parts: dict[int, set[str]] = {}
    asked: dict[int, set[str]] = {}
    for party, capacity, key in session.execute(union_all(part, seats)):
        if capacity:
            parts.setdefault(party, set()).add(capacity)
        else:
            asked.setdefault(party, set()).add(key)
    apart = {party for party, held in parts.items() if held <= set(capacities)}
    here = any(round_key in keys for keys in asked.values())
    return bool(apart) and apart == parts.keys() and asked.keys() <= apart and not here
