"""The forecast of a lifecycle is there for everybody signed in, and that of a programme for who may read it."""

import re

import pytest
from sqlalchemy import text

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.engine.lifecycles import put
from tests.workflow.engine.migration.second_version import version
from workflow.engine.commands.open_case import publish
from workflow.forecast.renewal import Runs, renew

FEW = Runs(lifecycle=30, case=30)
ADDRESS = "/lifecycles/programme-standard/forecast"


def test_a_lifecycle_says_how_long_it_takes_on_whom_it_waits_and_what_is_assumed(
    world: World, enter: Enter
) -> None:
    world.programme("screening")

    page = enter("li.wei").get(ADDRESS)

    said = told(page)
    assert page.status_code == 200
    assert "Half of all cases are decided on within" in said
    assert "played 100 times on its own rules" in said
    assert "Programme officer Screening 7.5 working days assumed: half of the time allowed" in said
    assert page.text.count('<rect class="distribution__bar"') > 5
    assert "style=" not in page.text


def test_a_what_if_stands_beside_the_usual_and_says_the_same_each_time(
    world: World, enter: Enter
) -> None:
    world.programme("screening")
    visitor = enter("li.wei")

    later = visitor.get(f"{ADDRESS}?later=unit_officer&days=60")
    again = visitor.get(f"{ADDRESS}?later=unit_officer&days=60")

    assert "Without the change: half within" in told(later)
    assert told(later) == told(again)
    assert 'value="unit_officer" selected' in later.text
    assert 'value="60"' in later.text


def test_any_version_can_be_played_that_is_published(world: World, enter: Enter) -> None:
    (older,) = [each for _, each in world.engine.offered() if each.key == "programme-standard"]
    slower = version(put("rounds/screening/within/amount", 900))
    publish(world.engine, slower)
    visitor = enter("li.wei")

    now, before = visitor.get(ADDRESS), visitor.get(f"{ADDRESS}?version={older.mark}")

    assert f"Version {slower.version}, played" in told(now)
    assert f"Version {older.version}, played" in told(before)
    assert f'value="{older.mark}" selected' in before.text
    assert "Half of all cases are decided on within" in told(before)
    assert visitor.get(f"{ADDRESS}?version=nowhere").status_code == 404


def test_a_what_if_that_says_nothing_is_told_and_kept(world: World, enter: Enter) -> None:
    world.programme("screening")

    wrong = enter("li.wei").get(f"{ADDRESS}?later=unit_officer&days=soon")

    assert wrong.status_code == 422
    assert "“soon” is no number of days: write 1d, 2d or 0.5d." in told(wrong)
    assert 'value="soon"' in wrong.text


def test_there_is_no_forecast_of_what_is_not_published(world: World, enter: Enter) -> None:
    world.programme("screening")

    assert enter("li.wei").get("/lifecycles/nothing/forecast").status_code == 404


def test_a_programme_says_when_it_is_probably_decided_and_on_whom_it_waits(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    visitor = enter("jane.okello")
    before = told(visitor.get(f"/programmes/{ref}"))

    renew(world.engine, runs=FEW)

    after = told(visitor.get(f"/programmes/{ref}"))
    assert "Decision probably between" not in before
    assert "Decision probably between" in after
    assert re.search(
        r"It waits for .*: half of those asked this take up to 7\.\d working days", after
    )
    assert "That is assumed, as too few have answered it yet." in after


def test_what_runs_says_when_it_probably_ends(world: World, enter: Enter) -> None:
    ref = world.programme("active")

    renew(world.engine, runs=FEW)

    assert "End probably between" in told(enter("jane.okello").get(f"/programmes/{ref}"))


@pytest.mark.parametrize("said", ["[]", '{"comes": ["x"], "next": 7}'])
def test_what_was_kept_and_cannot_be_read_is_as_if_it_had_never_been_computed(
    world: World, enter: Enter, said: str
) -> None:
    ref = world.programme("screening")
    renew(world.engine, runs=FEW)
    with world.engine.database.begin() as connection:
        for column in (
            "case_forecast set said",
            "lifecycle_forecast set said",
            "lifecycle_forecast set assumed",
        ):
            connection.execute(text(f"update {column} = :said"), {"said": said})
    visitor = enter("jane.okello")

    pages = [visitor.get(f"/programmes/{ref}"), visitor.get(ADDRESS)]
    renew(world.engine, runs=FEW)

    assert [page.status_code for page in pages] == [200, 200]
    assert "Decision probably between" not in told(pages[0])
    with world.engine.reading() as session:
        assert session.scalars(text("select assumed from lifecycle_forecast")).first() != said
