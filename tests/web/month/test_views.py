"""The month of a person in the browser: its page, what is ahead, and the file for a calendar."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar, Event

from tests.support.visitors import Enter, Visitor, told
from tests.support.world import World
from tests.workflow.blockers.house import two_programmes
from tests.workflow.ledger.promise_acts.promised import expected
from tests.workflow.month.turns import more_turns
from workflow.month.ahead import MOST

OFFICER, AGENCY, STRANGER = "jane.okello", "kenji.watanabe", "tavita.leota"


def parts(page: str) -> dict[str, list[str]]:
    """The references that stand under each heading of a month."""
    found: dict[str, list[str]] = {}
    for each in page.split('<tr class="month__part">')[1:]:
        heading = re.sub(r"\s+", " ", each[each.index(">") + 1 : each.index("<span")]).strip()
        found[heading] = re.findall(r'<span class="under">(SSC-[\d.-]+)</span>', each)
    return found


def entries(visitor: Visitor, address: str) -> list[Event]:
    """What a calendar program reads in the file."""
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.get_data()).events)


def test_what_is_asked_stands_with_its_programme_its_due_day_and_what_comes_of_silence(
    world: World, enter: Enter
) -> None:
    two_programmes(world)

    page = enter(OFFICER).page("/month/2026-03")

    said = told(page)
    assert "March 2026: what to do this month" in said
    assert "Monday 2 March · 0 late, 0 due by Sunday, 1 later" in said
    assert parts(page) == {"Later in March": ["SSC-2026-002.2"]}
    assert "16 Mar 2026 · in 14 days" in said
    assert "Shows as late; 30 days after you were asked" in said
    assert "On 1 Apr 2026 it goes up to the Director." in said
    assert "An election" in said


def test_late_by_sunday_and_later_each_have_their_heading(world: World, enter: Enter) -> None:
    first = world.programme("screening")
    world.clock.pass_time(days=3)
    second = world.programme("screening")
    officer = enter(OFFICER)
    (due,) = [each.start for each in entries(officer, "/month/2026-03.ics") if first in each.uid]

    world.clock.at = due
    world.clock.pass_time(hours=1)
    page = enter(OFFICER).page(f"/month/{due:%Y-%m}")

    assert parts(page)["Late"] == [first]
    assert second in {ref for refs in parts(page).values() for ref in refs}
    assert "Late" in told(page)


@pytest.mark.parametrize("who", [OFFICER, AGENCY])
def test_without_a_due_day_it_stands_last(world: World, enter: Enter, who: str) -> None:
    two_programmes(world)

    found = parts(enter(who).page("/month/2026-03"))

    assert list(found)[-1] == ("No due date" if who == AGENCY else "Later in March")
    assert len(found.get("No due date", ())) == (2 if who == AGENCY else 0)


def test_another_month_has_what_is_due_in_it_alone(world: World, enter: Enter) -> None:
    two_programmes(world)
    officer = enter(OFFICER)

    assert parts(officer.page("/month/2026-04")) == {}
    assert "Nothing that waits for you is due in April 2026" in told(officer.page("/month/2026-04"))
    assert "/month/2026-03" in officer.page("/month/2026-04")
    assert parts(officer.page("/month/2026-02")) == {}
    assert "An election" in told(officer.page("/month/2026-02"))  # Ahead of February.


def test_the_month_without_a_name_is_the_present_one(world: World, enter: Enter) -> None:
    assert "March 2026: what to do this month" in told(enter(OFFICER).page("/month"))


@pytest.mark.parametrize(
    "named", ["2026-13", "2026-3", "0000-01", "9999-12", "２０２６-03", "march", "2026-03-01"]
)
@pytest.mark.parametrize("ending", ["", ".ics"])
def test_what_is_no_month_is_said_so(world: World, enter: Enter, named: str, ending: str) -> None:
    answer = enter(OFFICER).get(f"/month/{named}{ending}")

    assert answer.status_code == 404
    assert "Name it by year and month: 2026-11." in told(answer)


@pytest.mark.parametrize("place", ["yesterday", "_0", "2026-99-99T00:00:00.000Z_1", "9" * 300])
@pytest.mark.parametrize("month", ["2026-03", "2026-04"])
def test_nonsense_for_a_place_begins_anew(
    world: World, enter: Enter, place: str, month: str
) -> None:
    two_programmes(world)
    officer = enter(OFFICER)

    assert officer.get(f"/month/{month}?after={place}").status_code == 200


def test_the_file_has_an_entry_for_each_due_day_by_a_name_that_stays(
    world: World, enter: Enter
) -> None:
    two_programmes(world)
    officer = enter(OFFICER)

    (entry,) = entries(officer, "/month/2026-03.ics")
    world.clock.pass_time(days=1)
    (again,) = entries(enter(OFFICER), "/month/2026-03.ics")
    (ahead,) = entries(enter(OFFICER), "/month/2026-02.ics")

    assert entry.summary.endswith("An election: Reefs of the coast")
    assert f"{entry.start:%Y-%m-%d %H:%M}" == "2026-03-16 12:00"
    assert "If you do nothing: Shows as late; 30 days" in entry.description
    assert {entry.uid, again.uid, ahead.uid} == {entry.uid}
    assert again.stamp > entry.stamp


def test_the_file_is_that_of_whoever_asks(world: World, enter: Enter) -> None:
    two_programmes(world)

    of_agency = entries(enter(AGENCY), "/month/2026-03.ics")
    answer = enter(AGENCY).get("/month/2026-03.ics")

    assert [each.summary for each in of_agency] == [
        "move what is blocked, or say who can: No trainer: Soil laboratories for the Sahel"
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=month-2026-03.ics"


def test_a_file_is_offered_where_a_calendar_has_something_to_hold(
    world: World, enter: Enter
) -> None:
    two_programmes(world)
    nothing, undated = enter(STRANGER), enter(AGENCY)

    answer = nothing.get("/month/2026-03.ics")

    assert answer.status_code == 404
    assert "Nothing that waits for you in 2026-03" in told(answer)
    assert "As a calendar file" not in nothing.page("/month/2026-03")
    assert "As a calendar file" in undated.page("/month/2026-03")
    assert "As a calendar file" not in undated.page("/month/2026-05")
    assert undated.get("/month/2026-05.ics").status_code == 404


def test_everything_that_stands_ahead_with_a_day_is_in_the_file(world: World, enter: Enter) -> None:
    world.programme("screening")
    more_turns(world, MOST + 5)

    found = entries(enter(OFFICER), "/month/2026-01.ics")

    assert len({each.uid for each in found}) == MOST + 6


def test_what_has_no_due_date_is_counted_above_the_lines(world: World, enter: Enter) -> None:
    two_programmes(world)

    page = told(enter(AGENCY).page("/month"))

    assert "0 late, 0 due by Sunday, 1 later, 2 without a due date" in page
    assert "without a due date" not in told(enter(OFFICER).page("/month"))


@pytest.mark.parametrize("months", [1, 5])
def test_a_month_in_which_nothing_is_due_says_when_something_is(
    world: World, enter: Enter, months: int
) -> None:
    ref = world.programme("screening")
    officer = enter(OFFICER)
    (due,) = [each.start for each in entries(officer, "/month/2026-03.ics") if ref in each.uid]

    world.clock.at = due.replace(day=1) - timedelta(days=30 * months)
    page = told(enter(OFFICER).page("/month"))

    assert (
        f"No sign-off of yours is due this month The next one is due on {due.day} Mar 2026" in page
    )
    assert "No sign-off waits for you" in told(enter(STRANGER).page("/month"))


def test_the_first_page_says_the_month_in_short(world: World, enter: Enter) -> None:
    two_programmes(world)

    page = enter(OFFICER).page("/")

    assert 'href="/month/2026-03"' in page
    assert "0 late, 0 by Sunday 8 March, 1 later" in told(page)
    assert 'href="/month"' in page
    assert "What to do in" not in enter(STRANGER).page("/")


def test_payments_that_are_late_or_due_within_a_month_stand_beside_it(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    expected(world, ref, "60000", 20)

    page = told(enter(OFFICER).page("/month"))

    assert "Payments Due from India : USD 60,000" in page
    assert "Payments" not in told(enter(STRANGER).page("/month"))
    assert "Payments" not in told(enter(OFFICER).page("/month/2026-05"))
