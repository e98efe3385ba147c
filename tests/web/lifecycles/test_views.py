"""Everybody signed in can read the lifecycles: what each is for, its whole course, who may do what when."""

from pathlib import Path

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.lifecycles.with_children import child, with_children
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables, load_file

SHIPPED = Path("config/lifecycles")
SECOND = from_tables(
    edited(put("version", "6"), put("states/screening/label", "First look")), "second.toml"
)


@pytest.fixture
def several(world: World) -> World:
    """The demo's house with every lifecycle that is shipped."""
    for name in ("emergency", "three-consents", "small-grant", "triangular"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    return world


def test_every_lifecycle_that_is_offered_says_for_what_it_is(several: World, enter: Enter) -> None:
    page = told(enter("li.wei").get("/lifecycles"))

    assert "South-South programme, standard For every programme." in page
    assert "For an answer to an emergency of at most USD 1,000,000" in page
    assert "it asks the IBSA Fund" in page


def test_a_lifecycle_that_no_programme_follows_stands_there_too_and_says_so(
    world: World, enter: Enter
) -> None:
    publish(world.engine, load_file(SHIPPED / "progress-report.toml"))
    visitor = enter("joao.lima")

    page = told(visitor.get("/lifecycles"))
    whole = told(visitor.get("/lifecycles/progress-report"))
    begun = told(visitor.get("/proposals/new"))

    assert "Progress report No programme is begun on it: it is about a report." in page
    assert "Version 2 · offered since" in whole
    assert "end “Overtaken” the case that it stands under ends" in whole
    assert "Progress report" not in begun


def test_a_lifecycle_is_shown_whole(world: World, enter: Enter) -> None:
    answer = enter("li.wei").get("/lifecycles/programme-standard")
    page = told(answer)

    definition = load_file(SHIPPED / "programme-standard.toml")
    assert answer.status_code == 200
    assert all(state.label in page for state in definition.states.values())
    assert all(
        spec.label in page for spec in definition.rounds.values() if spec.footing == "managed"
    )
    assert all(source in page for source in definition.sources.values())
    assert "Version 5 · offered since" in page


def test_where_a_way_depends_on_a_condition_the_page_says_so(several: World, enter: Enter) -> None:
    page = told(enter("li.wei").get("/lifecycles/triangular-programme"))

    assert "Recommend, a donor takes part → leads to Agreement of the donor" in page
    assert "Recommend, otherwise → leads to Decision" in page
    assert "Donor partner only if: a donor takes part" in page


def test_a_window_and_a_clock_that_a_question_stops_are_said(several: World, enter: Enter) -> None:
    page = told(enter("li.wei").get("/lifecycles/g77-small-grant"))

    assert "Every year from 1 January to 30 April alone" in page
    assert "While it is open the clock stands still of: Screening" in page


@pytest.fixture
def opening(world: World) -> Definition:
    """A lifecycle whose cases open others, published with those that they follow."""
    raw = with_children()
    for kind in raw["children"].values():
        publish(world.engine, from_tables(child(kind["lifecycle"]), "child.toml"))
    parent = from_tables({**raw, "key": "parent"}, "parent.toml")
    publish(world.engine, parent)
    return parent


@pytest.mark.usefixtures("opening")
def test_child_cases_are_said_with_their_schedules_and_what_waits_for_them(enter: Enter) -> None:
    answer = enter("li.wei").get("/lifecycles/parent")

    page = told(answer)
    assert "Child cases 7 kinds" in page
    assert "every year, due by 31 January, opened one month before" in page
    assert "as “Delivery” is entered, one for each beneficiary" in page
    assert "Only if: It is large" in page
    assert "Leave as it is → leads to child cases: Amendment" in page
    assert "It waits until no “Country's part” is open any more." in page
    assert "Child cases that open in “Delivery” Progress report, Country's part, Amendment" in page
    assert '<a href="/lifecycles/progress-report">Progress-report</a>' in answer.text
    child_page = enter("li.wei").get("/lifecycles/progress-report")
    assert "A case of it opens as “Progress report” of: South-South programme" in told(child_page)
    assert 'href="/lifecycles/parent#child-progress_report"' in child_page.text


OTHERS = [
    each for each in map(load_file, sorted(SHIPPED.glob("*.toml"))) if each.subject != "programme"
]


@pytest.mark.parametrize("definition", OTHERS, ids=[each.key for each in OTHERS])
def test_every_page_of_a_lifecycle_of_no_programme_opens(
    world: World, enter: Enter, definition: Definition
) -> None:
    publish(world.engine, definition)
    jane, here = enter("jane.okello"), f"/lifecycles/{definition.key}"

    pages = [here, f"{here}/staffing", f"{here}/forecast"]
    pages += [f"{here}/versions/{definition.mark}/course.{ending}" for ending in ("svg", "bpmn")]

    assert {page: jane.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_where_no_case_opens_another_nothing_is_said_of_it(world: World, enter: Enter) -> None:
    emergency = load_file(SHIPPED / "emergency.toml")
    publish(world.engine, emergency)

    assert "hild case" not in told(enter("li.wei").get(f"/lifecycles/{emergency.key}"))


def test_a_session_of_the_board_is_said_with_the_day_of_its_papers(
    several: World, enter: Enter
) -> None:
    page = told(enter("li.wei").get("/lifecycles/ibsa-three-consents"))

    assert "Ends with the next session: Board" in page
    assert "Papers are due 21 days before the next session: Board" in page


def test_an_older_version_stays_to_be_read_in_its_own_words(world: World, enter: Enter) -> None:
    first = load_file(SHIPPED / "programme-standard.toml").digest[:12]
    publish(world.engine, SECOND)
    visitor = enter("li.wei")

    newest = told(visitor.get("/lifecycles/programme-standard"))
    older = told(visitor.get(f"/lifecycles/programme-standard/versions/{first}"))

    assert "First look" in newest
    assert "Version 6 · offered since" in newest
    assert "First look" not in older
    assert "another version is offered" in older


@pytest.mark.parametrize(
    "address", ["/lifecycles/weather", "/lifecycles/programme-standard/versions/x"]
)
def test_what_there_is_not_is_said(world: World, enter: Enter, address: str) -> None:
    assert enter("li.wei").get(address).status_code == 404


def test_in_arabic_the_picture_is_read_from_the_right(world: World, enter: Enter) -> None:
    visitor = enter("youssef.benali")

    left = visitor.get("/lifecycles/programme-standard")
    right = visitor.get("/lifecycles/programme-standard", headers={"Accept-Language": "ar"})

    assert left.status_code == right.status_code == 200
