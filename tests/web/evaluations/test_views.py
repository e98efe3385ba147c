"""The figures of evaluations in the browser and at the terminal: counted, and each leading to its list."""

import csv
import io
import re

import pytest

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import ASSURER, Evaluated, ended

READER = "marie.laurent"


@pytest.fixture
def published(world: World) -> Evaluated:
    """An evaluation that everybody reads."""
    found = ended(world)
    found.accepted()
    found.answer(ASSURER, "publishing", "publish")
    return found


def test_each_figure_leads_to_its_list(published: Evaluated, enter: Enter) -> None:
    reader = enter(READER)
    page = reader.page("/evaluations")
    addresses = [
        each.replace("&amp;", "&")
        for each in re.findall(r'href="(/evaluations/list\?[^"]+)"', page)
    ]
    pages = {each: reader.page(each) for each in dict.fromkeys(addresses)}

    assert len(pages) >= 10
    assert all(published.ref in each for each in pages.values())
    assert "Recommendations and actions of 2026, by party" in told(page)
    assert 'aria-current="page">Knowledge' in page


def test_a_list_of_one_party_says_whose_it_is_by_name(published: Evaluated, enter: Enter) -> None:
    page = told(enter(READER).page("/evaluations/list?of=recommendations&year=2026&party=moz"))

    assert "Of evaluations that are published · 2026 · Mozambique" in page


def test_what_stands_under_an_evaluation_is_named_by_what_is_to_be_done(
    published: Evaluated, enter: Enter
) -> None:
    page = told(enter(READER).page(f"/programmes/{published.ref}"))

    assert f"{published.ref}.1, Key action 1: Extend the contracts" in page


def test_it_says_so_where_nothing_is_published(world: World, enter: Enter) -> None:
    assert "No evaluation is published yet" in told(enter(READER).page("/evaluations"))


def test_a_list_is_taken_away(published: Evaluated, enter: Enter) -> None:
    answer = enter(READER).get("/evaluations/list.csv?of=recommendations&year=2026")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert [(row["says"], row["party"], row["status"]) for row in rows] == [
        ("Keep the tutors.", "United Nations Development Programme", "Accepted"),
        ("Share the register.", "Special Unit for South-South Cooperation", "Partly accepted"),
        ("Charge for tests.", "Mozambique", "Rejected"),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "of=nothing", "year=abc", "year=99999", "after=x_y", "of=ratings&points=9&status=zzz",
        "party=nobody", "of=ratings&after=1_impact", "of=actions&after=9_9",
    ],
)  # fmt: skip
def test_nonsense_in_an_address_is_left_out_or_finds_nothing(
    published: Evaluated, enter: Enter, query: str
) -> None:
    reader = enter(READER)

    assert reader.get(f"/evaluations/list?{query}").status_code == 200
    assert reader.get(f"/evaluations?{query}").status_code == 200


def test_the_evaluator_is_named_on_the_page_and_refused_there_with_the_act_that_bars(
    world: World, enter: Enter
) -> None:
    found = ended(world)
    found.terms_set()
    found.programme.appoint("kenji.watanabe", "evaluator", "evaluation-office")
    assurer = enter(ASSURER)
    address = round_page(world, found.ref, "appointing", ASSURER)
    offered = assurer.page(address)
    barred = decide(assurer, address, named(world, "kenji.watanabe"))
    before = found.state
    fine = decide(assurer, address, named(world, "nadia.haddad"))

    assert "Nadia Haddad" in offered
    assert "Kenji Watanabe" in offered
    assert barred.status_code == 422
    assert "Kenji Watanabe may not do this and would be told" in told(barred.text)
    assert before == "naming"
    assert fine.status_code == 303
    assert "Nadia Haddad" in told(assurer.page(f"/programmes/{found.ref}"))
    assert "Evaluator: Nadia Haddad" in told(
        enter(ASSURER).page(f"/programmes/{found.ref}/rounds/appointing/1")
    )
    assert "was named to answer this in person" in told(
        enter("kenji.watanabe").page(round_page(world, found.ref, "taking_on", "kenji.watanabe"))
    )


def named(world: World, who: str) -> dict[str, str]:
    """What is sent to name somebody."""
    return {"verdict": "name", "question-evaluator": str(world.person(who))}
