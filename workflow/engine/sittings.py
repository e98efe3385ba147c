"""A round as it sits in the database: its seats, its standing answers, and who may act there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import Session

from workflow.engine import rules
from workflow.engine.definition import Definition, Part, RoundSpec
from workflow.engine.permission import Circumstances, Past, Place
from workflow.engine.records import Document, Round, Seat, SignOff
from workflow.people.records import Appointment, Party

_ROUND = Round.__table__
_SEATS = (
    select(
        Seat.id,
        Seat.role,
        Seat.party_id,
        Seat.part,
        Seat.category,
        Seat.status,
        Party.key.label("party_key"),
        Party.name.label("party_name"),
        SignOff.id.label("sign_off_id"),
        SignOff.turn,
        SignOff.person_id,
        SignOff.verdict,
    )
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
    .where(Seat.round_id == bindparam("round_id"))
    .order_by(Seat.id)
)
_OFFICES = select(Appointment.role, Appointment.party_id, Appointment.id).where(
    Appointment.person_id == bindparam("person"),
    Appointment.starts_on <= bindparam("today"),
    or_(Appointment.ends_on.is_(None), Appointment.ends_on >= bindparam("today")),
)
_PAST: CompoundSelect[Any] = union_all(
    select(
        bindparam("signed", "signed", literal_execute=True).label("how"), Round.key.label("what")
    )
    .join(SignOff, SignOff.round_id == Round.id)
    .where(SignOff.case_id == bindparam("case_id"), SignOff.person_id == bindparam("person")),
    select(bindparam("wrote", "wrote", literal_execute=True).label("how"), Document.kind).where(
        Document.case_id == bindparam("case_id"), Document.person_id == bindparam("person")
    ),
)


@dataclass(frozen=True, slots=True)
class Chair:
    """One seat with its standing answer, if any."""

    id: int
    role: str
    party_id: int
    party_key: str
    party_name: str
    part: Part
    category: str
    status: str
    sign_off_id: int | None
    turn: int | None
    person: int | None
    verdict: str | None

    @property
    def place(self) -> Place:
        """The seat as the permission check sees it."""
        return Place(self.role, self.party_id, self.party_name, self.status)


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open (or closed) round with its seats."""

    id: int
    key: str
    turn: int
    status: str
    state: str
    opened_at: datetime
    due_at: datetime | None
    content: dict[str, Any]
    content_digest: str
    chairs: tuple[Chair, ...]

    def chair(self, seat: int) -> Chair | None:
        """The seat with this id, if it is one of this round's."""
        return next((chair for chair in self.chairs if chair.id == seat), None)

    def places(self) -> tuple[rules.Place, ...]:
        """The seats as the rule sees them."""
        return tuple(
            rules.Place(c.id, c.party_name, c.category, c.part, c.status == "recused")
            for c in self.chairs
        )

    def answers(self) -> dict[int, rules.Answer]:
        """The standing answers as the rule sees them."""
        return {
            c.id: rules.Answer(c.id, c.person or 0, c.verdict)
            for c in self.chairs
            if c.verdict is not None
        }


def by_id(session: Session, round_id: int) -> Sitting:
    """The round with this id, as it sits now."""
    row = session.execute(select(_ROUND).where(_ROUND.c.id == round_id)).mappings().one()
    return _sitting(session, row)


def latest(session: Session, case_id: int, key: str) -> Sitting | None:
    """The newest opening of the round `key` on the case, whatever became of it."""
    row = (
        session.execute(
            select(_ROUND)
            .where(_ROUND.c.case_id == case_id, _ROUND.c.key == key)
            .order_by(_ROUND.c.turn.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else _sitting(session, row)


def open_rounds(session: Session, case_id: int) -> list[Sitting]:
    """Every open round of the case, in the order of opening."""
    rows = (
        session.execute(
            select(_ROUND)
            .where(_ROUND.c.case_id == case_id, _ROUND.c.status == "open")
            .order_by(_ROUND.c.id)
        )
        .mappings()
        .all()
    )
    return [_sitting(session, row) for row in rows]


def _sitting(session: Session, row: Any) -> Sitting:
    chairs = tuple(
        Chair(
            id=c.id,
            role=c.role,
            party_id=c.party_id,
            party_key=c.party_key,
            party_name=c.party_name,
            part=Part(c.part),
            category=c.category,
            status=c.status,
            sign_off_id=c.sign_off_id,
            turn=c.turn,
            person=c.person_id,
            verdict=c.verdict,
        )
        for c in session.execute(_SEATS, {"round_id": row["id"]})
    )
    return Sitting(
        id=row["id"],
        key=row["key"],
        turn=row["turn"],
        status=row["status"],
        state=row["state"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        content=row["content"],
        content_digest=row["content_digest"],
        chairs=chairs,
    )


def offices(session: Session, person: int, today: date) -> dict[tuple[str, int], int]:
    """The person's appointments in force, as (role, party) to appointment."""
    rows = session.execute(_OFFICES, {"person": person, "today": today})
    return {(role, party): appointment for role, party, appointment in rows}


def past(session: Session, case_id: int, person: int) -> Past:
    """What the person did in this case: rounds answered and texts written, ever."""
    rows = session.execute(_PAST, {"case_id": case_id, "person": person}).all()
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
) -> Circumstances:
    """Everything the permission check has to know about this person at this seat now."""
    return Circumstances(
        offices=offices(session, person, now.date()),
        past=past(session, case_id, person),
        round_open=sitting is None or sitting.status == "open",
        in_state=state in spec.states,
        answered_here=sitting is not None
        and any(c.person == person and c.id != seat for c in sitting.chairs),
        waits_for=_waits_for(session, definition, spec, case_id, now),
    )


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
    late = first.due_at is not None and first.due_at <= now
    return "" if heard or late else definition.rounds[spec.after_round].label
