"""The register of a lifecycle in the browser: a version offered again, a lifecycle retired."""

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.lifecycles.test_views import told
from tests.workflow.publication.register import done, page, publishing

ELENA, PIETER = "naledi.khumalo", "pieter.vos"
KEY = "programme-standard"
HERE = f"/office/lifecycles/of/{KEY}"


def waiting(world: World) -> str:
    (line,) = page(world).waiting
    return f"/office/lifecycles/acts/{line.number}"


def test_an_older_version_is_offered_again_by_two(world: World, enter: Enter) -> None:
    done(world, publishing())
    oldest = page(world).versions[-1].digest
    given = {"offer-version": oldest, "offer-why": "Back.", "offer-seen": str(page(world).seen)}

    asked = enter(ELENA).post(f"{HERE}/offer", given, page=HERE)
    where = waiting(world)
    enter(PIETER).post(f"{where}/confirmation", {}, page=where)

    assert asked.status_code == 303
    assert world.engine.offered()[0][1].version == "5"
    assert "Version 5 was offered again by Pieter Vos" in told(enter(ELENA).get(HERE))


def test_a_page_that_is_overtaken_is_told_so(world: World, enter: Enter) -> None:
    oldest = page(world).versions[-1].digest
    given = {"offer-version": oldest, "offer-why": "Back.", "offer-seen": "0"}
    done(world, publishing())

    answer = enter(ELENA).post(f"{HERE}/offer", given, page=HERE)

    assert answer.status_code == 409
    assert "changed meanwhile" in told(answer)


def test_a_lifecycle_is_retired_and_nothing_begins_on_it(world: World, enter: Enter) -> None:
    given = {"retirement-why": "Done.", "retirement-seen": "0"}

    bare = enter(ELENA).post(f"{HERE}/retirement", given | {"retirement-why": ""}, page=HERE)
    enter(ELENA).post(f"{HERE}/retirement", given, page=HERE)
    where = waiting(world)
    enter(PIETER).post(f"{where}/confirmation", {}, page=where)
    beginning = enter("joao.lima").get("/proposals/new", follow_redirects=True)

    assert bare.status_code == 422
    assert world.engine.offered() == ()
    assert "No lifecycle is offered." in told(beginning)
    assert "Retired: nothing is begun on it any more" in told(enter(ELENA).get(HERE))
    kept = enter(ELENA).page("/office/lifecycles")
    assert f'href="{HERE}"' in kept
    assert f'value="{KEY}@{page(world).versions[0].mark}"' in kept
    for address in ("/", "/programmes", "/lifecycles", "/office/setup", f"/lifecycles/{KEY}"):
        assert enter(ELENA).get(address).status_code in {200, 302, 403}, address


def test_whoever_retires_the_version_offered_reads_which_one_comes_in_its_place(
    world: World, enter: Enter
) -> None:
    done(world, publishing())
    newest = page(world).versions[0].digest
    given = {
        "retirement-version": newest, "retirement-why": "Faulty.",
        "retirement-seen": str(page(world).seen),
    }  # fmt: skip
    then = "Version 5 is offered then in its place"

    before = told(enter(ELENA).get(HERE))
    asked = enter(ELENA).post(f"{HERE}/retirement", given, page=HERE, follow=True)
    read = told(enter(PIETER).get(waiting(world)))

    assert f"Version 6 retired alone: {then}" in before
    assert then in told(asked)
    assert then in read


def test_where_drafts_stand_the_second_is_told_which(world: World, enter: Enter) -> None:
    draft = world.programme("draft")
    given = {
        "retirement-why": "Done.", "retirement-seen": "0", "retirement-unless_drafts": "y",
    }  # fmt: skip

    refused = enter(ELENA).post(f"{HERE}/retirement", given, page=HERE)

    assert refused.status_code == 422
    assert draft in told(refused)


def test_a_version_is_exported_as_a_file(world: World, enter: Enter) -> None:
    mark = page(world).versions[0].mark

    file = enter(ELENA).get(f"{HERE}/versions/{mark}/file")

    assert 'key = "programme-standard"' in file.text


def test_others_are_turned_away(enter: Enter) -> None:
    for address in ("/office/lifecycles", HERE):
        assert enter("li.wei").get(address).status_code == 403
    assert "Keep this lifecycle" not in enter("li.wei").page(f"/lifecycles/{KEY}")
    assert "Keep this lifecycle" in enter(ELENA).page(f"/lifecycles/{KEY}")
