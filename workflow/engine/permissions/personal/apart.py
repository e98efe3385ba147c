"""Whether somebody takes part in a case in such capacities alone as read no answer of a round yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.models import Seat
from workflow.engine.permissions.participants import case_parties
from workflow.lifecycles.definition import Definition
from workflow.reading import asked_once


def unread_text(definition: Definition, kind: str) -> frozenset[str]:
    """The capacities from which a text is kept: those from which every round that is about it is kept."""
    about = [set(spec.unread_by) for spec in definition.rounds.values() if kind in spec.text]
    return frozenset(set.intersection(*about)) if about else frozenset()


@asked_once
def takes_part_as(
    session: Session,
    case_id: int,
    held: frozenset[OfficeKey],
    round_key: str,
    capacities: frozenset[str],
) -> bool:
    """Whether the parties of these offices take part in the case in these capacities alone.

    They do not where they were asked in this round. A party without a part in the case takes part where
    it was asked a seat of it, and an office on a bench where that bench was.
    """
    parties = {each.party_id for each in held}
    taking = case_parties(session, case_id)
    parts = {
        party: {capacity for capacity, there in taking.items() if party in dict(there)}
        for party in parties & {party for there in taking.values() for party, _ in there}
    }
    apart = {party for party, said in parts.items() if said <= capacities}
    if not apart or apart != parts.keys():
        return False
    sits = {(each.party_id, each.bench) for each in held if each.bench is not None}
    seats = select(Seat.party_id, Seat.round_key, Seat.bench_id).where(
        Seat.case_id == case_id, Seat.party_id.in_(parties)
    )
    return all(
        party in apart and key != round_key and (party, bench) not in sits
        for party, key, bench in session.execute(seats)
    )
