from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.lifecycles.shipped.test_framework import Framed, adopted


def test_the_list_counts_programmes_by_stage(world: World, enter: Enter) -> None:
    world.programme("screening")

    page = enter("jane.okello").page("/frameworks")

    assert "Third cooperation framework" in page
    assert "2005–2007" in page
    assert 'href="/programmes?framework=F7">1<' in page


def test_a_framework_says_who_wants_to_lead_in_which_area_since_when(
    world: World, enter: Enter
) -> None:
    page = enter("jane.okello").page("/frameworks/F3")

    row = page[page.index("HIV and AIDS") :]
    row = row[: row.index("</tr>")]
    assert "15 Jan 2004" in row
    assert "9 Mar 2004" in row
    assert "not an area of this framework" in page[page.index("Energy") :]


def test_a_framework_leads_to_its_programmes(world: World, enter: Enter) -> None:
    page = enter("jane.okello").page("/frameworks/F7")

    assert 'href="/programmes?framework=F7"' in page
    assert 'href="/programmes?framework=F7&stage=consultation"' in page


def test_an_unknown_framework_is_not_found(world: World, enter: Enter) -> None:
    assert enter("jane.okello").get("/frameworks/F99").status_code == 404


def test_drafts_are_not_counted_for_those_who_may_not_know(world: World, enter: Enter) -> None:
    world.programme("draft")

    assert 'framework=F7">0<' in enter("jane.okello").page("/frameworks")
    assert 'framework=F7">1<' in enter("joao.lima").page("/frameworks")


def test_a_framework_that_was_adopted_here_leads_to_how_it_came_about(
    world: World, enter: Enter
) -> None:
    framed = Framed(world)
    adopted(framed)
    visitor = enter("li.wei")

    listed = visitor.page("/frameworks")
    page = visitor.page(f"/frameworks/{framed.ref}")

    assert f'href="/frameworks/{framed.ref}"' in listed
    assert f'href="/programmes/{framed.ref}"' in listed
    assert "How it came about: In force" in page
    assert f'href="/programmes/{framed.ref}"' in page
