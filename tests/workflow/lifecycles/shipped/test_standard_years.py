"""Three years of a standard programme: which plans, reports, amendments and evaluations come when, what is due, and who is told."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION
from tests.workflow.lifecycles.evaluations.evaluated import RESPONSE, Evaluated
from tests.workflow.lifecycles.evaluations.test_by_rule import costing
from tests.workflow.lifecycles.shipped.carrying import BOARD
from tests.workflow.lifecycles.shipped.test_progress_report import REPORT
from tests.workflow.lifecycles.shipped.test_work_plan import (
    AGENCY,
    CONVENOR,
    DIRECTOR,
    MANAGER,
    OFFICER,
    PLAN,
)
from tests.workflow.lifecycles.shipped.years import cases, owed, told, until
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.demo import suspensions, yearly
from workflow.engine.commands.settle_due import sweep
from workflow.vocabulary import EventType

# It is to run from 1 January 2027 to 30 June 2029, and is put off to the end of that year.
# It costs USD 5 million, so that it is evaluated half-way.
DEAR = costing(5_000_000)
ASSURER = "oluwaseun.ade"
PLAN_OF_2028 = {
    **PLAN,
    "period_start": "2028-01-01",
    "period_end": "2028-12-31",
    "milestones": [{**PLAN["milestones"][0], "due": "2028-06-30"}],
}
RESPONSES = [{**each, "due": "2028-12-31"} for each in RESPONSE["responses"]]
STORY = replace(
    NURSES, texts={**DEAR, "proposal": {**DEAR["proposal"], "planned_end": "2029-06-30"}}
)
PUT_OFF = {
    **EXTENSION,
    "effective": "2028-07-01",
    "planned_end": "2029-12-31",
}
# The day on which each case opened, which it is, its period, how it stands and since when.
CASES = """
2027-10-15 .1 2028-01-01/2028-12-31 in_force 2027-11-20
2027-11-20 .1.1 - let_go 2028-09-01
2028-01-01 .2 2027-01-01/2027-12-31 accepted 2028-03-10
2028-04-01 .3 2027-01-01/2028-03-31 followed_up 2028-05-05
2028-05-05 .3.1 - done 2028-05-05
2028-05-05 .3.2 - done 2028-05-05
2028-05-10 .4 - in_effect 2028-07-03
2028-12-01 .5 2029-01-01/2029-12-31 as_before 2029-01-20
2029-01-01 .6 2028-01-01/2028-12-31 accepted 2029-02-20
2030-01-01 .7 2029-01-01/2029-12-31 accepted 2030-01-10
"""
# The day, the case, what was asked, and until when it was due.
OWED = """
2027-10-15 .1 planning 2027-12-16
2027-11-20 .1.1 reaching 2028-07-01
2028-01-01 .2 reporting 2028-03-01
2028-05-05 .3.1 planning 2028-05-19
2028-05-05 .3.1 reporting 2029-01-01
2028-05-05 .3.2 planning 2028-05-19
2028-05-05 .3.2 reporting 2029-01-01
2028-12-01 .5 planning 2028-12-16
2029-01-01 .6 reporting 2029-03-02
2030-01-01 .7 reporting 2030-03-02
"""
# The day, the case, and who was reminded of it or told that it is late.
TOLD = """
2027-11-16 .1 reminder beatriz.costa
2028-02-16 .2 reminder beatriz.costa
2028-02-27 .2 reminder beatriz.costa
2028-03-02 .2 escalation jane.okello
2028-03-02 .2 escalation ravi.chand
2028-06-17 .1.1 reminder beatriz.costa
2028-06-17 .1.1 reminder kenji.watanabe
2028-06-28 .1.1 reminder beatriz.costa
2028-06-28 .1.1 reminder kenji.watanabe
2028-07-02 .1.1 escalation jane.okello
2028-07-02 .1.1 escalation ravi.chand
2028-07-31 .1.1 escalation elena.petrova
2028-12-09 .5 reminder beatriz.costa
2028-12-17 .5 escalation jane.okello
2028-12-17 .5 escalation ravi.chand
2028-12-31 .5 escalation elena.petrova
2029-02-16 .6 reminder beatriz.costa
"""


class Years:
    """The programme from the start of delivery on, with a clock that stops wherever time acts."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ref = world.programme("active", STORY)

    def until(self, *day: int) -> None:
        """Come to noon of a day."""
        until(self.world, *day)

    def below(self, number: int, *acts: tuple[str, str, str]) -> None:
        """Answers on a case below, one after the other."""
        for key, who, verdict in acts:
            self.world.answer(f"{self.ref}.{number}", key, who, verdict)

    def plan(self, number: int) -> None:
        """A plan is written, agreed by the agency and the convenor, and accepted."""
        self.world.file(f"{self.ref}.{number}", "plan", MANAGER, PLAN_OF_2028)
        self.below(number, ("planning", MANAGER, "send"))
        self.below(number, ("agreeing", AGENCY, "agree"), ("agreeing", CONVENOR, "agree"))
        self.below(number, ("accepting", OFFICER, "accept"))

    def report(self, number: int) -> None:
        """A report is written and accepted."""
        ref = f"{self.ref}.{number}"
        (case,) = (each for each in yearly.owed(self.world, self.ref) if each.ref == ref)
        period = {"period_start": str(case.first), "period_end": str(case.last)}
        self.world.file(ref, "report", MANAGER, {**REPORT, **period})
        self.below(number, ("reporting", MANAGER, "send"), ("accepting", OFFICER, "accept"))

    def put_off(self, number: int, *day: int) -> None:
        """An amendment is asked for, decided and takes effect on a day."""
        world, ref = self.world, f"{self.ref}.{number}"
        world.answer(
            self.ref, "asking_for_an_amendment", MANAGER, "ask", "The rains came early twice."
        )
        world.file(ref, "request", MANAGER, PUT_OFF)
        self.below(number, ("sending", MANAGER, "send"), ("classing", OFFICER, "confirm"))
        for who in BOARD:
            world.answer(ref, "deciding", who, "approve")
        self.until(*day)
        entry = {"in_effect_from": f"{datetime(*day, tzinfo=UTC):%Y-%m-%d}", "told": "Everybody."}
        world.file(ref, "entry", OFFICER, entry)
        self.below(number, ("putting_in_effect", OFFICER, "effect"))
        sweep(world.engine)

    def heard(self, key: str, *day: int) -> None:
        """A suspension or a resumption is proposed, those concerned are heard, and it is carried out on a day."""
        world = self.world
        suspensions.propose(world, self.ref, key, "Floods.")
        self.until(*day)
        suspensions.decide(world, self.ref, key, "As heard.")


def evaluated(years: Years) -> None:
    """Half-way it is evaluated, in a case of its own, and what that asks for is done."""
    world, evaluation = years.world, Evaluated(years, 3)
    years.until(2028, 4, 12)
    evaluation.terms_set(occasion="mid_term")
    evaluation.taken_on()
    years.until(2028, 5, 5)
    evaluation.reported()
    evaluation.responded({"responses": RESPONSES})
    years.below(3, ("accepting", ASSURER, "accept"), ("publishing", ASSURER, "publish"))
    actions = yearly.below(world, f"{years.ref}.3", "action")
    for action, who in zip(actions, (AGENCY, OFFICER), strict=True):
        yearly.act(world, action, who, ASSURER)
    sweep(world.engine)
    years.below(3, ("ending", ASSURER, "end"))


def three_years(years: Years) -> None:
    """What everybody does, day by day."""
    years.until(2027, 11, 20)
    years.plan(1)
    years.until(2028, 3, 10)
    years.report(2)
    evaluated(years)
    years.until(2028, 5, 10)
    years.put_off(4, 2028, 7, 3)
    years.until(2028, 9, 1)
    why = "The modules are bought from Brazil instead."
    years.world.answer(f"{years.ref}.1.1", "reaching", MANAGER, "let_go", why)
    years.heard("suspension", 2028, 9, 20)
    years.until(2028, 11, 10)
    years.heard("resumption", 2028, 12, 1)
    years.until(2029, 1, 20)
    reason = "The work of the year before goes on."
    years.world.answer(f"{years.ref}.5", "letting_go", DIRECTOR, "let_go", reason)
    years.until(2029, 2, 20)
    years.report(6)
    years.until(2030, 1, 10)
    years.report(7)
    years.until(2030, 3, 31)


def amended(years: Years) -> list[str]:
    """On which day an amendment took effect on the programme."""
    asked = select(Event.at).where(Event.type == EventType.FACTS_AMENDED.value)
    with years.world.engine.reading() as session:
        return [f"{at:%Y-%m-%d}" for at in session.scalars(asked)]


def test_three_years_are_as_they_are_written_down(world: World) -> None:
    years = Years(world)

    three_years(years)

    assert world.state(years.ref) == "active"
    assert amended(years) == ["2028-07-03"]
    assert cases(world, years.ref) == CASES.split("\n")[1:-1]
    assert owed(world, years.ref, "planning", "reaching", "reporting") == OWED.split("\n")[1:-1]
    assert told(world, years.ref) == TOLD.split("\n")[1:-1]
    assert verify(world.engine.database).sound
