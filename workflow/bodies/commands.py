"""Verbs about bodies: entered and changed, seats given and ended, sessions called.

Each takes the session of somebody else's transaction, and is told on the register.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import BodyConvened, BodyDescribed, BodySeated, BodySeatEnded
from workflow.bodies.members import untied
from workflow.bodies.models import Body, BodySeat, BodySession
from workflow.bodies.seats import BOARD, CHAIR, KINDS, PLACES, may_sit, sitting
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_line
from workflow.people.directory.descriptions import is_donor
from workflow.people.models import Party
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase, together

KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """What a body is: its name, its kind, how many seats decide, and whether it is the one by default."""

    kind: str
    name: str
    quorum: int = 1
    by_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGiven:
    """A seat as it is to be given: to whom, as what, for which category, and for how long."""

    party_id: int
    starts_on: date
    place: str
    category: str = ""
    ends_on: date | None = None


def found_body(
    session: Session, key: str, charter: Charter, *, by: int | None, now: datetime
) -> int:
    """Enter a body and return its id; it decides nothing before it has seats and a chair."""
    key = key.strip().lower()
    faults = _faults(charter)
    if not KEY.fullmatch(key):
        faults["key"] = phrase("A key has 2 to 40 small letters, digits and hyphens.")
    elif session.scalar(select(Body.id).where(Body.key == key)):
        faults["key"] = phrase("A body called %(key)s is entered already.", key=key)
    _refuse(faults)
    body = Body(key=key, kind=charter.kind, name=charter.name, quorum=1)
    _describe(session, body, charter, by, now)
    return body.id


def describe_body(
    session: Session, body_id: int, charter: Charter, *, by: int | None, now: datetime
) -> None:
    """Change what a body is; the one by default is relieved by naming another."""
    body = _body(session, body_id)
    faults = _faults(charter)
    if charter.by_default and not sitting(session, body_id, now.date(), (CHAIR,)):
        faults["by_default"] = NO_CHAIR
    if body.kind != charter.kind:
        faults["kind"] = phrase("A body stays of its kind.")
    _refuse(faults)
    _describe(session, body, charter, by, now)


NO_CHAIR = phrase("This body has no chair; give somebody the chair first.")


def _describe(
    session: Session, body: Body, charter: Charter, by: int | None, now: datetime
) -> None:
    if charter.by_default:
        others = (Body.kind == charter.kind, Body.by_default)
        session.execute(update(Body).where(*others).values(by_default=False))
    body.name, body.quorum = kept_line(charter.name, "name"), charter.quorum
    body.by_default = charter.by_default
    session.add(body)
    session.flush()
    told = BodyDescribed(
        body=body.key,
        kind=body.kind,
        name=body.name,
        quorum=body.quorum,
        by_default=body.by_default,
    )
    registered(session, Fact(told, by, now))


def seat_party(
    session: Session, body_id: int, given: SeatGiven, *, by: int | None, now: datetime
) -> int:
    """Give a party a seat on a body.

    Refuses a donor, since the body decides on its money; a second chair on the same days, a second
    seat of a party, and a seat that ends before it begins.
    """
    body, party = _body(session, body_id), session.get(Party, given.party_id)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    faults = _seat_faults(session, body, party, given)
    _refuse(faults)
    seat = BodySeat(
        body_id=body_id,
        party_id=party.id,
        place=given.place,
        category=kept_line(given.category, "category"),
        starts_on=given.starts_on,
        ends_on=given.ends_on,
    )
    session.add(seat)
    session.flush()
    told = BodySeated(
        body=body.key,
        seat=seat.id,
        party=party.key,
        place=seat.place,
        category=seat.category,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
    )
    registered(session, Fact(told, by, now))
    return seat.id


def end_seat(
    session: Session, seat_id: int, ends_on: date, *, by: int | None, now: datetime
) -> None:
    """Let a seat end with a day, earlier than it would have; open rounds keep whom they asked."""
    seat = session.get(BodySeat, seat_id, with_for_update=True)
    if seat is None:
        raise NotFound(phrase("There is no such seat."))
    if ends_on < seat.starts_on or (seat.ends_on is not None and seat.ends_on <= ends_on):
        last = seat.ends_on or phrase("no end")
        said = phrase(
            "This seat is held from %(first)s to %(last)s; its end lies between them.",
            first=seat.starts_on, last=last,
        )  # fmt: skip
        raise Invalid(said, {"ends_on": said})
    seat.ends_on = ends_on
    session.flush()
    told = BodySeatEnded(
        body=_body(session, seat.body_id).key,
        seat=seat.id,
        party=session.get_one(Party, seat.party_id).key,
        place=seat.place,
        category=seat.category,
        starts_on=seat.starts_on,
        ends_on=ends_on,
    )
    registered(session, Fact(told, by, now))


def call_session(
    session: Session,
    body_id: int,
    title: str,
    days: tuple[date, date],
    *,
    by: int | None,
    now: datetime,
) -> int:
    """Call a session of a body from its first day to its last; refuses a body without a chair."""
    body, (first, last) = _body(session, body_id), days
    title = kept_line(title, "title")
    faults: dict[str, Phrase] = {}
    if not 1 <= len(title) <= 200:
        faults["title"] = phrase("Say what the session is called.")
    if last < first:
        faults["ends_on"] = phrase("A session cannot end before it begins.")
    if not sitting(session, body_id, first, (CHAIR,)):
        faults["starts_on"] = phrase("On that day this body has no chair to call it.")
    _refuse(faults)
    called = BodySession(body_id=body_id, title=title, starts_on=first, ends_on=last)
    session.add(called)
    session.flush()
    told = BodyConvened(
        body=body.key, session=called.id, starts_on=first, ends_on=last, title=title
    )
    registered(session, Fact(told, by, now))
    return called.id


def _faults(charter: Charter) -> dict[str, Phrase]:
    faults: dict[str, Phrase] = {}
    if charter.kind not in KINDS:
        faults["kind"] = phrase("Choose what kind of body it is.")
    if not 1 <= len(kept_line(charter.name, "name")) <= 200:
        faults["name"] = phrase("A name has between 1 and 200 characters.")
    if charter.quorum < 1:
        faults["quorum"] = phrase("At least one seat decides.")
    return faults


def _seat_faults(session: Session, body: Body, party: Party, given: SeatGiven) -> dict[str, Phrase]:
    faults: dict[str, Phrase] = {}
    if given.place not in PLACES:
        faults["place"] = phrase("A seat is that of the chair, of a deputy or of a member.")
    if len(given.category) > 60:
        faults["category"] = phrase("A category has at most 60 characters.")
    if given.ends_on is not None and given.ends_on < given.starts_on:
        faults["ends_on"] = phrase("A seat cannot end before it begins.")
    if is_donor(party.kind, party.iso3, gives=party.gives):
        faults["party"] = phrase(
            "%(party)s is a donor; it takes no seat on a body that decides on its money.",
            party=party.name,
        )
    elif not may_sit(body.kind, party.kind, party.iso3, gives=party.gives):
        faults["party"] = phrase(
            "%(party)s cannot sit there: developing countries and organisations do, and no office "
            "of the house on a board.",
            party=party.name,
        )
    elif session.scalars(_beside(body, given).where(BodySeat.party_id == party.id)).first():
        faults["party"] = phrase(
            "%(party)s has a seat on this body already on some of these days.", party=party.name
        )
    elif _sits_elsewhere(session, body, given) and untied(session, [party.id], given.starts_on):
        faults["party"] = phrase(
            "%(party)s sits on another board, and somebody is appointed for it who is tied to no "
            "board and would answer on both; tie each appointment to its board first.",
            party=party.name,
        )
    if (
        given.place == CHAIR
        and session.scalars(_beside(body, given).where(BodySeat.place == CHAIR)).first()
    ):
        faults["place"] = phrase("This body has a chair already on some of these days.")
    return faults


def _sits_elsewhere(session: Session, body: Body, given: SeatGiven) -> bool:
    """Whether the party sits on another board from the seat's first day on or later."""
    elsewhere = (
        select(BodySeat.id)
        .join(Body, Body.id == BodySeat.body_id)
        .where(BodySeat.party_id == given.party_id, Body.id != body.id)
        .where(
            Body.kind == BOARD, or_(BodySeat.ends_on.is_(None), BodySeat.ends_on >= given.starts_on)
        )
    )
    return body.kind == BOARD and session.scalars(elsewhere.limit(1)).first() is not None


def _beside(body: Body, given: SeatGiven) -> Select[int]:
    """Seats on the body that are held on some of the days of another."""
    beside = select(BodySeat.id).where(
        BodySeat.body_id == body.id,
        or_(BodySeat.ends_on.is_(None), BodySeat.ends_on >= given.starts_on),
    )
    return beside.where(BodySeat.starts_on <= given.ends_on) if given.ends_on else beside


def _body(session: Session, body_id: int) -> Body:
    body = session.get(Body, body_id, with_for_update=True)
    if body is None:
        raise NotFound(phrase("There is no such body."))
    return body


def _refuse(faults: dict[str, Phrase]) -> None:
    if faults:
        raise Invalid(together(faults.values()), faults)
