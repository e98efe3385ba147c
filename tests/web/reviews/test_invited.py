"""Whom to invite, beside the decision that opens a consultation: read by the officer, chosen for nobody."""

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.sharing.shared import OFFICER, listed

HEAD = "Whom to invite: suggestions"


def screening(world: World, ref: str) -> str:
    return f"/programmes/{ref}/rounds/screening/1"


def test_an_officer_reads_who_shares_in_these_areas_beside_the_decision(
    world: World, enter: Enter
) -> None:
    listed(world)
    ref = world.programme("screening")

    page = enter(OFFICER).page(screening(world, ref))

    said = told(page.partition(HEAD)[2].partition("</section>")[0])
    assert "Brazil" in said
    assert "It shares in these areas: solution: 1. Source: what countries share" in said
    assert 'href="/solutions?country=BRA"' in page
    assert "Nobody is invited by this list" in said
    assert "<input" not in page.partition(HEAD)[2].partition("</section>")[0]


def test_nobody_else_reads_them_and_no_other_decision_has_them(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    later = world.programme("decision")

    for who in ("joao.lima", "marie.laurent", "priya.menon"):
        assert HEAD not in enter(who).get(screening(world, ref)).get_data(as_text=True)
    assert HEAD not in enter(OFFICER).page(f"/programmes/{later}/rounds/decision/1")
