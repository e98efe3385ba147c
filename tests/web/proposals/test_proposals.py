import pytest

from tests.support.visitors import Enter, words
from tests.support.world import World


def test_a_submitter_sees_what_is_being_written_and_what_is_on_its_way(
    world: World, enter: Enter
) -> None:
    draft, sent = world.programme("draft"), world.programme("screening")

    page = enter("joao.lima").page("/proposals")

    assert f"/programmes/{draft}/documents/proposal/edit" in page
    assert f'href="/programmes/{sent}"' in page
    assert "Start a proposal" in page


def test_another_party_sees_nothing_of_it(world: World, enter: Enter) -> None:
    draft = world.programme("draft")

    assert draft not in enter("leilani.tau").page("/proposals")


def test_who_submits_for_nobody_is_told_so(enter: Enter) -> None:
    page = enter("jane.okello").page("/proposals")

    assert "You submit for nobody today" in page
    assert "Start a proposal" not in page


def test_a_title_begins_a_proposal(world: World, enter: Enter) -> None:
    submitter = enter("joao.lima")

    answer = submitter.post(
        "/proposals/new", {"title": " Nurses\tat a distance\ufeff ", "party": world.party("moz")}
    )
    form = submitter.get(answer.location, follow_redirects=True)

    assert answer.status_code == 303
    assert world.state("SSC-2026-001") == "draft"
    assert "Nurses at a distance" in words(form)
    assert "Only your party sees it until you submit." in words(form)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"title": "", "party": "moz"}, "Give it a title to begin with."),
        ({"title": "\u200b \t", "party": "moz"}, "Give it a title to begin with."),
        ({"title": "x" * 201, "party": "moz"}, "At most 200 characters fit."),
        ({"title": "Nurses", "party": "wsm"}, "Not a valid choice"),
        ({"title": "Nurses", "party": "x"}, "Not a valid choice"),
        ({"title": "Nurses"}, "Choose for whom it is proposed."),
        ({"title": "Nurses", "party": ""}, "Choose for whom it is proposed."),
    ],
)
def test_a_beginning_that_lacks_something_is_shown_again(
    world: World, enter: Enter, sent: dict[str, str], sentence: str
) -> None:
    party = sent.get("party", "")
    named = {**sent, "party": world.party(party)} if party in {"moz", "wsm"} else sent

    answer = enter("joao.lima").post("/proposals/new", named)

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_only_submitters_begin_proposals(world: World, enter: Enter) -> None:
    officer = enter("jane.okello")

    sent = officer.post("/proposals/new", {"title": "x", "party": world.party("moz")}, page="/")

    assert officer.get("/proposals/new").status_code == 403
    assert sent.status_code == 403
