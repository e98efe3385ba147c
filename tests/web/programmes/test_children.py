"""Cases under a programme in the browser: on its page, on their own, found by reference, and waited for."""

import re

import pytest
from sqlalchemy import update

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.cases.family import ALL, KIND, OFFICER, REF, above, begun, part
from workflow.forecast.renewal import Runs, renew
from workflow.oversight.checks.words import astray
from workflow.programmes.models import Programme

EACH = {**KIND, "for_each": "beneficiary"}
WAIT = "This waits until FAM-1.2 (Part) has ended."


@pytest.fixture
def family(world: World) -> World:
    """A programme of two countries, of which one has done its part."""
    begun(world, part(), above(ALL, part=EACH))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    return world


def test_the_page_of_a_programme_lists_them_and_says_what_it_waits_for(
    family: World, enter: Enter
) -> None:
    page = enter(OFFICER).page(f"/programmes/{REF}")

    said = told(page)
    assert "Parts and reports Part What is done by itself." in said
    assert "FAM-1.1, Angola Z, since" in said
    assert f'href="/programmes/{REF}.2"' in page
    assert WAIT in said


def test_whoever_is_asked_is_named_while_cases_under_it_hold_it_up(
    family: World, enter: Enter
) -> None:
    said = told(enter("marie.laurent").page(f"/programmes/{REF}"))

    assert "nobody who holds it may answer now" not in said
    assert "This waits until FAM-1.2" in said


def test_searches_find_each_by_what_it_says(family: World) -> None:
    with family.engine.reading() as session:
        missed = {ref for _, ref in astray(session)}

    assert missed.isdisjoint({f"{REF}.1", f"{REF}.2"})


def test_the_page_of_the_round_says_why_nobody_can_answer(family: World, enter: Enter) -> None:
    page = enter(OFFICER).page(f"/programmes/{REF}/rounds/closing/1")

    assert WAIT in told(page)


def test_the_queue_says_so_too(family: World, enter: Enter) -> None:
    said = told(enter(OFFICER).page("/queue"))

    assert WAIT in said
    assert "Part, Mozambique: A family" in said


@pytest.mark.parametrize("rest", ["", "/rounds/task/1", "/documents/paper"])
def test_the_pages_of_one_open(family: World, enter: Enter, rest: str) -> None:
    answer = enter(OFFICER).get(f"/programmes/{REF}.2{rest}")

    assert answer.status_code == 200


def test_its_page_leads_back_to_the_programme(family: World, enter: Enter) -> None:
    page = enter(OFFICER).page(f"/programmes/{REF}.2")

    assert "Part of FAM-1, A family" in told(page)
    assert page.count(f'href="/programmes/{REF}"') >= 2


@pytest.mark.parametrize(
    ("place", "leads_to"), [("/programmes", "/programmes"), ("/histories", "/histories")]
)
def test_one_is_found_by_its_reference(
    family: World, enter: Enter, place: str, leads_to: str
) -> None:
    page = enter(OFFICER).page(f"{place}?text=fam-1.2")

    assert f'href="{leads_to}/{REF}.2"' in page
    assert "is a part of a programme and is not listed here" in told(page)


def test_nothing_is_found_by_the_reference_of_what_a_person_may_not_know(
    world: World, enter: Enter
) -> None:
    child = part()
    child["states"]["a"]["private"] = True
    begun(world, child, above(part=EACH))
    world.answer(REF, "start", OFFICER, "go")

    pages = [
        enter("priya.menon").page(f"{place}?text=FAM-1.2")
        for place in ("/programmes", "/histories")
    ]

    assert not any("is a part of a programme" in told(page) for page in pages)


def test_a_history_of_one_opens_with_its_days(family: World, enter: Enter) -> None:
    visitor = enter("marie.laurent")

    answers = [
        visitor.get(f"/histories/{REF}.1{rest}").status_code
        for rest in ("", "/on/2026-03-02", "/history.csv", "/dossier")
    ]

    assert answers == [200] * 4


def test_one_says_who_speaks_for_it_and_how_countries_work_together(
    family: World, enter: Enter
) -> None:
    with family.engine.transaction() as session:
        session.execute(update(Programme).values(modality="multi_country_joint"))

    said = told(enter(OFFICER).page(f"/programmes/{REF}.2"))

    assert "Joint" in said
    assert "multi_country_joint" not in said
    assert "proposed the programme" not in said


def test_the_first_page_says_what_is_waited_for(family: World, enter: Enter) -> None:
    said = told(enter(OFFICER).page("/"))

    assert WAIT in said
    assert "waits for others:" not in said


def test_figures_that_are_those_of_the_programme_are_called_so(family: World, enter: Enter) -> None:
    with family.engine.transaction() as session:
        session.execute(update(Programme).values(starts="2026-01-01", ends="2027-12-31"))

    said = [told(enter(OFFICER).page(f"/programmes/{ref}")) for ref in (f"{REF}.2", REF)]

    assert ["Period of the programme 1 January 2026" in each for each in said] == [True, False]


def test_a_forecast_says_that_child_cases_are_not_in_it(family: World, enter: Enter) -> None:
    renew(family.engine, runs=Runs(20, 20))

    page = enter(OFFICER).page(f"/programmes/{REF}")

    said = told(page[page.index("move__forecast") :]).partition("How this is computed")[0]
    assert "Child cases are not played" in said
    assert re.search(r"[a-z0-9]\.[A-Z]", said) is None
