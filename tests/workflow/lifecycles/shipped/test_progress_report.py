"""A progress report is carried to each of its ends: accepted, waived, or never given."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Invalid, NotAuthorised, Refusal
from workflow.notices.models import Notice
from workflow.people.models import Person

REPORT: dict[str, Any] = {
    "period_start": "2026-01-01",
    "period_end": "2026-06-30",
    "summary": "Ninety nurses of the first two provinces hold a certificate.",
    "outputs": [
        {
            "output": "Courses in Portuguese",
            "indicator": "modules",
            "target": "12",
            "reached": "7",
            "verified": "register of the open university",
        }
    ],
    "received": "150000",
    "spent": "58000",
}
MANAGER, OFFICER, DIRECTOR = "beatriz.costa", "jane.okello", "elena.petrova"


@pytest.fixture
def owed(world: World) -> CarriedPart:
    """A report that the executing agency owes."""
    return CarriedPart(world, "progress-report", "undp", executing_agency="undp")


def sent(owed: CarriedPart, **changed: Any) -> None:
    """The manager writes the report and sends it."""
    owed.world.file(owed.ref, "report", MANAGER, {**REPORT, **changed})
    owed.answer(MANAGER, "reporting", "send")


def told(owed: CarriedPart, kind: str) -> list[str]:
    """Who was told so, each once."""
    with owed.world.engine.reading() as session:
        people = select(Person.email).join(Notice, Notice.person_id == Person.id)
        emails = session.scalars(people.where(Notice.kind == kind).distinct())
        return sorted(each.partition("@")[0] for each in emails)


def test_it_is_written_read_and_accepted(owed: CarriedPart) -> None:
    begun = owed.state
    sent(owed)
    reading = owed.state
    owed.answer(OFFICER, "accepting", "accept")

    assert (begun, reading, owed.state) == ("preparing", "reading", "accepted")
    assert verify(owed.world.engine.database).sound


def test_it_is_sent_back_with_remarks_and_completed(owed: CarriedPart) -> None:
    sent(owed)
    with pytest.raises(Refusal, match="needs a reason"):
        owed.answer(OFFICER, "accepting", "return")
    owed.answer(OFFICER, "accepting", "return", "Who verified the seven modules?")
    back = owed.state, owed.due("completing")
    owed.world.file(owed.ref, "report", MANAGER, {**REPORT, "summary": "As the register says."})
    owed.answer(MANAGER, "completing", "send", "The register is attached.")
    owed.answer(OFFICER, "accepting", "accept")

    assert back == ("returned", owed.world.clock() + timedelta(days=15))
    assert owed.state == "accepted"


def test_it_is_due_sixty_days_after_the_period(owed: CarriedPart) -> None:
    assert owed.due("reporting") == owed.world.clock() + timedelta(days=60)


def test_what_is_late_reaches_the_officer_the_day_after_and_the_director_after_two_weeks(
    owed: CarriedPart,
) -> None:
    owed.wait(days=60, hours=1)
    due = told(owed, "escalation")
    owed.wait(days=1)
    officers = told(owed, "escalation")
    owed.wait(days=14)
    everybody = told(owed, "escalation")

    assert due == []
    assert officers == [OFFICER, "ravi.chand"]
    assert everybody == sorted([OFFICER, "ravi.chand", DIRECTOR])
    assert owed.state == "preparing", "it is owed as before"


@pytest.mark.parametrize(("verdict", "end"), [("waive", "waived"), ("missing", "missing")])
def test_the_director_lets_it_go_with_a_reason(owed: CarriedPart, verdict: str, end: str) -> None:
    with pytest.raises(Refusal, match="needs a reason"):
        owed.answer(DIRECTOR, "letting_go", verdict)
    owed.answer(DIRECTOR, "letting_go", verdict, "Nothing was begun in the period.")

    assert owed.state == end


def test_what_was_sent_back_can_be_let_go_as_well(owed: CarriedPart) -> None:
    sent(owed)
    owed.answer(OFFICER, "accepting", "return", "Who verified the seven modules?")
    owed.answer(DIRECTOR, "letting_go", "missing", "The agency has left.")

    assert owed.state == "missing"


def test_what_was_reached_says_how_it_can_be_verified(owed: CarriedPart) -> None:
    unverified = [{**REPORT["outputs"][0], "verified": ""}]
    owed.world.file(owed.ref, "report", MANAGER, {**REPORT, "outputs": unverified})

    with pytest.raises(Incomplete):
        owed.answer(MANAGER, "reporting", "send")

    assert owed.state == "preparing"


def test_a_period_that_ends_before_it_begins_is_no_period(owed: CarriedPart) -> None:
    with pytest.raises(Incomplete) as refused:
        sent(owed, period_end="2025-12-31")

    assert any("ends before it begins" in str(each) for each in refused.value.missing)


@pytest.mark.parametrize("who", ["kenji.watanabe", "amina.diallo", "joao.lima"])
def test_nobody_but_the_manager_of_whoever_owes_it_reports(owed: CarriedPart, who: str) -> None:
    owed.world.file(owed.ref, "report", MANAGER, REPORT)

    with pytest.raises(Refusal) as refused:
        owed.answer(who, "reporting", "send")

    assert isinstance(refused.value, NotAuthorised | Invalid)
    assert owed.state == "preparing"


def test_whoever_wrote_it_does_not_accept_it(owed: CarriedPart) -> None:
    owed.appoint(MANAGER, "unit_officer", "special-unit")
    sent(owed)

    with pytest.raises(Refusal):
        owed.answer(MANAGER, "accepting", "accept")

    assert owed.state == "reading"
