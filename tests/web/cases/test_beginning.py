"""A case that is no programme is begun on its page, by whoever may."""

from pathlib import Path

import pytest

from tests.support.visitors import Enter, words
from tests.support.world import World
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

SHIPPED = Path("config/lifecycles")
NEW = "/lifecycles/cooperation-framework/cases/new"
BEGIN = "Begin: Cooperation framework"


@pytest.fixture
def offering(world: World) -> World:
    """A house in which a framework can be begun."""
    for name in ("framework", "amendment"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    return world


def test_an_officer_begins_a_framework_where_frameworks_are(offering: World, enter: Enter) -> None:
    officer = enter("jane.okello")
    before = officer.page("/frameworks")
    sent = {"title": " Framework\t2026-2029 ", "party": offering.party("special-unit")}

    answer = officer.post(NEW, sent)
    form = words(officer.get(answer.location, follow_redirects=True))
    after = officer.page("/frameworks")
    queue = officer.page("/queue")

    assert BEGIN in before
    assert f'href="{NEW}"' in before
    assert answer.status_code == 303
    assert "Framework 2026-2029" in form
    assert "is begun." in form
    assert "Framework 2026-2029" in after
    assert "Formulation" in after
    assert "Framework 2026-2029" in queue
    assert offering.state("SSC-2026-001") == "formulation"


def test_its_pages_and_its_history_open_to_the_house_and_not_to_others(
    offering: World, enter: Enter
) -> None:
    officer, other = enter("jane.okello"), enter("joao.lima")
    officer.post(NEW, {"title": "Framework", "party": offering.party("special-unit")})

    page = officer.page("/programmes/SSC-2026-001")
    history = officer.page("/histories/SSC-2026-001")

    assert "formulate the framework" in page
    assert "began this framework for" in history
    assert other.get("/programmes/SSC-2026-001").status_code == 404
    assert other.get("/histories/SSC-2026-001").status_code == 404
    assert "SSC-2026-001" not in other.page("/frameworks")


def test_it_is_no_programme_in_lists_and_counts(offering: World, enter: Enter) -> None:
    officer = enter("jane.okello")
    officer.post(NEW, {"title": "Framework", "party": offering.party("special-unit")})

    officer.page("/queue")
    assert "SSC-2026-001" not in officer.page("/programmes")
    assert "SSC-2026-001" not in officer.page("/proposals")


def test_it_stands_on_the_officers_desk_with_whose_move_it_is(
    offering: World, enter: Enter
) -> None:
    officer = enter("jane.okello")
    before = officer.page("/desk")
    officer.post(NEW, {"title": "Framework", "party": offering.party("special-unit")})

    desk = officer.page("/desk")
    other_stage = officer.page("/desk?stage=evaluation")

    assert "Beside the programmes" not in before
    assert 'href="/programmes/SSC-2026-001">Framework<' in desk
    assert "to formulate the framework and have the countries consulted" in desk
    assert "SSC-2026-001" not in other_stage


def test_whoever_may_not_is_offered_nothing_and_refused(offering: World, enter: Enter) -> None:
    other = enter("joao.lima")

    assert BEGIN not in other.page("/frameworks")
    assert "Begin one" not in other.page("/lifecycles/cooperation-framework")
    assert other.get(NEW).status_code == 403
    assert "Begin one" in enter("elena.petrova").page("/lifecycles/cooperation-framework")


@pytest.mark.parametrize("key", ["weather", "amendment", "programme-standard"])
def test_on_what_is_not_for_it_nothing_is_begun(offering: World, enter: Enter, key: str) -> None:
    assert enter("jane.okello").get(f"/lifecycles/{key}/cases/new").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": ""}, "Give it a title to begin with."),
        ({"title": "x" * 201}, "At most 200 characters fit."),
        ({"title": "Framework", "party": "99"}, "Not a valid choice"),
        ({"title": "Framework", "party": ""}, "Choose for whom it is begun."),
    ],
)
def test_a_beginning_that_lacks_something_is_shown_again(
    offering: World, enter: Enter, sent: dict[str, str], sentence: str
) -> None:
    answer = enter("jane.okello").post(NEW, {"party": offering.party("special-unit"), **sent})

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_form_that_is_sent_twice_begins_one(offering: World, enter: Enter) -> None:
    officer = enter("jane.okello")
    sent = {
        **officer.hidden(NEW), "title": "Framework", "party": str(offering.party("special-unit")),
        "key": "once",
    }  # fmt: skip

    first, again = (officer.flask.post(NEW, data=sent) for _ in range(2))

    assert first.location == again.location
