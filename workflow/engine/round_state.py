"""A round as it sits in the database: its seats and its standing answers."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import OPEN, Round, Seat, SignOff
from workflow.lifecycles import rules
from workflow.lifecycles.rule import Rule
from workflow.lifecycles.seat import PARTS, Part, SeatRef
from workflow.people.models import Appointment, Party, Person
from workflow.reading import asked_once

SUPERSEDED = "superseded"
PAUSED_BY_STATE, PAUSED_BY_MAIL, PAUSED_BY_QUESTION = "state", "delivery", "question"
_ROUND = Round.__table__
# How often a seat was answered: what was changed or voided counts as well.
ANSWERS = (
    select(func.max(SignOff.turn))
    .where(SignOff.seat_id == Seat.id)
    .correlate(Seat)
    .scalar_subquery()
    .label("answers")
)
_BY_ID = select(_ROUND).where(_ROUND.c.id == bindparam("round_id"))
_BY_IDS = select(_ROUND).where(_ROUND.c.id.in_(bindparam("rounds", expanding=True)))
_OF_CASE = select(_ROUND).where(_ROUND.c.case_id == bindparam("case_id"))
_LATEST = _OF_CASE.where(_ROUND.c.key == bindparam("key")).order_by(_ROUND.c.turn.desc()).limit(1)
_OPEN = _OF_CASE.where(_ROUND.c.status == OPEN).order_by(_ROUND.c.id)
_IN_OPEN = exists().where(Round.id == Seat.round_id, Round.status == OPEN).correlate(Seat)
# Who is asked no longer since the case follows another version has no place in what is open.
_ASKED = or_(Seat.status != "overtaken", ~_IN_OPEN)
_SEATS = (
    select(
        *(Seat.round_id, Seat.id, Seat.role, Seat.party_id, Seat.part, Seat.category, Seat.status),
        *(Seat.because, Seat.due_at, Seat.bench_id),
        *(Party.key.label("party_key"), Party.name.label("party_name")),
        Party.kind.label("party_kind"),
        SignOff.id.label("sign_off_id"),
        *(SignOff.turn, SignOff.person_id, SignOff.verdict, SignOff.reason, SignOff.at),
        Person.name.label("person_name"),
        Appointment.person_id.label("principal"),
        SeatClaim.person_id.label("claimant"),
        ANSWERS,
    )
    .join(Party, Party.id == Seat.party_id)
    .outerjoin(SignOff, and_(SignOff.seat_id == Seat.id, SignOff.standing))
    .outerjoin(Person, Person.id == SignOff.person_id)
    .outerjoin(Appointment, Appointment.id == SignOff.appointment_id)
    .outerjoin(SeatClaim, and_(SeatClaim.seat_id == Seat.id, SeatClaim.ended_at.is_(None)))
    .where(Seat.round_id.in_(bindparam("rounds", expanding=True)), _ASKED)
    .order_by(Seat.id)
)


class SeatState(NamedTuple):
    """One seat with its standing answer, if any; `office` says that its party is one of the house.

    `answers` counts every answer that was ever given on it; `bench` is on which bench it is, if on
    one: then those of its party who sit on another have no say.
    """

    id: int
    role: str
    party_id: int
    party_key: str
    party_name: str
    part: Part
    category: str
    status: str = "open"
    sign_off_id: int | None = None
    turn: int | None = None
    person: int | None = None
    verdict: str | None = None
    principal: int | None = None
    claimant: int | None = None
    because: str = ""
    office: bool = False
    due_at: datetime | None = None
    reason: str = ""
    person_name: str = ""
    at: datetime | None = None
    answers: int = 0
    bench: int | None = None

    def answered_by(self, person: int) -> bool:
        """Whether the answer that stands is this person's, given by them or in their name."""
        return person in {self.person, self.principal}

    @property
    def place(self) -> SeatRef:
        """The seat as the permission check sees it."""
        return SeatRef(self.role, self.party_id, self.party_name, self.status, self.bench)

    def seen_as(self, name: str) -> rules.PanelSeat:
        """The seat as the rule sees it, under this name."""
        recused = self.status == "recused"
        return rules.PanelSeat(self.id, name, self.category, self.part, recused, self.party_key)


class RoundState(NamedTuple):
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
    seats: tuple[SeatState, ...]
    outcome: str = ""
    explanation: str = ""
    effective_at: datetime | None = None
    paused_at: datetime | None = None
    paused_due: datetime | None = None
    paused_for: str = ""
    acts_at: datetime | None = None

    @property
    def place(self) -> tuple[str, int]:
        """The round and which of its openings this is, as events name it."""
        return self.key, self.turn

    @property
    def silent(self) -> tuple[SeatState, ...]:
        """The deciding seats that have not answered."""
        return tuple(c for c in self.seats if c.status == "open" and c.part is Part.DECIDES)

    def time_is_up(self, now: datetime) -> bool:
        """Whether the due time has passed; what comes at that very instant still counts."""
        return self.due_at is not None and self.due_at < now

    def acts_by(self, now: datetime) -> bool:
        """Whether time does something to it by now: settles it, tells people, minds a lost letter."""
        return self.acts_at is not None and self.acts_at <= now

    def seat(self, seat: int) -> SeatState | None:
        """The seat with this id, if it is one of this round's."""
        return next((seat_state for seat_state in self.seats if seat_state.id == seat), None)

    def answered(
        self, at: SeatState, verdict: str, person: int | None, principal: int | None = None
    ) -> "RoundState":
        """The round once this verdict stands on a seat."""
        given = at._replace(
            status="answered", turn=at.answers + 1, answers=at.answers + 1, verdict=verdict,
            person=person, principal=principal,
        )  # fmt: skip
        return self._with(given)

    def recused(self, at: SeatState) -> "RoundState":
        """The round once a seat was stepped back from."""
        return self._with(
            at._replace(status="recused", turn=None, verdict=None, person=None, principal=None)
        )

    def _with(self, changed: SeatState) -> "RoundState":
        seats = [changed if each.id == changed.id else each for each in self.seats]
        return self._replace(seats=tuple(seats))

    def places(self, rule: Rule) -> tuple[rules.PanelSeat, ...]:
        """The seats as `rule` sees them; where a party holds several, their roles tell them apart."""
        called = [seat.party_name for seat in self.seats]
        if len(set(called)) < len(called):
            held = Counter(called)
            called = [
                f"{name} ({rule.called.get(seat.role, seat.role)})" if held[name] > 1 else name
                for name, seat in zip(called, self.seats, strict=True)
            ]
        return tuple(map(SeatState.seen_as, self.seats, called))

    def answers(self) -> dict[int, rules.Answer]:
        """The standing answers as the rule sees them."""
        return {
            c.id: rules.Answer(c.id, c.person or 0, c.verdict)
            for c in self.seats
            if c.verdict is not None
        }


@asked_once
def by_id(session: Session, round_id: int) -> RoundState:
    """The round with this id, as it sits now."""
    row = session.execute(_BY_ID, {"round_id": round_id}).one()
    return _loaded(session, [row])[0]


def by_ids(session: Session, round_ids: Collection[int]) -> dict[int, RoundState]:
    """The rounds with these ids, as they sit now."""
    rows = session.execute(_BY_IDS, {"rounds": [*round_ids]}).all()
    return {round_.id: round_ for round_ in _loaded(session, rows)}


@asked_once
def latest(session: Session, case_id: int, key: str) -> RoundState | None:
    """The newest opening of the round `key` on the case, whatever became of it."""
    row = session.execute(_LATEST, {"case_id": case_id, "key": key}).first()
    return None if row is None else _loaded(session, [row])[0]


@asked_once
def open_rounds(session: Session, case_id: int) -> list[RoundState]:
    """Every open round of the case, in the order of opening."""
    rows = session.execute(_OPEN, {"case_id": case_id}).all()
    return _loaded(session, rows)


@asked_once
def of_case(session: Session, case_id: int) -> list[RoundState]:
    """Every round of the case, in the order of opening."""
    rows = session.execute(_OF_CASE.order_by(_ROUND.c.id), {"case_id": case_id}).all()
    return _loaded(session, rows)


def open_among_all(session: Session, case_id: int) -> list[RoundState]:
    """The open rounds, for a page that tells of the others as well."""
    return [round_ for round_ in of_case(session, case_id) if round_.status == "open"]


def open_named(session: Session, keys: Collection[tuple[int, str]]) -> list[tuple[int, RoundState]]:
    """Of rounds named by case and key: those that are open, each with its case."""
    named = tuple_(_ROUND.c.case_id, _ROUND.c.key).in_(sorted(keys))
    wanted = select(_ROUND).where(_ROUND.c.status == OPEN, named).order_by(_ROUND.c.id)
    rows = session.execute(wanted).all()
    return [(row.case_id, round_) for row, round_ in zip(rows, _loaded(session, rows), strict=True)]


def seat_of(row: Any, **more: Any) -> SeatState:
    """A seat as a row tells it; `more` is what only some statements ask about it."""
    # In the order of the fields: values that are named take several times as long, seat by seat.
    return SeatState(
        row.id,
        row.role,
        row.party_id,
        row.party_key,
        row.party_name,
        PARTS[row.part],
        row.category,
        row.status,
        row.sign_off_id,
        row.turn,
        row.person_id,
        row.verdict,
        row.principal,
        row.claimant,
        answers=row.answers or 0,
        bench=row.bench_id,
        **more,
    )


def round_of(row: Any, seats: Iterable[SeatState], content: dict[str, Any]) -> RoundState:
    """A round as a row tells it, with its seats and the content under decision, if that was asked."""
    return RoundState(
        row.id,
        row.key,
        row.turn,
        row.status,
        row.state,
        row.opened_at,
        row.due_at,
        content,
        row.content_digest,
        tuple(seats),
        row.outcome or "",
        row.explanation,
        row.effective_at,
        row.paused_at,
        row.paused_due,
        row.paused_for,
        row.acts_at,
    )


def _loaded(session: Session, rows: Sequence[Any]) -> list[RoundState]:
    """The rounds with the seats of all of them, which one statement finds."""
    seats: dict[int, list[SeatState]] = {row.id: [] for row in rows}
    for row in session.connection().execute(_SEATS, {"rounds": [*seats]}) if seats else ():
        seats[row.round_id].append(_seat(row))
    return [round_of(row, seats[row.id], row.content) for row in rows]


def _seat(row: Any) -> SeatState:
    return seat_of(
        row,
        because=row.because,
        office=row.party_kind == "office",
        due_at=row.due_at,
        reason=row.reason or "",
        person_name=row.person_name or "",
        at=row.at,
    )
