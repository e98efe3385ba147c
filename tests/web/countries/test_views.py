"""The page of a country: what it leads, was asked, offers and takes part in, to each what they may know."""

import re
from datetime import date, timedelta

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.approaches.house import FOCAL, OFFICER, answered, approached
from tests.workflow.sharing.shared import listed

OUTSIDER = "joao.lima"


@pytest.fixture
def house(world: World) -> World:
    """India leads in trade until the end of 2027 and owes an answer on energy; it shares a solution."""
    trade, _ = (approached(world, ["IND"], area)[0] for area in ("trade", "energy"))
    answered(world, trade, "IND", "lead")
    listed(world, who="priya.menon", party="ind")
    return world


def test_its_focal_point_finds_what_waits_first(house: World, enter: Enter) -> None:
    page = enter(FOCAL["IND"]).page("/countries/IND")

    said = told(page)
    assert "Answer what waits for India" in said
    assert "a pivotal country" in said
    assert "31 Dec 2027" in said
    assert "Priya Menon" in said
    assert "/solutions?country=IND" in page.replace("&amp;", "&")


def test_others_see_what_everybody_may_know(house: World, enter: Enter) -> None:
    said = told(enter(OUTSIDER).page("/countries/ind"))

    assert "What it leads and supports" in said
    assert "31 Dec 2027" in said
    assert "What waits" not in said
    assert "no answer" not in said


def test_an_officer_goes_on_to_approach_it(house: World, enter: Enter) -> None:
    officer = enter(OFFICER)

    page = officer.page("/countries/IND")

    assert "/approaches/new?country=IND" in page
    chosen = re.findall(
        r'<input checked[^>]*value="(\w+)"', officer.page("/approaches/new?country=IND")
    )
    assert chosen == ["IND"]


def test_what_ran_out_is_led_no_longer(house: World, enter: Enter) -> None:
    house.clock.at += timedelta(days=(date(2028, 1, 1) - date(2026, 3, 2)).days)

    said = told(enter(OUTSIDER).page("/countries/IND"))

    assert "31 Dec 2027" not in said.partition("How it was approached")[0]


@pytest.mark.parametrize(("code", "status"), [("NOR", 200), ("TUV", 200), ("ZZZ", 404), ("x", 404)])
def test_any_country_has_a_page_and_other_letters_have_none(
    house: World, enter: Enter, code: str, status: int
) -> None:
    assert enter(OUTSIDER).get(f"/countries/{code}").status_code == status


def test_the_matrix_leads_to_the_register_and_to_countries(house: World, enter: Enter) -> None:
    page = enter(OUTSIDER).page("/frameworks/F7").replace("&amp;", "&")

    assert "/approaches?country=IND&area=trade" in page
    assert 'href="/countries/IND"' in page


def test_the_page_of_an_approach_leads_to_its_forms(house: World, enter: Enter) -> None:
    (ref,) = approached(house, ["BRA"], "ict")

    focal = enter(FOCAL["BRA"]).page(f"/programmes/{ref}")
    officer = enter(OFFICER).page(f"/programmes/{ref}")

    assert f"/approaches/{ref}/answer" in focal
    assert f"/approaches/{ref}/record" not in focal
    assert f"/approaches/{ref}/record" in officer
