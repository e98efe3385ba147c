import re
from datetime import timedelta

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.frameworks.test_tallies import with_money
from tests.workflow.lifecycles.shipped.test_framework import Framed, adopted
from tests.workflow.programmes.lists.portfolios import bring_in


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


def test_how_many_stand_under_none_is_said_and_the_page_of_each_says_why(
    world: World, enter: Enter
) -> None:
    bring_in(world, {"fund": "IBSA Fund"}, {"fund": "Another", "start": ""})
    visitor = enter("jane.okello")

    listed = visitor.page("/frameworks")
    under, none = (visitor.page(f"/programmes/SSC-{key}") for key in ("T1", "T2"))

    assert "1 programme stands under none; its page says why." in listed
    assert "Its source names the fund India, Brazil and South Africa" in under
    assert "Its source does not say when it began." in none


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


def test_each_number_of_an_area_and_stage_opens_the_list_that_it_counts(
    world: World, enter: Enter
) -> None:
    world.programme("screening")
    world.programme("consultation")
    visitor = enter("jane.okello")

    page = visitor.page("/frameworks/F7")
    links = re.findall(r'href="(/programmes\?framework=F7&(?:amp;)?area=[^"]+)">(\d+)<', page)

    assert links
    for address, number in links:
        assert _listed(visitor.page(address.replace("&amp;", "&"))) == int(number), address


def test_what_is_late_is_said_where_it_is_counted(world: World, enter: Enter) -> None:
    world.programme("screening")
    before = enter("jane.okello").page("/frameworks/F7")

    world.clock.at += timedelta(days=40)
    after = enter("jane.okello").page("/frameworks/F7")

    assert "1 late" not in before
    assert "1 late" in after
    assert "1 of 1, due first" in after


def test_a_draft_is_in_no_number_of_those_who_may_not_know_of_it(
    world: World, enter: Enter
) -> None:
    world.programme("draft")

    assert "area=" not in _areas(enter("jane.okello").page("/frameworks/F7"))
    assert "area=" in _areas(enter("joao.lima").page("/frameworks/F7"))


def test_a_framework_in_force_says_its_course_what_waits_and_its_reports(
    world: World, enter: Enter
) -> None:
    framed = Framed(world)
    adopted(framed)

    page = enter("li.wei").page(f"/frameworks/{framed.ref}")

    assert "First regular session 2026" in page
    assert "2026/3" in page
    assert "Mid-term review" in page[page.index("Reports due") :]
    assert (
        "First regular session 2026"
        in page[page.index('class="stages"') : page.index("What waits")]
    )
    assert f'href="/histories/{framed.ref}"' in page


def test_the_money_of_programmes_stands_by_area_and_source_beside_the_envelope(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    with_money(world, ref, "ind")

    page = enter("jane.okello").page("/frameworks/F7")
    money = page[page.index('id="envelope"') :]

    assert "Pivotal countries" in money
    assert "Programmed" in money
    assert ">5<" in money


def _areas(page: str) -> str:
    """The table of areas."""
    return page[page.index('id="areas"') : page.index('id="envelope"')]


def _listed(page: str) -> int:
    """How many programmes a list shows."""
    return len(set(re.findall(r'href="/programmes/(SSC-[\d-]+)"', page)))
