"""The lessons in the browser: found, read, taken away, and led to under “Knowledge”."""

import csv
import io
import re

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lessons.house import (
    CERTIFY,
    COAST,
    FRENCH,
    RAINS,
    SALT,
    TUTORS,
    learnt,
    with_lessons,
)
from tests.workflow.lifecycles.lessons.test_lesson import MANAGER
from tests.workflow.lifecycles.shipped.carrying import Carried

READER = "marie.laurent"


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


def rows(page: str) -> list[str]:
    """What each line of the list says first."""
    return re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', page)


def test_the_list_says_where_it_was_tried_and_in_which_language(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    page = enter(READER).page("/lessons")

    said = told(page)
    assert rows(page) == [SALT, RAINS, TUTORS, CERTIFY]
    assert "Angola, Mozambique" in said
    assert "French" in said
    assert COAST in said
    assert "Nobody has looked at this one" not in said
    assert f'lang="fr">{RAINS}' in page


def test_it_is_narrowed_and_searched_by_the_address_and_by_the_form(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    reader = enter(READER)

    assert rows(reader.page("/lessons?area=health")) == [SALT, RAINS]
    assert rows(reader.page("/lessons?text=recolte")) == [RAINS]
    assert rows(reader.page("/lessons?year=2027&country=MOZ")) == [SALT]
    assert "Nothing matches" in told(reader.page("/lessons?area=nonsense"))
    assert '<option value="fr" selected>French</option>' in reader.page("/lessons?language=fr")


def test_each_has_a_page_with_all_that_it_says(both: tuple[Carried, Carried], enter: Enter) -> None:
    page = enter(READER).page(f"/lessons/{both[1].ref}.1")

    said = told(page)
    assert FRENCH["context"] in said
    assert "For whom it may hold" in said
    assert f'href="/programmes/{both[1].ref}"' in page


def test_one_that_nobody_validated_and_one_that_does_not_exist_are_the_same(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    reader = enter(READER)

    assert reader.get(f"/lessons/{both[0].ref}.3").status_code == 404
    assert reader.get("/lessons/SSC-2026-999").status_code == 404
    assert reader.get(f"/lessons/{both[0].ref}").status_code == 404


def test_they_are_taken_away_as_a_table(both: tuple[Carried, Carried], enter: Enter) -> None:
    answer = enter(READER).get("/lessons.csv?language=fr")

    (line,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")))
    assert (line["ref"], line["lesson"]) == (f"{both[1].ref}.1", RAINS)
    assert (line["language"], line["countries"], line["title"]) == ("French", "AGO; MOZ", COAST)


def test_the_bar_leads_to_them(world: World, enter: Enter) -> None:
    page = enter(READER).page("/lessons")

    assert '<a href="/lessons" aria-current="page">Knowledge</a>' in page
    assert "No lesson was validated yet" in told(page)


def test_whoever_takes_part_is_led_to_tell_one(both: tuple[Carried, Carried], enter: Enter) -> None:
    page = enter(MANAGER).page(f"/programmes/{both[0].ref}")

    assert f"/programmes/{both[0].ref}/initiatives/telling_a_lesson" in page


def test_a_lesson_is_told_and_validated_by_forms_alone(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    ref = learnt(both[0], MANAGER, 4, heading="Ask the yard first")

    page = enter("jane.okello").page(f"/programmes/{ref}/rounds/validating/1")

    assert "Ask the yard first" in told(page)
    assert "Send it back" in told(page)
