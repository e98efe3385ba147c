"""Meetings in the browser: the list, the form by which one is planned, and what each reader sees of one."""

import csv
import io

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.meetings.house import (
    FOCAL,
    HANGZHOU,
    OFFICER,
    circulated,
    planned,
    published,
    reported,
)
from workflow.meetings.acts import Match, MeetingReport

OUTSIDER = "joao.lima"
PLANNED = {
    "title": "Business forum, Maputo",
    "kind": "forum",
    "place": "Maputo, Mozambique",
    "year": "2026",
    "month": "09",
    "purpose": "Small enterprises meet.",
    "areas": ["trade"],
    "invited": ["IND", "MOZ"],
    "why": "Enterprises of both offer and seek.",
}


@pytest.fixture
def house(world: World) -> World:
    published(world)
    return world


def test_an_officer_plans_a_meeting_that_nobody_else_knows_of(house: World, enter: Enter) -> None:
    answer = enter(OFFICER).post("/meetings/new", PLANNED, follow=True)

    said = told(answer)
    assert "The meeting is planned." in said
    assert "Enterprises of both offer and seek." in said
    assert "Business forum, Maputo" in told(enter(OFFICER).get("/meetings"))
    assert "Business forum, Maputo" not in told(enter(FOCAL["IND"]).get("/meetings"))


def test_what_cannot_be_planned_stands_at_its_field_with_the_words_kept(
    house: World, enter: Enter
) -> None:
    answer = enter(OFFICER).post("/meetings/new", {**PLANNED, "starts_on": "2025-09-01"})

    said = told(answer)
    assert answer.status_code == 422
    assert "That day is not in 2026; change one of the two." in said
    assert "Enterprises of both offer and seek." in str(answer.data.decode())


def test_who_was_invited_reads_the_report_before_it_is_final_and_others_do_not(
    house: World, enter: Enter
) -> None:
    ref = circulated(house)

    assert "The Special Unit was asked" in told(enter(FOCAL["CHN"]).get(f"/programmes/{ref}"))
    assert enter(OUTSIDER).get(f"/programmes/{ref}").status_code == 404
    assert "Hangzhou" not in told(enter(OUTSIDER).get("/meetings"))


def test_a_meeting_whose_day_was_not_recorded_says_so_and_tells_what_came_of_it(
    house: World, enter: Enter
) -> None:
    reported(house)

    said = told(enter(OUTSIDER).get("/meetings?stands=reported&country=CHN&area=ict&kind=session"))

    assert "November 2003" in said
    assert "day not recorded" in said
    assert "Commitment 1: Approach each pivotal country" in said


def test_who_is_not_reached_is_listed_so(house: World, enter: Enter) -> None:
    wish = {**PLANNED, "invited": ["IND", "PER"]}

    said = told(enter(OFFICER).post("/meetings/new", wish, follow=True))

    assert "not reached" in said
    assert "no answer yet" in said


def test_it_is_taken_away_with_a_row_for_each_commitment(house: World, enter: Enter) -> None:
    reported(house)
    planned(house)

    answer = enter(OFFICER).get("/meetings.csv")

    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["commitment_owner"] for row in rows] == [
        "",
        "UNOSSC (Special Unit)",
        "India",
    ] or len(rows) == 3


def test_nothing_matches_and_filters_that_make_no_sense_find_nothing(
    house: World, enter: Enter
) -> None:
    planned(house)

    for asked in ("kind=forum", "region=africa", "stands=strange", "country=XXX", "framework=F7"):
        assert "Nothing matches" in told(enter(OFFICER).get(f"/meetings?{asked}"))


def test_a_commitment_leads_to_the_form_that_asks_countries_and_names_what_came_of_it(
    house: World, enter: Enter
) -> None:
    ref = reported(house)
    officer = enter(OFFICER)
    form = f"/approaches/new?came_of={ref}.1"

    assert form in officer.get(f"/programmes/{ref}").text
    officer.post(
        form,
        {
            "countries": ["BRA"],
            "area": "energy",
            "asked_on": "2026-03-02",
            "channel": "meeting",
            "occasion": "Hangzhou",
        },
    )

    said = told(officer.get(f"/programmes/{ref}"))
    assert "became Brazil: Energy" in said
    assert "became" not in told(enter(OUTSIDER).get(f"/programmes/{ref}"))


def test_a_match_leads_whoever_submits_to_a_proposal_that_says_what_it_came_of(
    house: World, enter: Enter
) -> None:
    match = Match(topic="Solar pumps", offers="IND", seeks="MOZ", area="energy")
    ref = reported(house, HANGZHOU, MeetingReport(outcome="One match.", matches=(match,)))
    submitter = enter(OUTSIDER)
    form = f"/proposals/new?came_of={ref}&match=1"

    assert form.replace("&", "&amp;") in submitter.get(f"/programmes/{ref}").text
    assert 'value="Solar pumps"' in submitter.get(form).text
    submitter.post(
        form,
        {
            "title": "Solar pumps",
            "party": str(house.party("moz")),
            "lifecycle": "programme-standard",
        },
    )

    assert "became Solar pumps" in told(submitter.get(f"/programmes/{ref}"))
    refused = submitter.get(f"/proposals/new?came_of={ref}&match=7")
    assert 'value="Solar pumps"' not in refused.text


def test_the_page_of_a_country_tells_the_meetings_to_which_it_was_invited(
    house: World, enter: Enter
) -> None:
    reported(house)

    assert HANGZHOU.title in told(enter(OUTSIDER).get("/countries/CHN"))
    assert HANGZHOU.title not in told(enter(OUTSIDER).get("/countries/THA"))
