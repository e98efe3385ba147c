"""Cases of random lifecycles, taken on by random people, and what each of them is shown and may do."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from random import Random
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.chance.lifecycles import lifecycle
from tests.support.world import World
from tests.workflow.engine.small_cases import opened, take_part
from workflow.engine import commands, round_state
from workflow.engine.commands import OpenRound, file_document, open_case
from workflow.engine.commands.declare import DeclareInterest
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.settle_due import sweep
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.pages import review
from workflow.engine.pages.actions import actions
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.engine.rounds.decision import Decision
from workflow.errors import Incomplete, NotAuthorised, NotFound, Refusal
from workflow.lifecycles.definition import Definition, Opens
from workflow.people.models import Appointment, Person
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import SYSTEM

WHY = "Because."
OPEN, DECLARE = "open this round", "declare an interest"


class Undone(Exception):
    """Ends an act that would have stood, so that nothing of it does."""


class Rehearsal(Engine):
    """An engine on which every act is done whole, and then taken back."""

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction that never commits."""
        with super().writing() as under_way:
            yield under_way
            raise Undone


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """Something that one person does on a case: a verdict on a seat (0 where none is open), or another act."""

    round: str
    seat: int
    verdict: str


@dataclass(frozen=True, slots=True)
class RandomCase:
    """One case with its lifecycle, and who might do something on it."""

    world: World
    stage: Engine
    ref: str
    definition: Definition

    def people(self) -> list[int]:
        """Everybody who holds an office today."""
        with self.world.engine.reading() as session:
            return list(session.scalars(select(Person.id).join(Appointment).distinct()))

    def stands(self, session: Session) -> LifecycleCase:
        """The row of the case."""
        return session.scalars(select(LifecycleCase).where(LifecycleCase.ref == self.ref)).one()

    def knows(self, person: int) -> bool:
        """Whether a person may know of the case; to everybody else each of its pages says there is none."""
        now = self.world.engine.now()
        with self.world.engine.reading() as session:
            try:
                visible_case(session, self.ref, person, now)
            except NotFound:
                return False
        return True

    def imaginable(self) -> list[Act]:
        """Every act that anybody could try here, whether it is anybody's or not."""
        with self.world.engine.reading() as session:
            case = self.stands(session)
            rounds = round_state.open_rounds(session, case.id)
        found = []
        for round_ in rounds:
            spec = self.definition.rounds[round_.key]
            for seat in round_.seats:
                if seat.role == SYSTEM:
                    continue
                found += [Act(spec.key, seat.id, verdict) for verdict in spec.rule.verdicts]
                if seat.role in spec.declares:
                    found.append(Act(spec.key, seat.id, DECLARE))
        for spec in self.definition.rounds.values():
            if spec.opens is Opens.ON_INITIATIVE and spec.one_act:
                found += [Act(spec.key, 0, verdict) for verdict in spec.rule.verdicts]
            elif spec.opens is Opens.ON_INITIATIVE:
                found.append(Act(spec.key, 0, OPEN))
        return found

    def accepts(self, person: int, act: Act) -> bool:
        """Whether the engine would take this act of a person now; nothing of it is left."""
        try:
            self.do(self.stage, person, act)
        except Undone:
            return True
        except Refusal:
            return False
        raise AssertionError("A rehearsal was not taken back.")

    def do(self, engine: Engine, person: int, act: Act) -> None:
        """Do an act, or try to."""
        version, key = self.world.version(self.ref), uuid4().hex
        if act.verdict == OPEN:
            commands.initiate(engine, person, OpenRound(self.ref, act.round, WHY, version, key))
        elif act.verdict == DECLARE:
            command = DeclareInterest(self.ref, act.round, act.seat, version, key)
            commands.declare(engine, person, command)
        else:
            decision = Decision(
                self.ref, act.round, act.verdict, version, key, act.seat or None, reason=WHY
            )
            commands.sign(engine, person, decision)

    def shown(self, person: int) -> set[Act]:
        """Every act that the pages of the case offer to a person."""
        now = self.world.engine.now()
        with self.world.engine.reading() as session:
            case = visible_case(session, self.ref, person, now)
            viewer = CaseViewer.of(session, self.world.engine, case, person, now)
            offered = actions(session, self.world.engine, case, person, now)
            return {
                act
                for each in offered
                if each.allowed
                for act in _on_page(viewer, each.round_key, each.turn, each.seat)
            }

    def queued(self, person: int) -> tuple[set[int], set[int]]:
        """The seats of the case that a person's queue calls theirs to answer now, and those that wait for others."""
        with self.world.engine.reading() as session:
            found = queue_page.page(
                session,
                self.world.engine,
                person,
                QueueFilters(text=self.ref),
                self.world.engine.now(),
            )
        mine = [row for row in found.rows if row.ref == self.ref]
        return {row.seat for row in mine if row.ready}, {row.seat for row in mine if not row.ready}

    def answerable(self, person: int, accepted: set[Act]) -> set[int]:
        """The open seats that a person can answer now, if need be by writing first what it takes."""
        with self.world.engine.reading() as session:
            case = self.stands(session)
            rounds = round_state.open_rounds(session, case.id)
        silent = {seat.id for round_ in rounds for seat in round_.seats if seat.status == "open"}
        return silent & {act.seat for act in accepted}

    def with_own_papers(self, person: int, seats: set[int]) -> set[int]:
        """Those of these seats that only papers keep from an answer, all of which the person may write."""
        with self.world.engine.reading() as session:
            case = self.stands(session)
            filed = set(session.scalars(select(Document.kind).where(Document.case_id == case.id)))
        written = filed | {
            kind for kind in self.definition.documents if self.may_write(person, kind)
        }
        return {
            act.seat
            for act in self.imaginable()
            if act.seat in seats
            and act.verdict in self.definition.rounds[act.round].rule.verdicts
            and set(self.definition.rounds[act.round].rule.verdicts[act.verdict].needs) <= written
            and self.lacks_papers(person, act)
        }

    def lacks_papers(self, person: int, act: Act) -> bool:
        """Whether nothing but a missing paper keeps a person from this act."""
        try:
            self.do(self.stage, person, act)
        except Incomplete:
            return True
        except (Refusal, Undone):
            pass
        return False

    def may_write(self, person: int, kind: str) -> bool:
        """Whether the engine would take a new version of this document from the person."""
        try:
            self.write(person, kind, self.stage)
        except Undone:
            return True
        except Refusal:
            return False
        raise AssertionError("A rehearsal was not taken back.")

    def moved_on(self, chance: Random) -> None:
        """Somebody writes, answers or opens something, if there is anybody who may."""
        acting = chance.sample(self.people(), 12)
        for person in acting:
            for kind in self.definition.documents if chance.random() < 0.5 else ():
                with suppress(Refusal):
                    self.write(person, kind, self.world.engine)
            tries = [act for act in self.imaginable() if act.verdict != DECLARE]
            chance.shuffle(tries)
            for act in tries[:6]:
                try:
                    self.do(self.world.engine, person, act)
                except Refusal:
                    continue
                return

    def write(self, person: int, kind: str, engine: Engine) -> None:
        """File a new version of a document, or be refused."""
        with engine.transaction() as session:
            work = file_document.begin_work(engine, session, person, self.ref)
            seen = session.scalar(
                select(func.max(Document.version)).where(
                    Document.case_id == work.case.id, Document.kind == kind
                )
            )
            filing = Filing(self.ref, kind, {"words": uuid4().hex}, seen or 0)
            file_document.put_document(work, person, filing)
            work.close()


def _on_page(viewer: CaseViewer, key: str, turn: int | None, seat: int | None) -> Iterator[Act]:
    """What the page of a round lets its reader do at a seat."""
    try:
        if turn is None:
            page = review.initiative(viewer, key)
        else:
            page = review.of_round(viewer, key, turn, seat)
    except NotAuthorised:
        return
    chosen = page.chosen
    if chosen is None or not chosen.own:
        return
    if chosen.undeclared:
        yield Act(key, seat or 0, DECLARE)
    elif chosen.allowed and page.opening:
        yield Act(key, 0, OPEN)
    elif chosen.allowed:
        for choice in chosen.choices:
            if not choice.missing:
                yield Act(key, seat or 0, choice.key)


NUMBERS = count(1)


def random_case(world: World, seed: int) -> RandomCase:
    """A case of the lifecycle of this seed, some random acts after it was opened."""
    definition, chance = lifecycle(seed), Random(seed)
    number = open_case.publish(world.engine, definition)
    ref = f"R-{next(NUMBERS)}"
    with opened(world, number, ref, who="joao.lima", title=f"Random {seed}") as work:
        take_part(world, work, beneficiary=("moz", "ago"), executing_agency="undp")
    case = RandomCase(world, world.add(Rehearsal), ref, definition)
    for _ in range(chance.randrange(8)):
        case.moved_on(chance)
        world.clock.pass_time(hours=chance.choice((1, 20, 100)))
    sweep(world.engine)
    return case
