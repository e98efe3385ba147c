"""The engine: one database, one clock, and the definitions it has published."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, select
from sqlalchemy import Engine as Database
from sqlalchemy.orm import Session

from workflow import database as databases
from workflow.audit import trail
from workflow.clock import Clock, utc_now
from workflow.engine.domain import DOMAIN, Domain, HandedOut
from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferMade, standing
from workflow.engine.offers.queries import Mark, mark, offers, order
from workflow.engine.texts.kept import texts_kept
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.lifecycles.texts.spoken import spoken_in
from workflow.notices.outbox import OWES_MAIL
from workflow.phrase import phrase
from workflow.revision import RevisionWatch
from workflow.timekeeping.timekeeper import Timekeeper
from workflow.transactions.lane import Lane
from workflow.transactions.transaction import Transaction, open_transaction
from workflow.vocabulary import AT_TERMINAL

ENGINE = "engine"


class Engine:
    """Hands out transactions, the time and definitions; every command commits through `transaction`."""

    def __init__(self, database: Database, domain: Domain, clock: Clock = utc_now) -> None:
        self.database = database
        self.domain = domain
        self.clock = clock
        self.timekeeper: Timekeeper | None = None
        self.tables: RevisionWatch | None = None
        self._for_reading = databases.for_reading(database)
        self._lane = Lane(database)
        self._info: dict[str, Any] = {DOMAIN: domain, ENGINE: self}
        self._definitions: dict[int, Definition] = {}
        self._spoken: dict[int, Definition] = {}
        self._offers: dict[Mark, tuple[OfferMade, ...]] = {}

    def at_terminal(self) -> None:
        """Have events of the house say that they come from the command line, which asks nobody who they are."""
        self._info[AT_TERMINAL] = True

    def owe_mail(self) -> None:
        """Have letters owed with the notices that are written from now on."""
        self._info[OWES_MAIL] = True

    def kept_by(self, timekeeper: Timekeeper) -> None:
        """Have `timekeeper` say whether the clock may decide anything; no event is written else."""
        self.timekeeper = timekeeper
        self._info[trail.HELD_TO] = timekeeper.refuse_known_doubt

    def refuse_doubt(self) -> None:
        """Refuse to decide anything by a clock that is in doubt; asked before a transaction begins."""
        if self.timekeeper is not None:
            self.timekeeper.refuse_doubt()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed whole, or not at all if anything is raised."""
        with self.writing() as under_way:
            yield under_way.session

    def writing(self) -> AbstractContextManager[Transaction]:
        """The same, for an act whose statements are always the same few."""
        return open_transaction(self._lane, self._info)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of things, keeps nobody waiting and never commits."""
        with databases.reading(self._for_reading) as session:
            session.info |= {DOMAIN: self.domain, ENGINE: self}
            yield session

    def now(self) -> datetime:
        """The present instant by the engine's clock."""
        return self.clock()

    def definition(self, definition_id: int, session: Session | None = None) -> Definition:
        """The published definition with this id; it never changes, so it is read once.

        Whoever holds a session hands it in: a second connection taken while holding one can leave
        a full pool of threads waiting for each other.
        """
        if definition_id not in self._definitions:
            body = select(DefinitionVersion.body).where(DefinitionVersion.id == definition_id)
            with self.reading() if session is None else nullcontext(session) as reader:
                found = reader.scalar(body)
            if found is None:
                raise NotFound(
                    phrase(
                        "No lifecycle with the id %(definition_id)s is published.",
                        definition_id=definition_id,
                    )
                )
            self._definitions[definition_id] = from_body(found)
        return self._definitions[definition_id]

    def as_published(self, definition_id: int, session: Session | None = None) -> Definition:
        """The same in the words in which it was published, whatever language a page is in."""
        return Engine.definition(self, definition_id, session)

    def spoken_in(self, definition_id: int, texts: int, session: Session) -> Definition:
        """A version in the words of the texts of this number; both never change, so they are read once."""
        if texts not in self._spoken:
            published = self.as_published(definition_id, session)
            self._spoken[texts] = spoken_in(published, texts_kept(session, texts))
        return self._spoken[texts]

    def definition_of(self, under_way: Transaction, definition_id: int) -> Definition:
        """The same for whoever writes; a session is made only where it was never read."""
        known = self._definitions.get(definition_id)
        return known or self.definition(definition_id, under_way.session)

    def published(self, key: str) -> tuple[int, Definition]:
        """The id and the newest published version of the definition called `key`."""
        with self.reading() as session:
            newest = session.scalar(select(newest_of(key)))
        if newest is None:
            raise NotFound(phrase("No lifecycle called %(key)s is published.", key=key))
        return newest, self.definition(newest)

    def offered(
        self, session: Session | None = None, at: datetime | None = None
    ) -> tuple[tuple[int, Definition], ...]:
        """The version of each lifecycle of what the domain is about that is offered, with its id.

        Those for everything come first, of others the first published; one that is retired is not among
        them. `at` is another instant than the present one.
        """
        return self._ours(self.in_force(session, at))

    def in_force(
        self, session: Session | None = None, at: datetime | None = None
    ) -> tuple[tuple[int, Definition], ...]:
        """The version of every lifecycle that is offered, whatever it is about, with its id."""
        with self.reading() if session is None else nullcontext(session) as reader:
            return self._read(reader, self.offers_until(mark(reader), reader), at)

    def offered_until(self, until: Mark) -> tuple[tuple[int, Definition], ...]:
        """What is offered, for whoever knows how far the register of lifecycles goes."""
        return self._ours(self.in_force_until(until))

    def in_force_until(self, until: Mark) -> tuple[tuple[int, Definition], ...]:
        """What is in force, for whoever knows how far the register goes; it is read once for each."""
        found = self._offers.get(until)
        if (
            found is not None
            and {each.version for each in found} - {None} <= self._definitions.keys()
        ):
            return self._read(None, found, None)
        with self.reading() as reader:
            return self._read(reader, self.offers_until(until, reader), None)

    def every_until(self, until: Mark) -> tuple[Definition, ...]:
        """Every version that was published: those offered first, then the others, the newest first."""
        offered = self.in_force_until(until)
        every = {each.version for each in self._offers.get(until, ()) if each.version}
        others = every - {number for number, _ in offered}
        return (
            *(read for _, read in offered),
            *(self.definition(number) for number in sorted(others, reverse=True)),
        )

    def followed(self, key: str, session: Session) -> Definition:
        """The version that whatever is begun today follows; of a retired lifecycle the newest one."""
        found = next((read for _, read in self.in_force(session) if read.key == key), None)
        return found or self.definition(session.scalar(select(newest_of(key))) or 0, session)

    def followed_by(self, key: str, session: Session) -> tuple[int, Definition]:
        """The version that a case opened now follows, with its id: the one offered, or else the newest.

        Refuses a lifecycle of which none is published.
        """
        stands = standing(self.offers_until(mark(session), session), self.now()).get(key)
        number = (stands.version if stands else None) or session.scalar(select(newest_of(key)))
        if number is None:
            raise NotFound(phrase("No lifecycle called %(key)s is published.", key=key))
        return number, self.definition(number, session)

    def offers_until(self, until: Mark, session: Session) -> tuple[OfferMade, ...]:
        """Every act on a lifecycle, those on the lifecycle published first at the beginning."""
        found = self._offers.get(until)
        if found is None:
            places = order(session)
            found = tuple(sorted(offers(session), key=lambda each: places[each.key]))
            self._offers[until] = found
        return found

    def _read(
        self, session: Session | None, found: tuple[OfferMade, ...], at: datetime | None
    ) -> tuple[tuple[int, Definition], ...]:
        stands = standing(found, at or self.now())
        # Every page asks this some times, of every lifecycle.
        keys = dict.fromkeys([each.key for each in found])
        numbers = [stands[key].version for key in keys if key in stands]
        each = [(number, self.definition(number, session)) for number in numbers if number]
        return tuple(sorted(each, key=lambda of: self._place(of[1])))

    def _place(self, definition: Definition) -> tuple[bool, bool]:
        """What the domain is about stands first, and of that what is for everything."""
        return definition.subject != self.domain.subject, not definition.for_everything

    def _ours(
        self, found: tuple[tuple[int, Definition], ...]
    ) -> tuple[tuple[int, Definition], ...]:
        """Those among them that are about what the domain is about."""
        return tuple([each for each in found if each[1].subject == self.domain.subject])

    def general(self, session: Session | None = None) -> tuple[int, Definition] | None:
        """The one offered first, which is for everything where one is; none where none is published."""
        return next(iter(self.offered(session)), None)


def engine_of(handed_out: HandedOut) -> Engine:
    """The engine that handed out a session or a transaction."""
    found: Engine = handed_out.info[ENGINE]
    return found


def newest_of(key: str | BindParameter[str]) -> ScalarSelect[int]:
    """The id of the newest version of the lifecycle called `key`, to be asked for beside others."""
    versions = select(DefinitionVersion.id).where(DefinitionVersion.key == key)
    return versions.order_by(DefinitionVersion.id.desc()).limit(1).scalar_subquery()
