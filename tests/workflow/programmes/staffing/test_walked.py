"""What is said to be possible is walked on the engine itself, by the people and acts that were named."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import TEXTS, World
from workflow.engine import commands, round_state
from workflow.engine.commands import OpenRound
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.seat import Part
from workflow.lifecycles.staffing.duties import ANSWERS, OPENS, WRITES, Task
from workflow.lifecycles.staffing.findings import StaffingFinding, staffing
from workflow.lifecycles.staffing.house import StaffedHouse
from workflow.lifecycles.staffing.outcomes import Act
from workflow.people.models import Person
from workflow.programmes.staffing.house import house_of
from workflow.programmes.staffing.question import Asked, question

TODAY = date(2026, 3, 2)
# An area in which no two countries want to lead, so that all pivotal ones are consulted.
PROPOSAL = {**TEXTS["proposal"], "areas": ["micro-credit"]}
NOTICE = {"reason": "The mines were not cleared.", "unused": "0", "disposal": "nothing_left"}
WRITTEN = {**TEXTS, "cancellation_notice": NOTICE}


class Walker:
    """A programme that goes a way as it was found, act by act."""

    def __init__(self, world: World, definition: Definition, house: StaffedHouse) -> None:
        self.world, self.definition, self.house = world, definition, house
        with world.engine.reading() as session:
            rows = session.execute(select(Person.id, Person.email))
            self.called = {number: email.partition("@")[0] for number, email in rows}

    def go(self, way: StaffingFinding) -> str:
        """The state in which the programme ends."""
        self.who = way.who or {}
        submitter = self.called[self.who[Task(WRITES, "proposal")].person]
        ref = self.world.propose(submitter, "moz", PROPOSAL)
        for act in way.acts:
            self._write(ref, act)
            self._answer(ref, act)
            self._let_time_pass(ref, act)
        return self.world.state(ref)

    def _write(self, ref: str, act: Act) -> None:
        spec = self.definition.rounds[act.round]
        for kind in spec.rule.verdicts[act.verdict].needs if act.verdict else ():
            writer = self.called[self.who[Task(WRITES, kind)].person]
            if kind == "request_letter" or kind not in WRITTEN:
                self.world.attach(ref, kind, writer, f"{kind}.pdf")
            elif kind != "proposal":
                self.world.file(ref, kind, writer, WRITTEN[kind])

        # What was handed over is proved by papers before the accounts are certified, and why it is not evaluated is said.
        if spec.checklist:
            self.world.file(ref, "waiver", "elena.petrova", {"reasons": "Its twin was evaluated."})
            self.world.attach(ref, "asset_transfer", "tom.becker", "asset_transfer.pdf")

    def _answer(self, ref: str, act: Act) -> None:
        spec = self.definition.rounds[act.round]
        opener = self.who.get(Task(OPENS, act.round))
        if opener is not None:
            wish = OpenRound(ref, act.round, "It is time.", self.world.version(ref), uuid4().hex)
            commands.initiate(self.world.engine, opener.person, wish)
        parts = {seat.number: seat.part for seat in self.house.seats[act.round]}
        heard = next((v.key for v in spec.rule.verdicts.values() if v.part is Part.CONSULTED), "")
        doing = [task for task in self.who if task.does == ANSWERS and task.of == act.round]
        # Whoever decides does so once all have been heard.
        for task in sorted(doing, key=lambda each: (parts[each.seat] is Part.DECIDES, each.seat)):
            verdict = act.verdict if parts[task.seat] is Part.DECIDES else heard
            # What is left open on a checklist is certified with a reason.
            because = spec.rule.verdicts[verdict].reason_required or spec.checklist
            reason = "As was said." if because else ""
            person = self.called[self.who[task].person]
            asks = {question.key for question in spec.questions}
            answers = {"convenor": self._lead()} if "convenor" in asks else None
            self.world.answer(ref, act.round, person, verdict, reason, answers)

    def _lead(self) -> str:
        """A country that accepted to lead."""
        asked = {seat.number: seat.party_key for seat in self.house.seats["lead_acceptance"]}
        accepted = (task.seat for task in self.who if task[:2] == (ANSWERS, "lead_acceptance"))
        return asked[min(accepted)]

    def _let_time_pass(self, ref: str, act: Act) -> None:
        """Where an outcome waits for those who say nothing, until its time is up."""
        with self.world.engine.reading() as session:
            case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
            found = round_state.latest(session, case, act.round)
        if found is not None and found.status == "open":
            self.world.clock.pass_time(days=100)
            sweep(self.world.engine)


@pytest.mark.parametrize("end", ["closed", "rejected", "withdrawn", "cancelled"])
def test_the_engine_takes_every_act_of_the_way_that_was_found(world: World, end: str) -> None:
    definition = world.engine.published("programme-standard")[1]
    with world.engine.reading() as session:
        asked = Asked(proposer="moz", beside=("ago",), agency="undp")
        case = question(session, definition, asked, TODAY).case
        house = house_of(session, definition, case, TODAY)
    (way,) = (each for each in staffing(definition, house).ends if each.key == end)

    came_to = Walker(world, definition, house).go(way)

    assert came_to == end
