"""What the permission check has to know: a person's offices and past, and what a round waits for."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import Document, Round, Seat, SignOff
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import Circumstances, Past, Principal
from workflow.engine.permissions.claims import Holding, holding
from workflow.engine.permissions.mandates import Mandated
from workflow.engine.round_state import SUPERSEDED, Chair, Sitting, latest
from workflow.engine.unit_of_work import Ledger
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, Part, RoundSpec, RuleKind
from workflow.people.models import Appointment, Party

SEAT_BARS = ("party:", "office:")

_OFFICES = select(Appointment.role, Appointment.party_id, Appointment.id).where(
    Appointment.person_id == bindparam("person"),
    Appointment.starts_on <= bindparam("today"),
    or_(Appointment.ends_on.is_(None), Appointment.ends_on >= bindparam("today")),
)
_OFFICES_LOCKED = _OFFICES.with_for_update(read=True)
_PAST: CompoundSelect[Any] = union_all(
    select(
        bindparam("signed", "signed", literal_execute=True).label("how"), Round.key.label("what")
    )
    .join(SignOff, SignOff.round_id == Round.id)
    .where(SignOff.case_id == bindparam("case_id"), SignOff.person_id == bindparam("person")),
    select(bindparam("signed_through", "signed", literal_execute=True), Round.key)
    .join(SignOff, SignOff.round_id == Round.id)
    .join(Appointment, Appointment.id == SignOff.appointment_id)
    .where(
        SignOff.case_id == bindparam("case_id"),
        SignOff.mandate_id.is_not(None),
        Appointment.person_id == bindparam("person"),
    ),
    select(bindparam("wrote", "wrote", literal_execute=True).label("how"), Document.kind).where(
        Document.case_id == bindparam("case_id"), Document.person_id == bindparam("person")
    ),
)


def openers(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[Chair, ...]:
    """The offices that may open an initiative for others to answer, where somebody holds them."""
    asked = [
        (of, party)
        for of in spec.opened_by
        for party, _ in participants.parties(session, case_id, of.of, today)
        if participants.is_held(session, of.role, party, today)
    ]
    keyed = select(Party.id, Party.key, Party.name).where(Party.id.in_({p for _, p in asked}))
    named = {row.id: row for row in session.execute(keyed)}
    return tuple(
        Chair(
            id=-number,
            role=of.role,
            party_id=party,
            party_key=named[party].key,
            party_name=named[party].name,
            part=Part.DECIDES,
            category="",
            status="open",
            sign_off_id=None,
            turn=None,
            person=None,
            verdict=None,
        )
        for number, (of, party) in enumerate(asked, 1)
    )


def offices(
    session: Session, person: int, today: date, *, locked: bool = False
) -> dict[tuple[str, int], int]:
    """The person's appointments in force, as (role, party) to appointment.

    Locked, none of them ends before the act that they are read for is recorded.
    """
    held = _OFFICES_LOCKED if locked else _OFFICES
    rows = session.connection().execute(held, {"person": person, "today": today})
    return {(role, party): appointment for role, party, appointment in rows}


def past(session: Session, case_id: int, person: int) -> Past:
    """What the person did in this case: rounds answered and texts written, ever."""
    rows = session.connection().execute(_PAST, {"case_id": case_id, "person": person}).all()
    return Past(
        signed=frozenset(what for how, what in rows if how == "signed"),
        wrote=frozenset(what for how, what in rows if how == "wrote"),
    )


# What the check has to know is this much, and each is said by name.
def circumstances(  # noqa: PLR0913
    session: Session,
    definition: Definition,
    spec: RoundSpec,
    sitting: Sitting | None,
    *,
    case_id: int,
    state: str,
    person: int,
    seat: int | None,
    now: datetime,
    mandate: Mandated | None = None,
) -> Circumstances:
    """Everything the permission check has to know about this person at this seat now."""
    at_seat = _holding(session, spec, sitting, seat, person, now.date())
    chair = sitting.chair(seat) if sitting and seat is not None else None
    return Circumstances(
        offices={mandate.office: mandate.appointment}
        if mandate
        else offices(session, person, now.date()),
        past=past(session, case_id, person),
        round_open=sitting is None or sitting.status == "open",
        in_state=state in spec.states,
        answered_here=_answered_here(sitting, person, seat),
        waits_for=_waits_for(session, definition, spec, case_id, now),
        comes_after=turns(spec, sitting).get(seat or 0, ""),
        decided_last=sitting is None and _decided_last(session, spec, case_id),
        heard=heard(session, spec, case_id),
        person=person,
        held=at_seat.held.get(seat or 0),
        interest=at_seat.interest(seat, person),
        undeclared=chair is not None and at_seat.owes(spec, chair.role, seat, person),
        lifted=at_seat.bars(seat, person),
        principal=Principal(
            name=mandate.name,
            past=past(session, case_id, mandate.principal),
            answered_here=_answered_here(sitting, mandate.principal, seat),
            interest=at_seat.interest(seat, mandate.principal),
        )
        if mandate
        else None,
    )


def of_seat(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting | None,
    chair: Chair,
    person: int,
    *,
    relieved: bool = False,
) -> Circumstances:
    """What the check has to know of somebody at a seat who has not come to read its papers yet.

    `relieved` says that whoever has taken the seat is about to let go of it.
    """
    seen = circumstances(
        ledger.session,
        ledger.definition,
        spec,
        sitting,
        case_id=ledger.case.id,
        state=ledger.case.state,
        person=person,
        seat=chair.id,
        now=ledger.now,
    )
    return replace(seen, undeclared=False, held=None if relieved else seen.held)


def _holding(
    session: Session,
    spec: RoundSpec,
    sitting: Sitting | None,
    seat: int | None,
    person: int,
    today: date,
) -> Holding:
    """What stands at one seat; who took it is asked only where it was somebody else."""
    chair = sitting.chair(seat) if sitting and seat is not None else None
    seats = {chair.id} if chair else set[int]()
    taken = seats if chair and chair.claimant not in {None, person} else set[int]()
    return holding(session, spec, seats, taken, today)


def heard(session: Session, spec: RoundSpec, case_id: int) -> frozenset[tuple[str, str, int]]:
    """Which offices ever answered a round that bars parties or offices from this one."""
    rounds = {bar.split(":")[-1] for bar in spec.rule.never if bar.startswith(SEAT_BARS)}
    if not rounds:
        return frozenset()
    rows = session.execute(
        select(Round.key, Seat.role, Seat.party_id)
        .join(Seat, Seat.round_id == Round.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(Round.case_id == case_id, Round.key.in_(rounds))
        .distinct()
    )
    return frozenset((key, role, party) for key, role, party in rows)


def _answered_here(sitting: Sitting | None, person: int, seat: int | None) -> bool:
    """Whether an answer of the person stands on another seat of the round."""
    chairs = sitting.chairs if sitting else ()
    return any(c.id != seat and c.answered_by(person) for c in chairs)


def turns(spec: RoundSpec, sitting: Sitting | None) -> dict[int, str]:
    """Of each seat that is asked after others: who has to be for it first."""
    if sitting is None or spec.rule.kind is not RuleKind.SEQUENTIAL:
        return {}
    places, answers = sitting.places(), sitting.answers()
    before = {c.id: rules.comes_after(spec.rule, places, answers, c.id) for c in sitting.chairs}
    return {seat: ", ".join(p.name for p in first) for seat, first in before.items() if first}


def _decided_last(session: Session, spec: RoundSpec, case_id: int) -> bool:
    """Whether a round that may not run twice running is what settled here last.

    A window that a changed text closed has decided nothing.
    """
    if spec.rule.silence is None or not spec.rule.silence.not_twice_running:
        return False
    settled = select(Round.key).where(
        Round.case_id == case_id,
        Round.status == "settled",
        Round.state.in_(spec.states),
        Round.outcome != SUPERSEDED,
    )
    last = settled.order_by(Round.settled_at.desc(), Round.id.desc()).limit(1)
    return session.scalar(last) == spec.key


def _waits_for(
    session: Session, definition: Definition, spec: RoundSpec, case_id: int, now: datetime
) -> str:
    """The label of the round that has to be heard first and has not been, or nothing."""
    if not spec.after_round:
        return ""
    first = latest(session, case_id, spec.after_round)
    if first is None or first.status != "open":
        return ""
    heard = all(chair.status in ("answered", "recused") for chair in first.chairs)
    return "" if heard or first.time_is_up(now) else definition.rounds[spec.after_round].label
