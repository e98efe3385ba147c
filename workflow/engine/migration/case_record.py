"""A case as it stands, for whoever asks whether it could follow another definition."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.envelope import read_event
from workflow.audit.events.cases import InState, as_called_now
from workflow.audit.models import Event
from workflow.engine.document_models import Attachment, Document
from workflow.engine.models import Seat, SignOff
from workflow.engine.round_state import RoundState
from workflow.engine.unit_of_work import LockedCase
from workflow.lifecycles.difference.obstacles import GivenAnswer, StandingCase, StandingRound
from workflow.lifecycles.seat import PARTS
from workflow.people.models import Party
from workflow.vocabulary import EventType

_PASSED = (
    EventType.CASE_OPENED,
    EventType.PROGRAMME_PLACED,
    EventType.STATE_ENTERED,
    EventType.CASE_MIGRATED,
)


def standing_case(session: Session, case: LockedCase, rounds: Sequence[RoundState]) -> StandingCase:
    """What of a case has to have its place in another definition."""
    answers = _answers(session, case.id)
    return StandingCase(
        state=case.state,
        footing=case.footing,
        passed=_passed(session, case.id, rounds),
        rounds=tuple(
            StandingRound(
                key=each.key,
                state=each.state,
                open=each.status == "open",
                outcome=each.outcome,
                paused=bool(each.paused_for),
                answers=tuple(answers[each.id]),
            )
            for each in rounds
        ),
        written=_written(session, case.id),
        attached=frozenset(
            session.scalars(select(Attachment.kind).where(Attachment.case_id == case.id).distinct())
        ),
    )


def _passed(session: Session, case_id: int, rounds: Sequence[RoundState]) -> tuple[str, ...]:
    """The states in which it stood, under the keys that they have by now."""
    told = select(Event.seq, Event.body).where(
        Event.case_id == case_id, Event.type.in_([each.value for each in _PASSED])
    )
    events = [
        (row.seq, read_event(row.body).what) for row in session.execute(told.order_by(Event.seq))
    ]
    states = (what.state for _, what in as_called_now(events) if isinstance(what, InState))
    return tuple(dict.fromkeys((*states, *(each.state for each in rounds))))


def _answers(session: Session, case_id: int) -> defaultdict[int, list[GivenAnswer]]:
    """Every answer by its round, one that was changed or withdrawn as well: pages go on to show it."""
    rows = session.execute(
        select(SignOff.round_id, SignOff.verdict, SignOff.answers, Seat.role, Seat.part, Party.name)
        .join(Seat, Seat.id == SignOff.seat_id)
        .join(Party, Party.id == Seat.party_id)
        .where(SignOff.case_id == case_id)
        .order_by(SignOff.id)
    )
    found: defaultdict[int, list[GivenAnswer]] = defaultdict(list)
    for row in rows:
        given = GivenAnswer(row.role, row.name, PARTS[row.part], row.verdict, row.answers)
        found[row.round_id].append(given)
    return found


def _written(session: Session, case_id: int) -> Mapping[tuple[str, int], Mapping[str, Any]]:
    filed = select(Document.kind, Document.version, Document.body).where(
        Document.case_id == case_id
    )
    rows = session.execute(filed.order_by(Document.kind, Document.version))
    return {(row.kind, row.version): canonical.parse(row.body) for row in rows}
