"""The page of a discussion, as each audience sees it and without a script."""

import re

from tests.support.visitors import Enter, words
from tests.support.world import World

JOAO, PRIYA, JANE, STRANGER = "joao.lima", "priya.menon", "jane.okello", "leilani.tau"


def test_something_is_said_answered_and_taken_back(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    here = f"/programmes/{ref}/discussion"
    joao, priya = enter(JOAO), enter(PRIYA)
    key = re.search(r'name="key"[^>]* value="([0-9a-f]+)"', joao.page(here))
    assert key is not None

    sent = {"text": "Is the need clear?", "about": "", "key": key[1]}
    first = joao.post(here, sent, page=here)
    twice = joao.post(here, sent, page=here)
    number = first.location.rpartition("-")[2]
    priya.post(
        f"{here}?answers={number}",
        {"text": "It is.", "answers": number, "key": "0" * 32, "names": [str(world.person(JANE))]},
        page=here,
    )
    answered = joao.page(here)
    back = joao.post(f"{here}/{number}/retraction", {}, page=here)

    assert (first.status_code, first.location) == (303, twice.location)
    assert answered.count("Is the need clear?") == 1
    assert "It is." in answered
    assert "Names Jane Okello." in answered
    assert back.status_code == 303
    page = priya.page(here)
    assert "Is the need clear?" not in page
    assert "Taken back on" in page
    assert f'href="{here}"' in enter(JANE).page("/notices")
    assert "Talk in the discussion, and no sign-off." in priya.page(f"/histories/{ref}")


def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    here = f"/programmes/{ref}/discussion"
    visitor = enter(JOAO)

    empty = visitor.post(here, {"text": " ", "key": "0" * 32}, page=here)
    astray = visitor.post(here, {"text": "A word.", "about": "x:y", "key": "0" * 32}, page=here)

    assert [empty.status_code, astray.status_code] == [422, 422]
    assert 'id="text-error"' in empty.text
    assert 'id="about-error"' in astray.text
    assert "A word." in words(astray)


def test_who_takes_no_part_is_refused_and_who_does_finds_it_from_the_programme(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    here = f"/programmes/{ref}/discussion"

    assert enter(STRANGER).get(here).status_code == 403
    assert enter(JOAO).get("/programmes/SSC-0000-000/discussion").status_code == 404
    assert f'href="{here}"' in enter(JOAO).page(f"/programmes/{ref}")
    assert f'href="{here}"' not in enter(STRANGER).page(f"/programmes/{ref}")
