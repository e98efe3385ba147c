"""What is measured on: a database with the demo's house, and many copies of one programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine as Database
from sqlalchemy import case, exists, inspect, select

from benchmarks.alone import alone
from benchmarks.cloning import TABLES, Cloner
from workflow.database import connect, migrate
from workflow.demo import house, path, stories
from workflow.demo.cast import DOMAIN
from workflow.demo.play import Hand, Play
from workflow.errors import Invalid
from workflow.phrase import phrase

BOARD = ("arjun.mehta", "carla.duarte")
LAST = "sipho.dlamini"
# When a programme is begun whose Board is late by now, and one whose Board is in time.
LONG_AGO, LATELY = timedelta(days=400), timedelta(days=150)
CASE, ROUND, SEAT, APPOINTMENT, PARTY, PERSON = (
    TABLES[name] for name in ("lifecycle_case", "round", "seat", "appointment", "party", "person")
)


@dataclass(frozen=True, slots=True)
class Sign:
    """An approval that somebody on the Board is about to give, and that settles nothing yet."""

    ref: str
    case_id: int
    version: int
    round_id: int
    seat_id: int
    person: int
    appointment: int
    party: str
    content: str


class Stage:
    """A database of its own for one benchmark."""

    def __init__(self, url: str) -> None:
        self.url = url
        refuse_inhabited(url)
        migrate(url)
        now = datetime.now().astimezone()
        self._play = Play(connect(url), Hand(now - LONG_AGO))
        house.build(self._play.engine)
        self._told = alone(stories.story(stories.read_stories()[0], now.date()))
        self._made = 0

    @property
    def database(self) -> Database:
        """The database as SQLAlchemy knows it."""
        return self._play.engine.database

    def person(self, key: str) -> int:
        """The id of one of the people of the house."""
        return self._play.person(key)

    def programme(self, state: str, *, in_time: bool = False) -> str:
        """One programme, brought to `state` by the real commands, in time or late."""
        self._play.clock.at = datetime.now().astimezone() - (LATELY if in_time else LONG_AGO)
        ref = path.begin(self._play, self._told)
        path.carry(self._play, ref, self._told, state)
        return ref

    def copies(self, ref: str, *, events: int = 0, cases: int = 0) -> list[str]:
        """So many copies of a programme, or as many as have so many events together."""
        with self.database.begin() as connection:
            cloner = Cloner(connection, ref)
            wanted = cases or -(-events // cloner.events)
            names = (f"BEN-2026-{self._made + number:06d}" for number in range(wanted))
            made = cloner.clone(names)
        self._made += wanted
        with self.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("analyze")
        return made

    def signs(self, refs: list[str], *, settling: bool = False) -> list[Sign]:
        """The approvals of two of the three members of the Board, programme by programme.

        The third settles the round, and comes last where it is wanted.
        """
        people = (*BOARD, *([LAST] if settling else []))
        chosen = set(refs)
        return [sign for sign in approvals(self.database, people) if sign.ref in chosen]


def approvals(database: Database, people: Sequence[str], most: int | None = None) -> list[Sign]:
    """The approvals that these members may give now where nobody has yet, programme by programme."""
    emails = [f"{who}@{DOMAIN}" for who in people]
    other = SEAT.alias()
    begun = exists().where(other.c.round_id == ROUND.c.id, other.c.status != "open")
    waiting = (
        select(
            CASE.c.ref, CASE.c.id, CASE.c.version, ROUND.c.id, SEAT.c.id,
            APPOINTMENT.c.person_id, APPOINTMENT.c.id, PARTY.c.key, ROUND.c.content_digest,
        )
        .join(ROUND, ROUND.c.case_id == CASE.c.id)
        .join(SEAT, SEAT.c.round_id == ROUND.c.id)
        .join(APPOINTMENT, APPOINTMENT.c.party_id == SEAT.c.party_id)
        .join(PERSON, PERSON.c.id == APPOINTMENT.c.person_id)
        .join(PARTY, PARTY.c.id == SEAT.c.party_id)
        .where(ROUND.c.key == "decision", APPOINTMENT.c.role == SEAT.c.role)
        .where(ROUND.c.status == "open", ~begun, PERSON.c.email.in_(emails))
        .order_by(ROUND.c.id, case(dict(zip(emails, range(len(emails)), strict=True)), value=PERSON.c.email))
        .limit(most)
    )  # fmt: skip
    with database.connect().execution_options(reading=True) as connection:
        return [Sign(*row) for row in connection.execute(waiting)]


def refuse_inhabited(url: str) -> None:
    """Refuse a database in which there is something: what is measured writes a great deal."""
    database = connect(url)
    try:
        with database.connect() as connection:
            if inspect(connection).get_table_names():
                raise Invalid(
                    phrase("There are tables in this database. Give the benchmark an empty one.")
                )
    finally:
        database.dispose()
