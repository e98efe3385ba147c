"""The follow-up of a recommendation is carried to each of its ends, accepted by somebody else."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Invalid, Refusal

ACTION: dict[str, Any] = {
    "number": "1",
    "recommendation": "Keep the tutors.",
    "response": "accepted",
    "action": "Extend their contracts by two years.",
    "owner": "UNDP country office, operations",
    "due": "2026-12-31",
}
STATUS = {"on": "2026-05-30", "status": "on_course", "comment": "Four of six are signed."}
DONE = {"result": "done", "ended_on": "2026-06-01", "evidence": "The six contracts are attached."}
OVERTAKEN = {
    "result": "not_applicable",
    "ended_on": "2026-06-01",
    "reasons": "The ministry employs the tutors itself.",
}
NOT_DONE = {**OVERTAKEN, "result": "not_done", "reasons": "No money was found."}
AGENCY, MANAGER, ASSURER = "kenji.watanabe", "beatriz.costa", "oluwaseun.ade"


@pytest.fixture
def action(world: World) -> CarriedPart:
    """A key action that the executing agency owes."""
    return CarriedPart(world, "follow-up", "undp", executing_agency="undp")


def taken_in_hand(action: CarriedPart) -> None:
    """The agency says what it does, who does it and by when."""
    action.world.file(action.ref, "action", AGENCY, ACTION)
    action.answer(AGENCY, "planning", "plan")


def reported(action: CarriedPart, outcome: dict[str, Any]) -> None:
    """The agency says how it ended."""
    taken_in_hand(action)
    action.world.file(action.ref, "action_end", AGENCY, outcome)
    action.answer(AGENCY, "reporting", "report")


@pytest.mark.parametrize(
    ("outcome", "end"), [(DONE, "done"), (OVERTAKEN, "not_applicable"), (NOT_DONE, "not_done")]
)
def test_it_ends_as_it_was_reported_once_somebody_else_accepts_that(
    action: CarriedPart, outcome: dict[str, Any], end: str
) -> None:
    reported(action, outcome)
    before = action.state
    action.answer(ASSURER, "accepting", "accept")

    assert (before, action.state) == ("reported", end)
    assert verify(action.world.engine.database).sound


def test_it_stays_in_hand_where_the_end_is_not_accepted(action: CarriedPart) -> None:
    reported(action, DONE)
    with pytest.raises(Refusal, match="needs a reason"):
        action.answer(ASSURER, "accepting", "return")
    action.answer(ASSURER, "accepting", "return", "Only four contracts are attached.")
    back = action.state
    action.world.file(action.ref, "action_end", MANAGER, {**DONE, "evidence": "All six, attached."})
    action.answer(AGENCY, "reporting", "report")
    action.answer(ASSURER, "accepting", "accept")

    assert (back, action.state) == ("in_hand", "done")


def test_its_status_is_due_each_quarter(action: CarriedPart) -> None:
    taken_in_hand(action)
    first = action.due("updating")
    action.wait(days=89)
    action.world.file(action.ref, "action_status", MANAGER, STATUS)
    action.answer(MANAGER, "updating", "update")
    second = action.due("updating")

    assert first is not None
    assert second is not None
    assert timedelta(days=88) < second - first < timedelta(days=93)
    assert action.state == "in_hand"


def test_what_is_not_due_yet_is_not_overdue(action: CarriedPart) -> None:
    taken_in_hand(action)

    with pytest.raises(Invalid):
        action.world.file(action.ref, "action_status", MANAGER, {**STATUS, "status": "overdue"})


def test_the_action_is_changed_with_a_reason(action: CarriedPart) -> None:
    taken_in_hand(action)
    with pytest.raises(Refusal, match="needs a reason"):
        action.answer(AGENCY, "planning_again", "again")
    action.answer(AGENCY, "planning_again", "again", "The budget comes a year later.")
    planned = action.state
    action.world.file(action.ref, "action", AGENCY, {**ACTION, "due": "2027-12-31"})
    action.answer(AGENCY, "planning", "plan")

    assert (planned, action.state) == ("planned", "in_hand")


@pytest.mark.parametrize(
    "outcome", [{**DONE, "evidence": ""}, {**OVERTAKEN, "reasons": ""}, {**NOT_DONE, "reasons": ""}]
)
def test_what_is_done_comes_with_evidence_and_what_is_not_with_reasons(
    action: CarriedPart, outcome: dict[str, Any]
) -> None:
    with pytest.raises(Incomplete):
        reported(action, outcome)

    assert action.state == "in_hand"


def test_whoever_reported_it_does_not_accept_it(action: CarriedPart) -> None:
    action.appoint(AGENCY, "quality_assurer", "special-unit")
    reported(action, DONE)

    with pytest.raises(Refusal):
        action.answer(AGENCY, "accepting", "accept")

    assert action.state == "reported"


def test_its_end_is_due_on_its_day_of_which_people_are_reminded_and_told(
    action: CarriedPart,
) -> None:
    taken_in_hand(action)

    assert str(action.due("reporting")) == "2027-01-01 00:00:00+00:00"


def test_an_action_whose_day_is_past_is_not_taken_in_hand(action: CarriedPart) -> None:
    action.world.file(action.ref, "action", AGENCY, {**ACTION, "due": "2026-03-01"})

    with pytest.raises(Incomplete) as refused:
        action.answer(AGENCY, "planning", "plan")

    assert "That day is past; say by when it is done" in str(refused.value.missing[0])
    assert action.state == "planned"


def test_an_end_that_is_sent_back_after_its_day_is_late_at_once(action: CarriedPart) -> None:
    reported(action, DONE)
    action.wait(days=400)
    action.answer(ASSURER, "accepting", "return", "Nothing is attached.")
    action.wait(days=1)

    assert action.state == "in_hand"
    assert verify(action.world.engine.database).sound


@pytest.mark.parametrize(
    ("party", "who", "status"),
    [
        ("moz", "graca.mabunda", "graca.mabunda"),
        ("nor", "ingrid.solberg", "ingrid.solberg"),
        ("special-unit", "jane.okello", "jane.okello"),
        ("undp", AGENCY, MANAGER),
    ],
)
def test_the_party_that_acts_plans_tells_and_reports_it(
    world: World, party: str, who: str, status: str
) -> None:
    action = CarriedPart(world, "follow-up", party, executing_agency="undp")
    world.file(action.ref, "action", who, ACTION)
    action.answer(who, "planning", "plan")
    action.wait(days=30)
    world.file(action.ref, "action_status", status, STATUS)
    action.answer(status, "updating", "update")
    world.file(action.ref, "action_end", who, DONE)
    action.answer(who, "reporting", "report")
    action.answer(ASSURER, "accepting", "accept")

    assert action.state == "done"


def test_another_party_neither_plans_nor_reports_it(world: World) -> None:
    action = CarriedPart(world, "follow-up", "moz", executing_agency="undp")
    world.file(action.ref, "action", "graca.mabunda", ACTION)

    with pytest.raises(Refusal):
        action.answer(AGENCY, "planning", "plan")

    assert action.state == "planned"
