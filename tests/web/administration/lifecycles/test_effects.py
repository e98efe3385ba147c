"""What a draft, or a version that waits for a second administrator, would change is read before it is offered."""

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.administration.lifecycles.test_drafts import ELENA, HERE, KEY, NEXT, begun, wish
from tests.web.lifecycles.test_views import told
from tests.workflow.engine.migration.test_migrate import follows

SLOWER = NEXT.replace('label = "Screening", stage', 'label = "First look", stage', 1)


def test_a_draft_says_what_it_would_change_and_how_open_programmes_would_stand(
    world: World, enter: Enter
) -> None:
    ref, private = world.programme("screening"), world.programme("draft")
    draft = begun(enter, SLOWER)
    visitor = enter(ELENA)
    before = follows(world, ref)

    page = told(visitor.get(f"{draft}/effects"))
    tried = told(visitor.post(f"{draft}/effects", {}, page=f"{draft}/effects"))

    assert f"{draft}/effects" in visitor.page(draft)
    assert "The state “Screening” is now called “First look”." in page
    assert "What the people of today can reach" in page
    assert "can be moved" not in page
    assert f"{ref} ·" in tried
    assert "can be moved" in tried
    assert private not in tried
    assert follows(world, ref) == before


def test_whoever_confirms_reads_the_same(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    draft = begun(enter, SLOWER)
    asked = str(enter(ELENA).post(f"{draft}/publication", wish(), page=draft).location)
    second = enter("pieter.vos")

    page = told(second.get(f"{asked}/effects"))
    tried = told(second.post(f"{asked}/effects", {}, page=f"{asked}/effects"))

    assert f"{asked}/effects" in second.page(asked)
    assert "is now called “First look”" in page
    assert f"{ref} ·" in tried


def test_what_was_never_published_differs_from_nothing(enter: Enter) -> None:
    draft = begun(enter, NEXT.replace(f'key = "{KEY}"', 'key = "programme-quick"', 1))

    page = told(enter(ELENA).get(f"{draft}/effects"))

    assert "Nothing of this lifecycle is published yet" in page


def test_a_draft_with_faults_says_so(enter: Enter) -> None:
    draft = begun(enter, "nonsense")

    answer = enter(ELENA).get(f"{draft}/effects")
    tried = enter(ELENA).post(f"{draft}/effects", {}, page=draft)

    assert answer.status_code == 200
    assert "It has faults" in told(answer)
    assert tried.status_code == 422


def test_others_are_turned_away(enter: Enter) -> None:
    draft = begun(enter)

    for answer in (
        enter("li.wei").get(f"{draft}/effects"),
        enter("li.wei").get(f"{HERE}/acts/1/effects"),
    ):
        assert answer.status_code == 403
