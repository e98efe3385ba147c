"""Who keeps the office sees whether people are left for a lifecycle; others do not."""

import pytest
from sqlalchemy import update

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.lifecycles.test_views import opening, told
from workflow.people.models import Person

__all__ = ["opening"]

ADDRESS = "/lifecycles/programme-standard/staffing"
MISSED = "If Fatou Ndiaye leaves, nobody can answer: Conclusion of the appraisal."


@pytest.mark.parametrize("who", ["jane.okello", "elena.petrova", "naledi.khumalo", "marie.laurent"])
def test_what_the_people_of_today_can_reach_is_shown_with_whom_nobody_can_replace(
    enter: Enter, who: str
) -> None:
    page = told(enter(who).get(ADDRESS))

    assert "Closed can be reached It can be reached with all duties kept." in page
    assert MISSED in page
    assert "It holds for a programme like the one above, without donors" in page


@pytest.mark.usefixtures("opening")
def test_child_cases_are_said_to_have_people_of_their_own(enter: Enter) -> None:
    jane = enter("jane.okello")

    page = jane.get("/lifecycles/parent/staffing")

    assert "Child cases are not walked" in told(page)
    assert 'href="/lifecycles/amendment/staffing"' in page.text
    assert jane.get("/lifecycles/amendment/staffing").status_code == 200
    assert "Child cases" not in told(jane.get("/lifecycles/amendment/staffing"))


def test_another_country_can_be_chosen_and_one_that_is_not_there_is_refused(enter: Enter) -> None:
    jane = enter("jane.okello")

    other = told(jane.get(f"{ADDRESS}?proposer=moz&with=ago&agency=undp"))
    nowhere = jane.get(f"{ADDRESS}?proposer=atlantis")

    assert "executed by United Nations Development Programme" in other
    assert nowhere.status_code == 404
    assert "cannot be chosen here" in told(nowhere)


def test_the_page_says_under_which_framework_it_is_asked_and_offers_no_other_without_one(
    enter: Enter,
) -> None:
    jane = enter("jane.okello")

    page = jane.page(ADDRESS)
    under = page.partition('name="framework"')[2].partition("</select>")[0]

    assert "under Strategic framework" in page
    assert '<option value="">' not in under
    assert " selected" in under


def test_what_nobody_can_answer_is_named(world: World, enter: Enter) -> None:
    world.honest = False
    with world.engine.transaction() as session:
        gone = update(Person).where(Person.name == "Fatou Ndiaye")
        session.execute(gone.values(disabled_at=world.clock.at))

    page = told(enter("jane.okello").get(ADDRESS))

    assert "Closed cannot be reached Nobody can answer: Conclusion of the appraisal." in page
    assert "Withdrawn can be reached" in page


def test_whoever_does_not_keep_the_office_is_not_led_there_and_not_let_in(enter: Enter) -> None:
    li, jane = enter("li.wei"), enter("jane.okello")
    link = "/lifecycles/programme-standard/versions/"

    assert li.get(ADDRESS).status_code == 403
    assert f"{link}" in jane.get("/lifecycles/programme-standard").text
    assert "/staffing" in jane.get("/lifecycles/programme-standard").text
    assert "/staffing" not in li.get("/lifecycles/programme-standard").text
