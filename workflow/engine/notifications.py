"""Whom the engine tells: the holders of a seat, those who proposed, those who answered.

What selects them is composed once for the words of a lifecycle; who they are comes as values.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    case,
    exists,
    false,
    literal,
    or_,
    select,
    union,
)

from workflow.audit.trail import Written
from workflow.engine.benches import at_bench
from workflow.engine.models import OPEN, CaseParty, Seat, SignOff
from workflow.engine.permissions.personal.asked import is_asked
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import next_steps
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.notices.outbox import Cause, Recipients, holders, owe, recipient, told_by
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.people.appointments import mandate_in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Person
from workflow.transactions.statements import PreparedStatement
from workflow.vocabulary import PROPOSER

# The words of a lifecycle for roles, each with its key.
Labels = tuple[tuple[str, str], ...]
# The events in which remarks were made, and the verdict with which they were answered.
AnsweredWith = tuple[Collection[int], str]
_TODAY = bindparam("today", type_=Date)
_ROUND = bindparam("of_round", type_=Integer)
_OPEN = Seat.status == OPEN
_KNOWN = 256
# As many letters as the table of notices keeps.
LONGEST_OUTCOME = 60


def seats_opened(work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written) -> None:
    """Tell the holders of a round's seats that they are asked; one act needs no asking, and a timer none."""
    if spec.one_act or next_steps.is_timer(spec):
        return
    kind = NoticeKind.SILENCE_OPENED if spec.rule.silence else NoticeKind.SEAT_OPENED
    tell(work, spec, kind, round_id, written, asked_by(work, spec, round_id))


def end_moved(work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written, how: str) -> None:
    """Tell the holders of a round's open seats that its end was put off, stopped or let go on."""
    asked = asked_by(work, spec, round_id)
    tell(work, spec, NoticeKind.END_MOVED, round_id, written, asked, outcome=how)


def round_settled(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, outcome: str, written: Written
) -> None:
    """Tell those who proposed and those who answered what came of the round."""
    proposing = tuple((role, _label(work.definition, role)) for role in work.definition.proposing())
    values = {"of_round": round_.id, "of_case": work.case.id, "today": work.now.date()}
    everybody = Recipients(_concerned(proposing), values)
    came = next_steps.said(spec, outcome)[:LONGEST_OUTCOME]
    tell(work, spec, NoticeKind.ROUND_SETTLED, round_.id, written, everybody, outcome=came)


@lru_cache(_KNOWN)
def _concerned(proposing: Labels) -> PreparedStatement:
    answered = select(*recipient(SignOff.person_id, Because.ANSWERED)).where(
        SignOff.round_id == _ROUND, SignOff.standing, SignOff.person_id.is_not(None)
    )
    told = union(*(_proposers(*each) for each in proposing), answered).subquery()
    return told_by(select(*told.c))


def _proposers(role: str, label: str) -> Select[Any]:
    """The holders of a role of the party that opened the case."""
    return (
        select(
            *recipient(
                Appointment.person_id, Because.PROPOSER, role=label, party=CaseParty.party_id
            )
        )
        .join_from(CaseParty, Appointment, holders(literal(role), CaseParty.party_id, _TODAY))
        .where(CaseParty.case_id == bindparam("of_case"), CaseParty.capacity == PROPOSER)
    )


def sign_off_voided(
    work: UnitOfWork, round_: RoundState, seat: SeatState, written: Written
) -> None:
    """Tell the person whose sign-off is void that it is."""
    if seat.person is None:
        return
    spec = work.definition.rounds[round_.key]
    gave = _at(work.definition, seat, seat.person, Because.ANSWERED)
    tell(work, spec, NoticeKind.SIGNOFF_VOIDED, round_.id, written, gave)


def seat_assigned(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    seat: SeatState,
    person: int,
    written: Written,
) -> None:
    """Tell the person who is to answer a seat that it is theirs."""
    named = _at(work.definition, seat, person, Because.HOLDER)
    tell(work, spec, NoticeKind.SEAT_OPENED, round_.id, written, named)


def remarks_answered(
    work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written, answered: AnsweredWith
) -> None:
    """Tell those whose remarks or comments were answered with this event."""
    said, verdict = answered
    rows = work.session.execute(
        select(SignOff.person_id, SignOff.seat_id, Seat.role, Seat.party_id)
        .join(Seat, Seat.id == SignOff.seat_id)
        .where(SignOff.case_id == work.case.id, SignOff.event_seq.in_(said))
        .where(SignOff.person_id.is_not(None))
        .order_by(SignOff.event_seq)
    )
    for row in {row.person_id: row for row in rows}.values():
        values = {
            "person": row.person_id,
            "role": _label(work.definition, row.role),
            "party": row.party_id,
            "seat": row.seat_id,
        }
        told = Recipients(_AT_A_SEAT[Because.ANSWERED], values)
        tell(work, spec, NoticeKind.ROUND_SETTLED, round_id, written, told, outcome=verdict)


def _at(definition: Definition, seat: SeatState, person: int, because: Because) -> Recipients:
    """One person alone, told about one seat."""
    values = {
        "person": person,
        "role": _label(definition, seat.role),
        "party": seat.party_id,
        "seat": seat.id,
    }
    return Recipients(_AT_A_SEAT[because], values)


_AT_A_SEAT = {
    because: told_by(
        select(
            *recipient(
                bindparam("person", type_=Integer),
                because,
                role=bindparam("role", type_=String),
                party=bindparam("party", type_=Integer),
                seat=bindparam("seat", type_=Integer),
            )
        )
    )
    for because in (Because.ANSWERED, Because.HOLDER)
}


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
    tell(work, spec, NoticeKind.ESCALATION, round_.id, written, told)


def asked_by(work: UnitOfWork, spec: RoundSpec, round_id: int) -> Recipients:
    """Everybody who may answer an open seat of the round: holders, and who acts for them."""
    labels = tuple((key, role.label) for key, role in work.definition.roles.items())
    values = {
        "of_round": round_id,
        "today": work.now.date(),
        "to_round": f"round:{spec.key}",
        "to_case": f"case:{work.case.ref}",
    }
    return Recipients(_asked(labels), values)


@lru_cache(_KNOWN)
def _asked(labels: Labels) -> PreparedStatement:
    role = case(dict(labels), value=Seat.role, else_=Seat.role)
    told = union(_holders(role), _delegates(role)).subquery()
    return told_by(select(*told.c))


def _delegates(role: ColumnElement[str]) -> Select[Any]:
    """Everybody who acts, under a mandate that reaches this round, for the holder of an open seat."""
    acting = exists().where(Person.id == Mandate.person_id, Person.disabled_at.is_(None))
    scopes = [literal(ALL), bindparam("to_round"), bindparam("to_case")]
    return (
        select(
            *recipient(
                Mandate.person_id, Because.DELEGATE, role=role, party=Seat.party_id, seat=Seat.id
            )
        )
        .select_from(Seat)
        .join(Appointment, holders(Seat.role, Seat.party_id, _TODAY) & at_bench())
        .join(Mandate, Mandate.appointment_id == Appointment.id)
        .where(Seat.round_id == _ROUND, _OPEN, acting)
        .where(mandate_in_force(_TODAY), is_asked(Mandate.person_id))
        .where(or_(*(Mandate.scope == scope for scope in scopes)))
    )


def _holders(role: ColumnElement[str]) -> Select[Any]:
    """Everybody who holds an office that an open seat of the round asks."""
    return (
        select(
            *recipient(
                Appointment.person_id, Because.HOLDER, role=role, party=Seat.party_id, seat=Seat.id
            )
        )
        .join_from(Seat, Appointment, holders(Seat.role, Seat.party_id, _TODAY) & at_bench())
        .where(Seat.round_id == _ROUND, _OPEN, is_asked(Appointment.person_id))
    )


def holders_at(
    definition: Definition,
    role: str,
    parties: Iterable[int],
    at: datetime,
    because: Because = Because.WATCHES,
) -> Recipients:
    """Everybody who holds a role of one of `parties`."""
    named = {f"party_{number}": party for number, party in enumerate(parties)}
    values = {"today": at.date(), "office": role, "called": _label(definition, role), **named}
    return Recipients(_watching(tuple(named), because), values)


@lru_cache(_KNOWN)
def _watching(parties: tuple[str, ...], because: Because) -> PreparedStatement:
    """What tells the holders of a role of any of these parties, each named by its value."""
    named = or_(
        false(), *(Appointment.party_id == bindparam(each, type_=Integer) for each in parties)
    )
    told = select(
        *recipient(
            Appointment.person_id,
            because,
            role=bindparam("called", type_=String),
            party=Appointment.party_id,
        )
    ).where(holders(bindparam("office", type_=String), Appointment.party_id, _TODAY), named)
    return told_by(told)


def tell(
    work: UnitOfWork,
    spec: RoundSpec,
    kind: NoticeKind,
    round_id: int,
    written: Written,
    told: Recipients,
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
    owe(work.transaction, cause, told.but(work.actor))


def _label(definition: Definition, role: str) -> str:
    known = definition.roles.get(role)
    return known.label if known else role
