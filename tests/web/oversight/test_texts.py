"""Any two versions of a text stand side by side, and what was first filed is one step away."""

import re

import pytest

from tests.support.visitors import Enter
from tests.support.world import PROPOSAL, World

SUBMITTER = "joao.lima"
SAID = (
    "District hospitals lack nurses.",
    "District hospitals lack trained nurses.",
    "All hospitals lack trained nurses and مدربين tutors.",
)


@pytest.fixture
def ref(world: World) -> str:
    """A proposal with a version for each saying, after the one it was begun with."""
    ref = world.programme("draft")
    for situation in SAID:
        world.file(ref, "proposal", SUBMITTER, {**PROPOSAL, "situation": situation})
    return ref


def marks(page: str) -> tuple[list[str], list[str]]:
    """What was added and what was removed, but for the legend."""
    body = page[page.index('class="reading"') : page.index("How to read it")]
    return re.findall(r"<ins>(.*?)</ins>", body), re.findall(r"<del>(.*?)</del>", body)


def test_two_versions_that_are_not_neighbours_are_compared_word_by_word(
    enter: Enter, ref: str
) -> None:
    page = enter(SUBMITTER).page(f"/histories/{ref}/texts/proposal?from=2&to=4")

    added, removed = marks(page)
    assert [each.strip() for each in removed] == ["District"]
    assert [each.strip() for each in added] == ["All", "trained", "and مدربين tutors"]
    assert "version 4 beside version 2" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_backwards_what_was_added_is_removed(enter: Enter, ref: str) -> None:
    page = enter(SUBMITTER).page(f"/histories/{ref}/texts/proposal?from=4&to=2")

    added, removed = marks(page)
    assert [each.strip() for each in added] == ["District"]
    assert "trained" in " ".join(removed)


def test_without_a_choice_the_newest_stands_beside_the_first(enter: Enter, ref: str) -> None:
    page = enter(SUBMITTER).page(f"/histories/{ref}/texts/proposal")

    assert '<option value="1" selected>Version 1 (as first filed)' in page
    assert '<option value="4" selected>' in page


def test_as_first_filed_is_one_step_away_and_unmarked(enter: Enter, ref: str) -> None:
    visitor = enter(SUBMITTER)
    document = visitor.page(f"/programmes/{ref}/documents/proposal")
    address = re.search(r'href="([^"]+)">As first filed', document)
    assert address

    page = visitor.page(address[1])

    assert PROPOSAL["situation"] in page
    assert "<ins>" not in page
    assert "as first filed" in page


def test_the_history_leads_from_a_filing_to_its_difference(enter: Enter, ref: str) -> None:
    page = enter(SUBMITTER).page(f"/histories/{ref}?show=texts")

    assert f'href="/histories/{ref}/texts/proposal?from=3&to=4">difference' in page
