"""What a trial acts on: programmes whose consultation waits for answers, and some whose time is up."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self

from sqlalchemy import select

from tests.support.world import NURSES
from workflow.database import connect
from workflow.demo import house, path
from workflow.demo.play import Hand, Play
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.people.models import Appointment, Person

# A consultation lasts 30 days: the ones wait for answers still, the others have been over for long.
WAITING, OVER = timedelta(days=20), timedelta(days=80)
ANSWERS = {
    "priya.menon": "lead",
    "somchai.chaiyasit": "lead",
    "aisyah.rahman": "support",
    "paulo.sa": "support",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that one person owes on a seat."""

    who: str
    ref: str
    seat: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The answers that a trial gives, and the programmes of which silence decides."""

    owed: tuple[Owed, ...]
    refs: tuple[str, ...]
    overdue: tuple[str, ...]

    def with_more(self, other: Self) -> Self:
        """Both as one."""
        return replace(
            self,
            owed=self.owed + other.owed,
            refs=self.refs + other.refs,
            overdue=self.overdue + other.overdue,
        )


def people(url: str) -> None:
    """Enter the people who act."""
    with playing(url, timedelta(days=100)) as play:
        house.build(play.engine)


def batch(url: str, waiting: int, overdue: int) -> Batch:
    """Bring so many programmes to their consultation, by the real commands."""
    with playing(url, OVER) as play:
        over = tuple(_consulted(play) for _ in range(overdue))
    with playing(url, WAITING) as play:
        refs = tuple(_consulted(play) for _ in range(waiting))
        owed = tuple(answer for ref in refs for answer in _owed(play, ref))
    return Batch(owed, refs, over)


@contextmanager
def playing(url: str, ago: timedelta) -> Iterator[Play]:
    """Commands given so long ago; nothing of it stays open."""
    play = Play(connect(url), Hand(datetime.now(UTC) - ago))
    try:
        yield play
    finally:
        play.engine.database.dispose()


def _consulted(play: Play) -> str:
    begun = play.clock.at
    ref = path.begin(play, NURSES)
    path.carry(play, ref, NURSES, "consultation")
    play.clock.at = begun
    return ref


def _owed(play: Play, ref: str) -> Iterator[Owed]:
    seats = (
        select(Seat.id, Person.email)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .join(
            Appointment,
            (Appointment.role == Seat.role) & (Appointment.party_id == Seat.party_id),
        )
        .join(Person, Person.id == Appointment.person_id)
        .where(LifecycleCase.ref == ref, Round.key == "consultation")
        .order_by(Seat.id)
    )
    with play.engine.reading() as session:
        rows = session.execute(seats).all()
    for seat, email in rows:
        who = email.partition("@")[0]
        yield Owed(who, ref, seat, ANSWERS[who])
