"""The register of approaches in the browser, and the forms by which countries are asked and answer."""

import csv
import io

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.approaches.house import (
    FOCAL,
    NEXT_YEAR,
    OFFICER,
    answered,
    approached,
    interest,
    published,
)
from workflow.approaches.answer import CountryAnswer, answer
from workflow.engine.acts.whole import At

OUTSIDER = "joao.lima"
ASKED = {
    "countries": ["BRA", "IND"],
    "area": "energy",
    "asked_on": "2026-03-02",
    "channel": "meeting",
    "occasion": "Hangzhou",
}


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


@pytest.fixture
def brazil(house: World) -> str:
    """Brazil is asked."""
    (ref,) = approached(house, ["BRA"], "ict", words="Where does Brazil wish to lead?")
    return ref


def test_an_officer_asks_several_countries_from_a_list(house: World, enter: Enter) -> None:
    officer = enter(OFFICER)

    answer = officer.post("/approaches/new", ASKED, follow=True)

    said = told(answer)
    assert "2 countries are asked, each by itself." in said
    assert "Brazil" in said
    assert "India" in said
    assert "no answer for 0 days" in said


def test_what_cannot_be_asked_stands_at_its_field_with_the_words_kept(
    house: World, enter: Enter
) -> None:
    answer = enter(OFFICER).post("/approaches/new", {**ASKED, "countries": ["BRA", "MOZ"]})

    said = told(answer)
    assert answer.status_code == 422
    assert "Mozambique is not a pivotal country" in said
    assert 'value="Hangzhou"' in answer.get_data(as_text=True)
    assert "No country was approached yet" in told(enter(OFFICER).page("/approaches"))


def test_the_focal_point_answers_on_one_page(house: World, brazil: str, enter: Enter) -> None:
    paulo = enter(FOCAL["BRA"])
    assert "Where does Brazil wish to lead?" in told(paulo.page(f"/approaches/{brazil}/answer"))

    lacking = paulo.post(f"/approaches/{brazil}/answer", {"answer": "lead"})
    given = paulo.post(
        f"/approaches/{brazil}/answer",
        {"answer": "lead", "valid_until": "2027-12-31", "conditions": "Travel is paid."},
        follow=True,
    )

    assert lacking.status_code == 422
    assert "Say until when your country leads" in told(lacking)
    assert "Your country’s answer is recorded." in told(given)
    assert interest(house, "BRA").answer == "leads"  # type: ignore[union-attr]


def test_others_do_not_answer_for_it(house: World, brazil: str, enter: Enter) -> None:
    hidden = enter(FOCAL["IND"]).get(f"/approaches/{brazil}/answer")
    officers = enter(OFFICER).get(f"/approaches/{brazil}/answer")
    answered(house, brazil, "BRA", "lead")
    india = enter(FOCAL["IND"]).get(f"/approaches/{brazil}/answer")

    assert hidden.status_code == 404
    assert (officers.status_code, india.status_code) == (403, 403)
    assert "only its focal point answers for it" in told(india)


def test_an_officer_records_what_came_by_letter(house: World, brazil: str, enter: Enter) -> None:
    came = {
        "answer": "support", "valid_until": "2027-12-31", "came": "letter",
        "came_on": "2026-03-01", "said_by": "Ana Dias", "said": "Brazil supports it.",
    }  # fmt: skip

    answer = enter(OFFICER).post(f"/approaches/{brazil}/record", came, follow=True)

    assert "It is noted. The country is told" in told(answer)
    assert house.state(brazil) == "noted"


def test_a_country_gives_notice(house: World, brazil: str, enter: Enter) -> None:
    answered(house, brazil, "BRA", "lead")
    paulo = enter(FOCAL["BRA"])

    past = paulo.post(
        f"/approaches/{brazil}/notice", {"ends_on": "2026-03-01", "reasons": "Moved."}
    )
    given = paulo.post(
        f"/approaches/{brazil}/notice", {"ends_on": "2026-05-31", "reasons": "Moved."}, follow=True
    )

    assert (past.status_code, "notice is given ahead" in told(past)) == (422, True)
    assert "Notice is given." in told(given)
    assert house.state(brazil) == "leaving"


def test_the_register_is_narrowed_and_taken_away(house: World, brazil: str, enter: Enter) -> None:
    (india,) = approached(house, ["IND"], "trade")
    answered(house, india, "IND", "lead")
    officer = enter(OFFICER)

    rows = list(
        csv.DictReader(
            io.StringIO(officer.get("/approaches.csv").get_data(as_text=True).lstrip("\ufeff"))
        )
    )

    assert [(row["country"], row["answer"]) for row in rows] == [("IND", "lead"), ("BRA", "")]
    assert [row["answer_in_words"] for row in rows] == ["leads", "no answer yet"]
    assert all(row["area_in_words"] not in ("", row["area"]) for row in rows)
    assert brazil not in officer.page("/approaches?answer=lead")
    assert brazil in officer.page("/approaches?stands=waiting&country=BRA&area=ict")
    assert "Nothing matches" in told(officer.page("/approaches?area=nonsense"))


def test_outsiders_see_what_everybody_may_know(house: World, brazil: str, enter: Enter) -> None:
    (india,) = approached(house, ["IND"], "trade")
    answered(house, india, "IND", "lead")

    page = enter(OUTSIDER).page("/approaches")

    assert india in page
    assert brazil not in page
    assert enter(OUTSIDER).get("/approaches/new").status_code == 403


def test_nothing_of_it_is_known_before_it_is_public_and_its_conditions_never_are(
    house: World, enter: Enter
) -> None:
    words, conditions = "Where does Brazil wish to lead?", "Travel of its experts is paid."
    (ref,) = approached(house, ["BRA"], "ict", words=words)
    outsider = enter(OUTSIDER)
    addresses = (f"/programmes/{ref}", f"/histories/{ref}", f"/approaches/{ref}/answer")
    many = ("/approaches", "/approaches.csv", "/countries/BRA", "/frameworks/F7", "/histories", "/")

    assert {outsider.get(each).status_code for each in addresses} == {404}
    assert not any(ref in outsider.get(each).get_data(as_text=True) for each in many)

    said = CountryAnswer(answer="lead", valid_until=NEXT_YEAR, conditions=conditions)
    answer(house.engine, house.person(FOCAL["BRA"]), At(ref), said)

    page = outsider.page(f"/programmes/{ref}") + outsider.page(f"/histories/{ref}")
    assert ref in outsider.page("/approaches")
    assert "Leads" in page
    assert words not in page
    assert conditions not in page
    assert outsider.get(f"/programmes/{ref}/documents/country_answer").status_code == 403
    assert conditions in told(enter(OFFICER).page(f"/programmes/{ref}/documents/country_answer"))


@pytest.mark.parametrize("day", ["0001-01-01", "0001-02-28", "2026-03-01"])
def test_a_last_day_that_is_past_is_refused_however_long_it_is_past(
    brazil: str, enter: Enter, day: str
) -> None:
    answer = enter(FOCAL["BRA"]).post(
        f"/approaches/{brazil}/answer", {"answer": "lead", "valid_until": day}
    )

    assert answer.status_code == 422
    assert "That day is past" in told(answer)
