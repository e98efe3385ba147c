"""Whom to invite, beside the decision that opens a consultation: read by the officer, chosen for nobody."""

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.shipped.test_framework import Framed
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


def test_an_officer_reads_who_would_be_asked_and_composes_the_invitation(
    world: World, enter: Enter
) -> None:
    framed = Framed(world)
    framed.appoint("joao.lima", "pivotal_focal", "moz")
    address = round_page(world, framed.ref, "beginning", OFFICER)
    jane = enter(OFFICER)

    before = told(jane.page(address))
    cells = {"0-country": "BRA", "0-change": "drop", "0-reason": "It asked not to be.",
             "1-country": "MOZ", "1-change": "add", "1-reason": "It shares courses."}  # fmt: skip
    sent = decide(
        jane,
        address,
        {"verdict": "consult"} | {f"question-invitation-{k}": v for k, v in cells.items()},
    )
    there = told(jane.page(f"/programmes/{framed.ref}/rounds/consulting/1"))
    outside = told(enter("ingrid.solberg").page(f"/programmes/{framed.ref}/rounds/consulting/1"))

    assert "Would be asked today" in before
    assert "India registered interest" in before
    assert sent.status_code == 303
    assert "an officer added it to the invitation" in there
    assert "Brazil left out It asked not to be. Jane Okello" in there
    assert "It asked not to be." not in outside
