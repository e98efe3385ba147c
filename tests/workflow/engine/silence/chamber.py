"""A body with its members before a text, under one of the rule sets in `definitions`."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from tests.support.world import World
from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.clock import to_millisecond
from workflow.engine import commands
from workflow.engine.cases import beginnings
from workflow.engine.commands import OpenRound, file_document, open_case
from workflow.engine.commands import extend as extension
from workflow.engine.commands.extend import ExtendRound
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.receipts import Receipt
from workflow.engine.models import CaseParty, Round, Seat, SignOff
from workflow.engine.rounds.decision import Decision
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import add_person, appoint, ensure_party
from workflow.people.models import Person

DEFINITIONS = Path(__file__).parent / "definitions"
REF, ADDRESS = "TEXT-1", "@body.example"
INSTANT = timedelta(milliseconds=1)
GROUPS = {"a": ("member", "beneficiary"), "d": ("donor_member", "donor")}


class Chamber:
    """One text before a body; members are called `a1`, `a2`, …, and `d1`, … in a donors' group."""

    def __init__(
        self, world: World, name: str, *, folder: Path = DEFINITIONS, **members: int
    ) -> None:
        self.world = world
        self.name = name
        self.definition = load_file(folder / f"{name}.toml")
        seats = "-".join(f"{group}{number}" for group, number in sorted(members.items()))
        key = f"{folder.name}-{name}-{seats}-{self.definition.digest[:12]}"
        world.made(key, partial(_gather, definition=self.definition, members=members))
        of_the_body = Person.email.endswith(ADDRESS)
        with world.engine.reading() as session:
            found = session.execute(
                select(Person.email, Person.id).where(of_the_body).order_by(Person.id)
            ).all()
        self._ids = {email.removesuffix(ADDRESS): person for email, person in found}
        self.definition_id, _ = world.engine.published(self.definition.key)

    def join(self, session: Any, who: str, role: str, party: int) -> None:
        """Give the party somebody who answers for it, as its other members have."""
        self._ids[who] = appointed(session, self.world, who, role, party)

    def open(self) -> None:
        """Bring the text under silence, as this body does."""
        if self.name == "osce":
            for who in list(self._ids):
                if who != "chair":
                    self.answer(who, "agree", of_round="meeting")
        elif self.name != "undp-unfpa-board":
            self.initiate()

    def initiate(self, who: str = "chair") -> Receipt:
        command = OpenRound(REF, "silence", "Meetings are not possible.", self.version, uuid4().hex)
        return commands.initiate(self.world.engine, self._ids[who], command)

    def decision(self, who: str, verdict: str, of_round: str = "silence") -> Decision:
        """What the person's page would send now."""
        return Decision(
            ref=REF, round=of_round, verdict=verdict, seen_version=self.version,
            key=uuid4().hex, seat=self.world.seat(REF, of_round, self._ids[who]),
            reason=f"The reason of {who}.",
        )  # fmt: skip

    def send(self, who: str, decision: Decision) -> Receipt:
        return commands.sign(self.world.engine, self._ids[who], decision)

    def answer(self, who: str, verdict: str, of_round: str = "silence") -> Receipt:
        return self.send(who, self.decision(who, verdict, of_round))

    def extend(self, who: str = "chair", reason: str = "Two capitals ask for time.") -> Receipt:
        command = ExtendRound(REF, "silence", reason, self.version, uuid4().hex)
        return extension.extend(self.world.engine, self._ids[who], command)

    def rewrite(self, words: str = "Other words.") -> None:
        """File a new version of the text."""
        command = Filing(REF, "text", {"words": words}, 1)
        engine, chair = self.world.engine, self._ids["chair"]
        with engine.transaction() as session:
            work = file_document.begin_work(engine, session, chair, REF)
            file_document.put_document(work, chair, command)
            work.close()

    def at_the_end(self, *, after: timedelta = timedelta()) -> None:
        """Let time pass to the instant at which the silence ends, or to a moment beside it."""
        due = self.round.due_at
        assert due is not None
        self.world.clock.at = to_millisecond(due + after)

    @property
    def version(self) -> int:
        return self.world.version(REF)

    @property
    def state(self) -> str:
        return self.world.state(REF)

    @property
    def round(self) -> Round:
        """The newest silence."""
        newest = select(Round).where(Round.key == "silence").order_by(Round.turn.desc()).limit(1)
        with self.world.engine.reading() as session:
            return session.scalars(newest).one()

    def seats(self) -> list[Seat]:
        with self.world.engine.reading() as session:
            return list(session.scalars(select(Seat).where(Seat.round_id == self.round.id)))

    def sign_offs(self) -> list[SignOff]:
        of_silence = select(SignOff).where(SignOff.round_id == self.round.id)
        with self.world.engine.reading() as session:
            return list(session.scalars(of_silence))

    def told(self, kind: str) -> list[dict[str, Any]]:
        """What the events of one kind say, the oldest first."""
        bodies = select(Event.body).where(Event.type == kind).order_by(Event.case_id, Event.seq)
        with self.world.engine.reading() as session:
            facts = [canonical.parse(body) for body in session.scalars(bodies)]
        return [fact for fact in facts if fact["case"] == REF]


def _gather(world: World, *, definition: Definition, members: Mapping[str, int]) -> None:
    """The members of a body and its chair, before a text."""
    definition_id = open_case.publish(world.engine, definition)
    with world.engine.transaction() as session:
        parties = list(_seated(session, world, definition, members))
        house = ensure_party(session, "house", "organisation", "The House")
        chair = appointed(session, world, "chair", "president", house)
        work = open_case.open_case(
            world.engine, session, chair, definition_id=definition_id, ref=REF,
            title="A text", proposer=house,
        )  # fmt: skip
        for capacity, party in parties:
            row = {"case_id": work.case.id, "capacity": capacity, "party_id": party}
            session.execute(insert(CaseParty).values(row))
        content = {"words": "The first words."}
        file_document.put_document(work, chair, Filing(REF, "text", content, 0))
        beginnings.open_initial(work)
        work.close()


def _seated(
    session: Any, world: World, definition: Definition, members: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    roles = dict(GROUPS)
    if "implementer_member" in definition.roles:
        roles["a"] = ("implementer_member", "beneficiary")
    for group, number in members.items():
        role, capacity = roles[group]
        for at in range(1, number + 1):
            who = f"{group}{at}"
            party = ensure_party(session, who, "organisation", who.upper())
            appointed(session, world, who, role, party)
            yield capacity, party


def appointed(session: Any, world: World, who: str, role: str, party: int) -> int:
    now = world.engine.now()
    person = add_person(session, f"{who}{ADDRESS}", who.upper(), "", now=now, password_hash="-")
    appoint(session, person, role, party, date(2020, 1, 1), by=None, now=now)
    return person
