"""One country's part of a joint programme is carried to each of its ends, and suspended alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.engine.pages.opened import page
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from tests.workflow.lifecycles.shipped.test_standard_ends import CANCELLED
from workflow.audit.verification.verify import verify
from workflow.errors import Incomplete, Refusal, RoundClosed

REPORT: dict[str, Any] = {
    "results": "Soil of nine hundred farms is tested each year.",
    "sustainability": "The province pays the two chemists.",
    "received": "120000",
    "spent": "118500",
}
NOTICE: dict[str, Any] = {
    "reason": "The site is flooded.",
    "condition": "The province names another site.",
    "suspended_from": "2026-03-02",
    "review_on": "2026-05-29",
}
MANAGER, AUTHORITY, OFFICER, DIRECTOR = (
    "joao.lima", "graca.mabunda", "jane.okello", "elena.petrova",
)  # fmt: skip
AGENCY, DONOR = "kenji.watanabe", "ingrid.solberg"


@pytest.fixture
def part(world: World) -> CarriedPart:
    """Mozambique's part of a joint programme, which an agency leads and a donor joins."""
    found = CarriedPart(world, "country-part", "moz", executing_agency="undp", donor="nor")
    found.appoint(MANAGER, "programme_manager", "moz")
    return found


def reported(part: CarriedPart) -> None:
    """The end is reported by whoever carried it out, and the authority confirms it."""
    part.world.file(part.ref, "final_report", MANAGER, REPORT)
    part.answer(MANAGER, "finishing", "report")
    part.answer(AUTHORITY, "finishing", "report")


def suspended(part: CarriedPart) -> None:
    """The Director suspends it, having heard the country, the agency and the donor."""
    part.world.file(part.ref, "notice", DIRECTOR, NOTICE)
    part.open(DIRECTOR, "suspending", "The site is flooded.")
    part.answer(AUTHORITY, "suspending", "agree")
    part.answer(AGENCY, "suspending", "noted")
    part.answer(DONOR, "suspending", "disagree", "The other site is dry.")
    part.answer(DIRECTOR, "suspending", "suspend", "Until another site is named.")


def test_it_is_reported_by_two_and_ended_once_the_report_is_accepted(part: CarriedPart) -> None:
    part.world.file(part.ref, "final_report", MANAGER, REPORT)
    part.answer(MANAGER, "finishing", "report")
    one = part.state
    part.answer(AUTHORITY, "finishing", "report")
    both = part.state
    part.answer(OFFICER, "accepting", "accept")

    assert (one, both, part.state) == ("running", "reported", "ended")
    assert verify(part.world.engine.database).sound


def test_a_report_that_is_sent_back_lets_the_part_run_on(part: CarriedPart) -> None:
    reported(part)
    part.answer(OFFICER, "accepting", "return", "Who keeps the chemists?")
    back = part.state
    part.world.file(part.ref, "final_report", MANAGER, {**REPORT, "results": "As attached."})
    part.answer(MANAGER, "finishing", "report")
    part.answer(AUTHORITY, "finishing", "report")
    part.answer(OFFICER, "accepting", "accept")

    assert (back, part.state) == ("running", "ended")


def test_it_is_suspended_with_a_notice_and_resumed(part: CarriedPart) -> None:
    suspended(part)
    stands, review = part.state, part.due("reviewing")
    part.wait(days=30)
    part.answer(DIRECTOR, "reviewing", "resume", "The province named a dry site.")
    running = part.state
    reported(part)
    part.answer(OFFICER, "accepting", "accept")

    assert stands == "suspended"
    assert review == datetime(2026, 5, 30, tzinfo=UTC)
    assert (running, part.state) == ("running", "ended")
    assert verify(part.world.engine.database).sound


def test_a_suspension_is_reviewed_again_within_ninety_days(part: CarriedPart) -> None:
    suspended(part)
    part.wait(days=80)
    part.answer(DIRECTOR, "reviewing", "prolong", "No site is named yet.")

    assert part.state == "suspended"
    assert part.due("reviewing_again") == part.world.clock() + timedelta(days=90)
    assert part.ready(DIRECTOR)


def test_while_it_is_suspended_nobody_reports_its_end(part: CarriedPart) -> None:
    suspended(part)

    with pytest.raises(RoundClosed):
        part.answer(AUTHORITY, "finishing", "report")


def test_nobody_is_suspended_without_a_notice(part: CarriedPart) -> None:
    part.open(DIRECTOR, "suspending", "The site is flooded.")
    for who in (AUTHORITY, AGENCY, DONOR):
        part.answer(who, "suspending", "agree")

    with pytest.raises(Incomplete):
        part.answer(DIRECTOR, "suspending", "suspend", "Until another site is named.")

    assert part.state == "running"


def test_the_director_decides_without_those_who_stay_silent(part: CarriedPart) -> None:
    part.world.file(part.ref, "notice", DIRECTOR, NOTICE)
    part.open(DIRECTOR, "suspending", "The site is flooded.")
    part.answer(DIRECTOR, "suspending", "suspend", "Until another site is named.")
    waiting = part.state
    part.wait(days=14, hours=1)

    assert (waiting, part.state) == ("running", "suspended")


def test_what_is_not_carried_out_leaves_the_part_running(part: CarriedPart) -> None:
    part.world.file(part.ref, "notice", DIRECTOR, NOTICE)
    part.open(DIRECTOR, "suspending", "The site is flooded.")
    for who in (AUTHORITY, AGENCY, DONOR):
        part.answer(who, "suspending", "disagree", "It is dry.")
    part.answer(DIRECTOR, "suspending", "keep", "It is dry again.")

    assert part.state == "running"


@pytest.mark.parametrize("before", ["running", "suspended"])
def test_it_is_stopped_after_those_concerned_were_heard(part: CarriedPart, before: str) -> None:
    if before == "suspended":
        suspended(part)
    part.world.file(part.ref, "ending_notice", DIRECTOR, CANCELLED)
    part.open(DIRECTOR, "stopping", "No site will be found.")
    for who in (AUTHORITY, AGENCY, DONOR):
        text = page(part.world, part.ref, "stopping", who)
        assert "ending_notice" in [each.key for each in text.documents], who
        part.answer(who, "stopping", "agree")
    part.answer(DIRECTOR, "stopping", "carry_out", "The condition cannot be met.")

    assert part.state == "discontinued"


def test_without_a_notice_of_what_is_owed_it_is_not_stopped(part: CarriedPart) -> None:
    part.open(DIRECTOR, "stopping", "No site will be found.")

    with pytest.raises(Incomplete):
        part.answer(DIRECTOR, "stopping", "carry_out", "At once.")

    assert part.state == "running"


def test_another_country_has_no_part_in_it(part: CarriedPart) -> None:
    part.world.file(part.ref, "final_report", MANAGER, REPORT)

    with pytest.raises(Refusal):
        part.answer("domingos.neto", "finishing", "report")

    assert part.state == "running"
