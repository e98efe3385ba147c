"""Nobody writes over a newer version that they have not seen."""

from tests.support.visitors import Visitor, words
from tests.support.world import PROPOSAL, World
from tests.web.documents.test_edit import form, stored


def test_a_newer_version_is_not_written_over_unseen(
    world: World, draft: str, submitter: Visitor
) -> None:
    page = submitter.hidden(form(draft, "objectives"))
    theirs = {**PROPOSAL, "objective": "By 2029, 300 nurses hold a certificate."}
    world.file(draft, "proposal", "joao.lima", theirs)

    answer = submitter.post(
        form(draft, "objectives"),
        {"field-objective": "My own words.", "seen_version": page["seen_version"]},
    )

    told = words(answer)
    assert answer.status_code == 409
    assert "My own words." in told
    assert "Objective, in the newer version:" in told
    assert "By 2029, 300 nurses hold a certificate." in told
    assert 'name="seen_version" value="2"' in told
    assert stored(world, draft)["objective"] == theirs["objective"]


def test_after_reading_the_newer_version_ones_own_words_can_be_saved(
    world: World, draft: str, submitter: Visitor
) -> None:
    world.file(draft, "proposal", "joao.lima", {**PROPOSAL, "knowhow": "Elsewhere."})

    submitter.post(form(draft, "objectives"), {"field-objective": "Mine.", "seen_version": "2"})

    kept = stored(world, draft)
    assert (kept["objective"], kept["knowhow"]) == ("Mine.", "Elsewhere.")
