"""Lead groups in the browser: formed, seen, left, and given programmes to lead."""

import csv
import io
import re

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lead_groups.house import FOCAL, OFFICER, cases, formed, published
from workflow.lead_groups.programmes import take_on

OUTSIDER = "joao.lima"
FORMED = {
    "title": "Lead group on nurses",
    "area": "hiv-aids",
    "members": ["IND", "THA"],
    "convenor": "IND",
    "purpose": "Train nurses together.",
    "working": "We meet each quarter.",
}


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


@pytest.fixture
def group(house: World) -> str:
    """India and Thailand lead together, and what they lead is formulated."""
    programme = house.programme("formulation")
    ref = formed(house, ["IND", "THA"])
    take_on(house.engine, house.person(OFFICER), ref, programme)
    return ref


def test_an_officer_forms_a_group_whose_members_are_asked_to_sign(
    house: World, enter: Enter
) -> None:
    answer = enter(OFFICER).post("/lead-groups/new", FORMED, follow=True)

    said = told(answer)
    assert "Each member is asked to sign" in said
    assert "India (convenor)" in said
    assert "Sign the terms of reference" in said
    assert "India , Thailand owe" in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"convenor": ""}, "A group without convenor does not lead"),
        ({"convenor": "PRT"}, "a donor never convenes"),
        ({"members": ["IND", "PRT"]}, "never leads"),
        ({"members": ["IND"]}, "One country does not lead alone"),
    ],
)
def test_what_cannot_lead_stands_at_its_field_with_the_words_kept(
    house: World, enter: Enter, changed: dict[str, object], said: str
) -> None:
    answer = enter(OFFICER).post("/lead-groups/new", {**FORMED, **changed})

    assert answer.status_code == 422
    assert said in told(answer)
    assert "We meet each quarter." in told(answer)
    assert cases(house) == 0


def test_the_page_says_who_leads_what_and_what_follows_if_one_leaves(
    group: str, enter: Enter
) -> None:
    said = told(enter(FOCAL["IND"]).page(f"/lead-groups/{group}"))

    assert "Distance learning for nurses" in said
    assert "version 1 signed" in said
    assert "Courses" in said
    assert "India leaves" in said
    assert "goes back to “ Lead group ”" in said
    assert "Give notice for your country" in said
    assert "No meeting in this area" in said
    assert "Confirmation of the record" not in said


def test_a_member_gives_notice_and_nobody_else_does(group: str, enter: Enter) -> None:
    address = f"/lead-groups/{group}/leave"

    refused = enter(OUTSIDER).get(address)
    given = enter(FOCAL["IND"]).post(address, {"reasons": "Our institute closes."}, follow=True)

    assert refused.status_code == 403
    assert "Notice is given." in told(given)


def test_an_officer_says_what_a_group_leads(house: World, enter: Enter) -> None:
    programme = house.programme("formulation")
    ref = formed(house, ["IND", "THA"])
    officer, address = enter(OFFICER), f"/lead-groups/{ref}/take-on"

    wrong = officer.post(address, {"programme": "SSC-1999-001"})
    right = officer.post(address, {"programme": programme}, follow=True)

    assert wrong.status_code == 422
    assert "SSC-1999-001" in told(wrong)
    assert "The group leads it from now on." in told(right)
    assert "Distance learning for nurses" in told(right)


def test_a_group_is_begun_with_whom_a_programme_has(house: World, enter: Enter) -> None:
    programme = house.programme("formulation")

    page = enter(OFFICER).page(f"/lead-groups/new?programme={programme}")

    tags = [tag for tag in re.findall(r"<(?:input|option)[^>]*>", page) if '"IND"' in tag]
    assert [("checked" in tag, "selected" in tag) for tag in tags] == [(True, False), (False, True)]


def test_outsiders_know_of_a_group_once_it_leads_and_not_what_it_brings(
    house: World, group: str, enter: Enter
) -> None:
    outsider = enter(OUTSIDER)

    listed, page = told(outsider.page("/lead-groups")), told(outsider.page(f"/lead-groups/{group}"))
    enter(OFFICER).post("/lead-groups/new", {**FORMED, "title": "Not yet"})
    after = told(outsider.page("/lead-groups"))

    assert "Lead group on nurses" in listed
    assert "Courses" not in page
    assert "Not yet" not in after


def test_the_list_is_taken_away_and_narrowed(group: str, enter: Enter) -> None:
    visitor = enter(OFFICER)

    rows = list(csv.DictReader(io.StringIO(visitor.page("/lead-groups.csv").lstrip("\ufeff"))))
    none = told(visitor.page("/lead-groups?area=ict"))

    assert [(row["ref"], row["members"], row["convenor"]) for row in rows] == [
        (group, "IND THA", "IND")
    ]
    assert [row["area_in_words"] != row["area"] for row in rows] == [True]
    assert "Nothing matches" in none
