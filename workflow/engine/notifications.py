"""Whom the engine tells: the holders of a seat, those who proposed, those who answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, literal, select, union

from workflow.audit.trail import Written
from workflow.engine.models import CaseParty, Seat, SignOff
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.notices.outbox import Cause, holders, owe, recipient
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Person
from workflow.vocabulary import PROPOSER


def seats_opened(work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written) -> None:
    """Tell the holders of a round's seats that they are asked; one act needs no asking."""
    if spec.one_act:
        return
    kind = NoticeKind.SILENCE_OPENED if spec.rule.silence else NoticeKind.SEAT_OPENED
    _owe(work, spec, kind, round_id, written, _asked(work, spec, round_id))


def end_moved(work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written, how: str) -> None:
    """Tell the holders of a round's open seats that its end was put off, stopped or let go on."""
    asked = _asked(work, spec, round_id)
    _owe(work, spec, NoticeKind.END_MOVED, round_id, written, asked, outcome=how)


def round_settled(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, outcome: str, written: Written
) -> None:
    """Tell those who proposed and those who answered what came of the round."""
    proposers = [_proposers(work, role) for role in work.definition.proposing()]
    answered = select(*recipient(SignOff.person_id, Because.ANSWERED)).where(
        SignOff.round_id == round_.id, SignOff.standing, SignOff.person_id.is_not(None)
    )
    told = union(*proposers, answered).subquery()
    everybody = select(*told.c)
    _owe(work, spec, NoticeKind.ROUND_SETTLED, round_.id, written, everybody, outcome=outcome)


def _proposers(work: UnitOfWork, role: str) -> Select[Any]:
    """The holders of a role of the party that opened the case."""
    return (
        select(
            *recipient(
                Appointment.person_id,
                Because.PROPOSER,
                role=_label(work.definition, role),
                party=CaseParty.party_id,
            )
        )
        .join_from(CaseParty, Appointment, holders(literal(role), CaseParty.party_id, work.now))
        .where(CaseParty.case_id == work.case.id, CaseParty.capacity == PROPOSER)
    )


def sign_off_voided(
    work: UnitOfWork, round_: RoundState, seat: SeatState, written: Written
) -> None:
    """Tell the person whose sign-off is void that it is."""
    if seat.person is None:
        return
    spec = work.definition.rounds[round_.key]
    gave = select(
        *recipient(
            seat.person,
            Because.ANSWERED,
            role=_label(work.definition, seat.role),
            party=seat.party_id,
            seat=seat.id,
        )
    )
    _owe(work, spec, NoticeKind.SIGNOFF_VOIDED, round_.id, written, gave)


def seat_assigned(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    seat: SeatState,
    person: int,
    written: Written,
) -> None:
    """Tell the person who is to answer a seat that it is theirs."""
    named = select(
        *recipient(
            person,
            Because.HOLDER,
            role=_label(work.definition, seat.role),
            party=seat.party_id,
            seat=seat.id,
        )
    )
    _owe(work, spec, NoticeKind.SEAT_OPENED, round_.id, written, named)


def escalated(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    office: tuple[str, int],
    written: Written,
) -> None:
    """Tell the holders of an escalation office of a round that somebody brings before them."""
    role, party = office
    told = holders_at(work.definition, role, [party], work.now)
    _owe(work, spec, NoticeKind.ESCALATION, round_.id, written, told)


def asked_by(
    definition: Definition, spec: RoundSpec, ref: str, round_id: int, at: datetime
) -> Select[Any]:
    """Everybody who may answer an open seat of the round: holders, and who acts for them."""
    told = union(
        _holders(definition, round_id, at), _delegates(definition, spec, ref, round_id, at)
    ).subquery()
    return select(*told.c)


def _asked(work: UnitOfWork, spec: RoundSpec, round_id: int) -> Select[Any]:
    return asked_by(work.definition, spec, work.case.ref, round_id, work.now)


def _delegates(
    definition: Definition, spec: RoundSpec, ref: str, round_id: int, at: datetime
) -> Select[Any]:
    """Everybody who acts, under a mandate that reaches this round, for the holder of an open seat."""
    today = at.date()
    acting = Mandate.person_id.in_(select(Person.id).where(Person.disabled_at.is_(None)))
    return (
        select(
            *recipient(
                Mandate.person_id,
                Because.DELEGATE,
                role=_labels(definition),
                party=Seat.party_id,
                seat=Seat.id,
            )
        )
        .select_from(Seat)
        .join(Appointment, holders(Seat.role, Seat.party_id, at))
        .join(Mandate, Mandate.appointment_id == Appointment.id)
        .where(Seat.round_id == round_id, Seat.status == "open", acting)
        .where(Mandate.revoked_at.is_(None), Mandate.starts_on <= today, Mandate.ends_on >= today)
        .where(Mandate.scope.in_([ALL, f"round:{spec.key}", f"case:{ref}"]))
    )


def _holders(definition: Definition, round_id: int, at: datetime) -> Select[Any]:
    """Everybody who holds an office that an open seat of the round asks."""
    return (
        select(
            *recipient(
                Appointment.person_id,
                Because.HOLDER,
                role=_labels(definition),
                party=Seat.party_id,
                seat=Seat.id,
            )
        )
        .join_from(Seat, Appointment, holders(Seat.role, Seat.party_id, at))
        .where(Seat.round_id == round_id, Seat.status == "open")
    )


def holders_at(
    definition: Definition, role: str, parties: Iterable[int], at: datetime
) -> Select[Any]:
    """Everybody who holds a role of one of `parties`."""
    return select(
        *recipient(
            Appointment.person_id,
            Because.WATCHES,
            role=_label(definition, role),
            party=Appointment.party_id,
        )
    ).where(
        holders(literal(role), Appointment.party_id, at), Appointment.party_id.in_(list(parties))
    )


def _owe(
    work: UnitOfWork,
    spec: RoundSpec,
    kind: NoticeKind,
    round_id: int,
    written: Written,
    recipients: Select[Any],
    *,
    outcome: str = "",
) -> None:
    """Owe a notice of an event to everybody but the person whose act it was."""
    cause = Cause(
        kind,
        work.case.id,
        round_id,
        spec.label,
        work.now,
        event_seq=written.seq,
        outcome=outcome,
    )
    if work.actor is not None:
        found = recipients.subquery()
        recipients = select(*found.c).where(found.c.person_id != work.actor)
    owe(work.session, cause, recipients)


def _label(definition: Definition, role: str) -> str:
    known = definition.roles.get(role)
    return known.label if known else role


def _labels(definition: Definition) -> ColumnElement[str]:
    """A seat's role in the definition's words."""
    labels = {key: role.label for key, role in definition.roles.items()}
    return case(labels, value=Seat.role, else_=Seat.role)
