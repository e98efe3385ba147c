"""On which body an office counts: the boards and committees that a role is an office of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body, BodySeat
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, PLACES
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import party_key
from workflow.errors import Invalid, NotFound
from workflow.offices.roles import RoleBook, role_book
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.models import Appointment, Party
from workflow.people.sittings import Sitting
from workflow.people.terms.requests import OfficeWish, takes_two
from workflow.people.terms.tie import tie_appointment
from workflow.phrase import Phrase, Term, phrase, together
from workflow.vocabulary import BOARD_CHAIR

NONE_YET = phrase(
    "No committee is entered on which this office would count; enter it first, with its seats."
)


@dataclass(frozen=True, slots=True)
class BodyChoice:
    """A body on which an office may count."""

    key: str
    name: str
    kind: str


def body_choices(session: Session) -> tuple[BodyChoice, ...]:
    """Every body by its name."""
    rows = session.execute(select(Body.key, Body.name, Body.kind).order_by(Body.name))
    return tuple(BodyChoice(*row) for row in rows)


def sitting_on(session: Session, key: str) -> Sitting | None:
    """The body called `key`; none for an empty key, and refuses one that is not entered."""
    if not key:
        return None
    found = session.scalar(select(Body.id).where(Body.key == key.strip().lower()))
    if found is None:
        said = phrase("There is no body called %(key)s.", key=f"{key!r:.60}")
        raise Invalid(said, {"body": said})
    return Sitting(found, key.strip().lower())


def tie(
    engine: Engine,
    session: Session,
    appointment: int,
    key: str,
    *,
    by: int,
    two_for: Collection[str] = (),
) -> None:
    """Let an appointment that is tied to no body count on one alone.

    Refuses whoever is no administrator, a body of which it is no office, and one on which its party
    has no seat. Where the role takes two administrators, one alone takes nobody off another body.
    """
    refuse_all_but_administrators(session, by, engine.now())
    held = session.get(Appointment, appointment)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    days = max(held.starts_on, engine.now().date()), held.ends_on
    on = sitting_on(session, key)
    faults = _faults(session, role_book(session, engine), (held.role, held.party_id), on, days)
    if on is None:
        said = phrase("Choose on which body it counts.")
        raise Invalid(said, {"body": said})
    if not faults and takes_two(session, held.role, two_for, engine.now().date()):
        faults = _taken_off(session, role_book(session, engine), held, on, days)
    if faults:
        raise Invalid(together(faults.values()), faults)
    tie_appointment(session, appointment, on, by=by, now=engine.now())


def sitting_faults(session: Session, book: RoleBook, wish: OfficeWish) -> Mapping[str, Phrase]:
    """What is wrong with the body that an appointment is to count on, or with its having none."""
    office, days = (wish.role, wish.party_id), (wish.starts_on, wish.ends_on)
    return _faults(session, book, office, wish.on, days)


def on_its_body(session: Session, book: RoleBook, wish: OfficeWish) -> OfficeWish:
    """The wish with the body on which the office counts, where its party sits on one alone."""
    kinds = book.bodies(wish.role, party_key(session, wish.party_id))
    if wish.on is not None or not kinds:
        return wish
    days = wish.starts_on, wish.ends_on
    seated = session.execute(
        select(Body.id, Body.key)
        .join(BodySeat, BodySeat.body_id == Body.id)
        .where(Body.kind.in_(kinds), _seat(wish.party_id, _places(book, wish.role), days))
        .distinct()
        .limit(2)
    ).all()
    return replace(wish, on=Sitting(*seated[0])) if len(seated) == 1 else wish


def _faults(
    session: Session,
    book: RoleBook,
    office: tuple[str, int],
    on: Sitting | None,
    days: tuple[date, date | None],
) -> Mapping[str, Phrase]:
    role, party = office
    kinds = book.bodies(role, party_key(session, party))
    label = Term(book.labels.get(role, role))
    if on is None:
        entered = select(Body.id).where(Body.kind.in_(kinds))
        if not kinds:
            return {}
        if session.scalars(entered.limit(1)).first() is None:
            return {} if BOARD in kinds else {"body": NONE_YET}
        return {"body": phrase("Choose on which body: this office counts on one alone.")}
    body = session.get_one(Body, on.body)
    if body.kind not in kinds:
        said = phrase("%(role)s is no office of %(body)s.", role=label, body=body.name)
        return {"body": said}
    held = select(BodySeat.id).where(
        BodySeat.body_id == body.id, _seat(party, _places(book, role), days)
    )
    if session.scalars(held.limit(1)).first() is None:
        said = phrase(
            "%(party)s has no seat on %(body)s on these days from which it could be %(role)s; give "
            "it one first.",
            party=session.get_one(Party, party).name, body=body.name, role=label,
        )  # fmt: skip
        return {"body": said}
    return {}


def _taken_off(
    session: Session,
    book: RoleBook,
    held: Appointment,
    on: Sitting,
    days: tuple[date, date | None],
) -> Mapping[str, Phrase]:
    """Which other body an appointment would count on no more, which one administrator cannot decide."""
    kinds = book.bodies(held.role, party_key(session, held.party_id))
    seat = _seat(held.party_id, _places(book, held.role), days)
    elsewhere = session.scalars(
        select(Body.name)
        .join(BodySeat, BodySeat.body_id == Body.id)
        .where(Body.kind.in_(kinds), Body.id != on.body, seat)
        .order_by(Body.name)
        .limit(1)
    ).first()
    if elsewhere is None:
        return {}
    said = phrase(
        "It would no longer count on %(body)s, which takes two administrators: end this appointment, "
        "and make one for the body on which it counts.",
        body=elsewhere,
    )
    return {"body": said}


def _places(book: RoleBook, role: str) -> tuple[str, ...]:
    """The seats from which an office is held: the chair's by its chair and deputies."""
    return (CHAIR, DEPUTY) if role == BOARD_CHAIR or book.chairs(role) else PLACES


def _seat(
    party: int, places: tuple[str, ...], days: tuple[date, date | None]
) -> ColumnElement[bool]:
    """That a seat in one of these places is the party's on any of these days."""
    first, last = days
    lasts = or_(BodySeat.ends_on.is_(None), BodySeat.ends_on >= first)
    held = (BodySeat.party_id == party) & BodySeat.place.in_(places) & lasts
    return held if last is None else held & (BodySeat.starts_on <= last)
