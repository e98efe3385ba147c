"""Bringing a round before those who hear of its lateness, by hand and before its time."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.rounds import NamedOffice, RoundEscalated
from workflow.audit.models import Event
from workflow.engine import notifications, round_state
from workflow.engine.commands.command import RoundCommand, execute, reason_of, receipt_of, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions import participants
from workflow.engine.permissions.authority import office_among, the_roles
from workflow.engine.permissions.offices import party_key
from workflow.engine.round_state import RoundState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotAuthorised, NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Either, Term, phrase
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class EscalateRound(RoundCommand):
    """The command to bring a round before its escalation offices now, with the reason for it."""

    what = "escalates"


def escalate(engine: Engine, person: int, command: EscalateRound) -> Receipt:
    """Tell the escalation offices of a round about it at once; nobody's answer is touched."""
    return execute(engine, person, command, _escalated)


def _escalated(work: UnitOfWork, person: int, command: EscalateRound) -> Receipt:
    session, case, today = work.session, work.case, work.now.date()
    spec = spec_of(work, command.round)
    if not spec.escalated_by:
        raise NotFound(phrase("This round is brought before nobody by hand."))
    round_ = round_state.latest(session, case.id, spec.key)
    if round_ is None or round_.status != "open":
        raise RoundClosed(
            phrase("“%(round)s” is not open. Nothing was recorded.", round=Term(spec.label))
        )
    named = office_among(session, case.id, spec.escalated_by, person, today)
    if named is None:
        roles = [work.definition.roles[s.role].label for s in spec.escalated_by]
        raise NotAuthorised(
            phrase("Only %(roles)s may bring this up.", roles=Either(the_roles(roles)))
        )
    reason = reason_of(command.reason, phrase("Bringing this up needs a reason."))
    if escalated(session, case.id, round_):
        raise RoundClosed(
            phrase("“%(round)s” has been brought up by hand already.", round=Term(spec.label))
        )
    role, party, acting = named
    offices = list(_offices(work, spec))
    told = tuple(NamedOffice(role=each, party=key) for each, _, key in offices)
    written = work.note(
        RoundEscalated(round=spec.key, turn=round_.turn, offices=told, reason=reason),
        role=role,
        party=party,
        appointment=acting,
    )
    for office, number, _ in offices:
        notifications.escalated(work, spec, round_, (office, number), written)
    return receipt_of(work, written, f"{spec.label} brought up", round_.content_digest)


def escalated(session: Session, case_id: int, round_: RoundState) -> bool:
    """Whether this opening of the round was brought up by hand, as the trail tells."""
    told = select(Event.body).where(
        Event.case_id == case_id, Event.type == EventType.ROUND_ESCALATED.value
    )
    places = [what_in(body, RoundEscalated).place for body in session.scalars(told)]
    return round_.place in places


def _offices(work: UnitOfWork, spec: RoundSpec) -> Iterator[tuple[str, int, str]]:
    """The escalation offices of the round, each with its party."""
    session, today = work.session, work.now.date()
    for office in dict.fromkeys((each.role, each.of) for each in spec.escalate):
        for party, _ in participants.parties(session, work.case.id, office[1], today):
            yield office[0], party, party_key(session, party)
