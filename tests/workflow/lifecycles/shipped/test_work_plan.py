"""A work plan is carried to each of its ends: in force, let go for that of the year before, overtaken."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, CarriedPart
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.errors import Incomplete, Refusal
from workflow.lifecycles.loader.files import load_file

PLAN: dict[str, Any] = {
    "period_start": "2027-01-01",
    "period_end": "2027-12-31",
    "activities": [
        {
            "output": "Courses in Portuguese",
            "activity": "Translate six modules",
            "quarters": "Q1-Q2",
            "responsible": "UNDP",
        }
    ],
    "milestones": [
        {
            "number": "1",
            "output": "Courses in Portuguese",
            "milestone": "Six modules",
            "owner": "undp",
            "due": "2027-06-30",
        }
    ],
    "budget": [
        {"output": "Courses in Portuguese", "source": "UNFSSC", "category": "services", "amount": "60000"},
        {"output": "Courses in Portuguese", "source": "India", "category": "staff", "amount": "40000"},
    ],
    "total": "100000",
}  # fmt: skip
MANAGER, AGENCY, OFFICER, DIRECTOR = (
    "beatriz.costa", "kenji.watanabe", "jane.okello", "elena.petrova",
)  # fmt: skip
CONVENOR = "priya.menon"


def with_milestones(world: World) -> None:
    """The lifecycles that a plan in force opens are published."""
    for name in ("blocker", "milestone"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))


def about(output: str) -> dict[str, Any]:
    """The same plan of another output."""
    tables = ("activities", "milestones", "budget")
    return {**PLAN, **{key: [{**row, "output": output} for row in PLAN[key]] for key in tables}}


@pytest.fixture
def owed(world: World) -> CarriedPart:
    """A plan that the executing agency owes, of a programme that India convenes."""
    with_milestones(world)
    return CarriedPart(world, "work-plan", "undp", executing_agency="undp", convenor="ind")


def sent(owed: CarriedPart, **changed: Any) -> None:
    """The manager writes the plan and sends it."""
    owed.world.file(owed.ref, "plan", MANAGER, {**PLAN, **changed})
    owed.answer(MANAGER, "planning", "send")


def agreed(owed: CarriedPart) -> None:
    """The agency and the convenor agree."""
    for who in (AGENCY, CONVENOR):
        owed.answer(who, "agreeing", "agree")


def test_it_is_written_agreed_read_and_in_force(owed: CarriedPart) -> None:
    begun = owed.state
    sent(owed)
    agreeing = owed.state
    agreed(owed)
    reading = owed.state
    owed.answer(OFFICER, "accepting", "accept")

    assert (begun, agreeing, reading) == ("preparing", "agreeing", "reading")
    assert owed.state == "in_force"
    assert verify(owed.world.engine.database).sound


def test_where_nobody_convenes_the_agency_agrees_alone(world: World) -> None:
    with_milestones(world)
    alone = CarriedPart(world, "work-plan", "undp", executing_agency="undp")
    sent(alone)
    alone.answer(AGENCY, "agreeing", "agree")

    assert alone.state == "reading"


def test_it_is_sent_back_with_remarks_and_agreed_anew(owed: CarriedPart) -> None:
    sent(owed)
    agreed(owed)
    owed.answer(OFFICER, "accepting", "return", "Whose money pays for the tutors?")
    back = owed.state, owed.due("replanning")
    owed.world.file(owed.ref, "plan", MANAGER, {**PLAN, "changes": "India pays for the tutors."})
    owed.answer(MANAGER, "replanning", "send", "India, as it says now.")
    again = owed.state
    agreed(owed)
    owed.answer(OFFICER, "accepting", "accept")

    assert back == ("returned", owed.world.clock() + timedelta(days=15))
    assert (again, owed.state) == ("agreeing", "in_force")


def test_who_agrees_may_ask_for_changes(owed: CarriedPart) -> None:
    sent(owed)
    owed.answer(CONVENOR, "agreeing", "change", "Begin with the northern province.")

    assert owed.state == "returned"


@pytest.mark.parametrize("after", ["preparing", "agreeing", "returned"])
def test_the_director_keeps_to_the_plan_of_the_year_before_and_the_page_says_so(
    owed: CarriedPart, after: str
) -> None:
    if after != "preparing":
        sent(owed)
    if after == "returned":
        owed.answer(AGENCY, "agreeing", "change", "The money is not there yet.")
    with pytest.raises(Refusal, match="needs a reason"):
        owed.answer(DIRECTOR, "letting_go", "let_go")
    owed.answer(DIRECTOR, "letting_go", "let_go", "The work of last year goes on unchanged.")

    assert owed.state == "as_before"
    assert "the plan of the year before stays" in owed.definition.states["as_before"].meaning


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"total": "90000"}, "The lines differ from the total"),
        ({"period_end": "2026-12-31"}, "The year ends before it begins"),
        (
            {"milestones": [{**PLAN["milestones"][0], "due": "2028-01-01"}]},
            "A milestone lies outside of the year",
        ),
    ],
)
def test_what_does_not_fit_the_year_is_not_sent(
    owed: CarriedPart, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        sent(owed, **changed)

    assert any(said in str(each) for each in refused.value.missing)
    assert owed.state == "preparing"


def test_whoever_wrote_it_does_not_accept_it(owed: CarriedPart) -> None:
    owed.appoint(MANAGER, "unit_officer", "special-unit")
    sent(owed)
    agreed(owed)

    with pytest.raises(Refusal):
        owed.answer(MANAGER, "accepting", "accept")

    assert owed.state == "reading"
