"""Bodies as they are read: each with who sits on it, its sessions, and what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body, BodySeat, BodySession
from workflow.bodies.seats import CHAIR
from workflow.errors import NotFound
from workflow.people.models import Party
from workflow.phrase import Phrase, counted, phrase


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """A seat on a body, past, present or to come."""

    id: int
    party_key: str
    party: str
    place: str
    category: str
    starts_on: date
    ends_on: date | None

    def held(self, on: date) -> bool:
        """Whether the seat is taken on a day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """A session of a body."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BodyPage:
    """One body whole."""

    id: int
    key: str
    kind: str
    name: str
    quorum: int
    by_default: bool
    seats: tuple[SeatHeld, ...]
    sessions: tuple[SessionHeld, ...]

    def sitting(self, on: date) -> tuple[SeatHeld, ...]:
        """The seats that are taken on a day."""
        return tuple(seat for seat in self.seats if seat.held(on))

    def lacks(self, on: date) -> tuple[Phrase, ...]:
        """Why the body cannot decide on a day: no chair, or too few seats."""
        sitting = self.sitting(on)
        found = []
        if not any(seat.place == CHAIR for seat in sitting):
            found.append(phrase("It has no chair."))
        if len(sitting) < self.quorum:
            found.append(
                counted(
                    "One seat is taken, and %(quorum)s must be.",
                    "%(num)s seats are taken, and %(quorum)s must be.",
                    len(sitting),
                    quorum=self.quorum,
                )
            )
        return tuple(found)


def body_list(session: Session) -> tuple[BodyPage, ...]:
    """Every body by its name."""
    bodies = session.scalars(select(Body).order_by(Body.name)).all()
    seats, sessions = _seats(session), _sessions(session)
    return tuple(
        BodyPage(
            id=body.id,
            key=body.key,
            kind=body.kind,
            name=body.name,
            quorum=body.quorum,
            by_default=body.by_default,
            seats=tuple(seats.get(body.id, ())),
            sessions=tuple(sessions.get(body.id, ())),
        )
        for body in bodies
    )


def body_page(session: Session, key: str) -> BodyPage:
    """The body called `key`; refuses one that is not entered."""
    for body in body_list(session):
        if body.key == key:
            return body
    raise NotFound(phrase("There is no body called %(key)s.", key=key))


def body_names(session: Session) -> Mapping[int, str]:
    """What each body is called, by its number."""
    return dict(session.execute(select(Body.id, Body.name)).all())


def _seats(session: Session) -> dict[int, list[SeatHeld]]:
    rows = session.execute(
        select(
            BodySeat.body_id, BodySeat.id, Party.key, Party.name, BodySeat.place,
            BodySeat.category, BodySeat.starts_on, BodySeat.ends_on,
        )
        .join(Party, Party.id == BodySeat.party_id)
        .order_by(BodySeat.starts_on, Party.name)
    )  # fmt: skip
    found: dict[int, list[SeatHeld]] = {}
    for row in rows:
        found.setdefault(row.body_id, []).append(SeatHeld(*row[1:]))
    return found


def _sessions(session: Session) -> dict[int, list[SessionHeld]]:
    rows = session.scalars(select(BodySession).order_by(BodySession.starts_on.desc()))
    found: dict[int, list[SessionHeld]] = {}
    for each in rows:
        found.setdefault(each.body_id, []).append(
            SessionHeld(each.title, each.starts_on, each.ends_on)
        )
    return found
