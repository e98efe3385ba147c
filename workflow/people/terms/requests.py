"""Acts on offices that take two administrators: asked for by one, confirmed or declined by another."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.people import ActAsked, ActConfirmed, ActDeclined
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.free_text import kept_line
from workflow.people.administrators import (
    others_administer,
    refuse_all_but_administrators,
    two_administer,
)
from workflow.people.commands import appoint, end_appointment
from workflow.people.four_eyes.second import (
    CONFIRMED,
    DECLINED,
    administrators_today,
    decided,
    reason_to_decline,
    to_confirm,
    to_decide,
)
from workflow.people.models import Appointment, OfficeAct, Party
from workflow.people.register import claim_register, registered
from workflow.people.sittings import Sitting, sitting, sitting_key
from workflow.people.terms.extension import extend_appointment
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR, BOARD_CHAIR, BOARD_MEMBER

MAKE, END, EXTEND = "make", "end", "extend"
BOARD = (BOARD_MEMBER, BOARD_CHAIR)


@dataclass(frozen=True, slots=True)
class OfficeWish:
    """What is to be done about an office; `appointment` is the one that ends or is extended.

    `on` is the body on which alone it counts, where it counts on one.
    """

    act: str
    person_id: int
    role: str
    party_id: int
    starts_on: date
    ends_on: date | None = None
    letter: str = ""
    appointment: int | None = None
    on: Sitting | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a wish: the appointment it was about, or the act that waits to be confirmed."""

    appointment: int | None = None
    waits: int | None = None


def wish_about(session: Session, appointment: int, act: str, ends_on: date | None) -> OfficeWish:
    """The wish to end or extend an appointment; refuses one that is not there."""
    held = session.get(Appointment, appointment)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    return OfficeWish(
        act, held.person_id, held.role, held.party_id, held.starts_on, ends_on, held.letter, held.id,
        sitting(session, held.body_id),
    )  # fmt: skip


def carry_out(
    session: Session, wish: OfficeWish, *, by: int, now: datetime, two_for: Collection[str] = ()
) -> Done:
    """Do what is wished, or, where the role takes two administrators, let it wait for the second.

    What could not be done anyway is refused at once, and so are an office for oneself and what waits
    already. Where some roles take two, a new administrator does as well, or one alone would make
    their second.
    """
    refuse_all_but_administrators(session, by, now)
    if wish.act == MAKE and wish.person_id == by:
        said = phrase("Nobody appoints themselves; another administrator does.")
        raise Invalid(said, {"role": said})
    if not takes_two(session, wish.role, two_for, now.date()):
        return Done(appointment=_do(session, wish, by=by, now=now))
    with session.begin_nested() as tried:
        _do(session, wish, by=by, now=now)
        tried.rollback()
    session.expire_all()
    return Done(waits=_ask(session, wish, by=by, now=now))


def takes_two(session: Session, role: str, two_for: Collection[str], on: date) -> bool:
    """Whether acts on a role wait for a second administrator."""
    return role in roles_of_two(session, two_for, on) or (role == ADMINISTRATOR and bool(two_for))


def roles_of_two(session: Session, two_for: Collection[str], on: date) -> tuple[str, ...]:
    """The roles that take two: those that the installation names, and of boards once there are two."""
    seats = BOARD if two_administer(session, on) else ()
    return tuple(dict.fromkeys((*two_for, *seats)))


def confirm(session: Session, number: int, *, by: int, now: datetime) -> int:
    """Do what another administrator asked for; returns the appointment that it was about."""
    asked = to_confirm(session, OfficeAct, number, by=by, now=now)
    if asked.act != END and asked.person_id == by:
        raise NotAuthorised(phrase("Nobody appoints themselves; another administrator does."))
    wish = _wish(session, asked)
    told = ActConfirmed(**_told(session, asked), asked_by=asked.asked_by)
    registered(session, Fact(told, by, now))
    appointment = _do(session, wish, by=by, now=now)
    asked.appointment_id = appointment
    decided(session, asked, CONFIRMED, by=by, now=now)
    return appointment


def asked_for(session: Session, number: int) -> OfficeWish:
    """What an act wishes; refuses one that is not there."""
    asked = session.get(OfficeAct, number)
    if asked is None:
        raise NotFound(phrase("There is no such act."))
    return _wish(session, asked)


def _wish(session: Session, asked: OfficeAct) -> OfficeWish:
    return OfficeWish(
        asked.act, asked.person_id, asked.role, asked.party_id, asked.starts_on, asked.ends_on,
        asked.letter, asked.appointment_id, sitting(session, asked.body_id),
    )  # fmt: skip


def decline(session: Session, number: int, reason: str, *, by: int, now: datetime) -> None:
    """Decline what another administrator asked for, with the reason; nothing is done."""
    reason = reason_to_decline(reason)
    asked = to_decide(session, OfficeAct, number, by=by, now=now)
    told = ActDeclined(**_told(session, asked), asked_by=asked.asked_by, reason=reason)
    registered(session, Fact(told, by, now))
    decided(session, asked, DECLINED, by=by, now=now, reason=reason)


def _do(session: Session, wish: OfficeWish, *, by: int, now: datetime) -> int:
    if wish.act == END and wish.ends_on is not None:
        _refuse_last(session, wish, now)
        end_appointment(session, wish.appointment or 0, wish.ends_on, by=by, now=now)
    elif wish.act == EXTEND:
        extend_appointment(session, wish.appointment or 0, wish.ends_on, by=by, now=now)
    else:
        return appoint(
            session, wish.person_id, wish.role, wish.party_id, wish.starts_on, wish.ends_on,
            by=by, now=now, letter=wish.letter, on=wish.on,
        )  # fmt: skip
    return wish.appointment or 0


def _ask(session: Session, wish: OfficeWish, *, by: int, now: datetime) -> int:
    _refuse_twice(session, wish, now)
    asked = OfficeAct(
        act=wish.act,
        person_id=wish.person_id,
        role=wish.role,
        party_id=wish.party_id,
        appointment_id=wish.appointment,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
        letter=kept_line(wish.letter, "letter"),
        body_id=wish.on.body if wish.on else None,
        asked_by=by,
        asked_at=now,
    )
    session.add(asked)
    session.flush()
    told = ActAsked(**_told(session, asked), appointment=asked.appointment_id, letter=asked.letter)
    registered(session, Fact(told, by, now))
    return asked.id


def _refuse_twice(session: Session, wish: OfficeWish, now: datetime) -> None:
    """Refuse what one administrator asked for already and a second one has not decided on yet."""
    claim_register(session)
    standing = OfficeAct.asked_by.in_(administrators_today(session, now.date()))
    waits = session.scalars(_alike(wish).where(standing).limit(1)).first()
    if waits is not None:
        said = phrase(
            "This was asked for already and waits for a second administrator, as act %(number)s.",
            number=waits,
        )
        raise Invalid(said, {"role" if wish.act == MAKE else "ends_on": said})


def _alike(wish: OfficeWish) -> Select[int]:
    """The acts that wait for a second administrator and do what is wished, on some of its days."""
    alike = (
        select(OfficeAct.id)
        .where(OfficeAct.outcome == "", OfficeAct.act == wish.act)
        .order_by(OfficeAct.id)
    )
    if wish.act != MAKE:
        return alike.where(OfficeAct.appointment_id == wish.appointment)
    body = wish.on.body if wish.on else None
    alike = alike.where(
        OfficeAct.person_id == wish.person_id,
        OfficeAct.role == wish.role,
        OfficeAct.party_id == wish.party_id,
        OfficeAct.body_id.is_not_distinct_from(body),
        or_(OfficeAct.ends_on.is_(None), OfficeAct.ends_on >= wish.starts_on),
    )
    return alike.where(OfficeAct.starts_on <= wish.ends_on) if wish.ends_on else alike


def _refuse_last(session: Session, wish: OfficeWish, now: datetime) -> None:
    """Refuse an end that would leave the house without an administrator; one end at a time is judged."""
    if wish.role != ADMINISTRATOR or wish.ends_on is None:
        return
    claim_register(session)
    first_without = max(wish.ends_on, now.date()) + timedelta(days=1)
    if not others_administer(session, wish.person_id, first_without):
        said = phrase("This is the last administrator with access; appoint another one first.")
        raise Invalid(said, {"ends_on": said})


def _told(session: Session, asked: OfficeAct) -> dict[str, Any]:
    party = session.scalars(select(Party.key).where(Party.id == asked.party_id)).one()
    return {
        "number": asked.id,
        "act": asked.act,
        "holder": asked.person_id,
        "role": asked.role,
        "party": party,
        "starts_on": asked.starts_on,
        "ends_on": asked.ends_on,
        "body": sitting_key(session, asked.body_id),
    }
