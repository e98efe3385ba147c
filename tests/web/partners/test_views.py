"""Partners in the browser: how each stands, narrowed and taken away, and the sanctions lists."""

import csv
import io

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.partners.vetted import (
    LISTED,
    MERIDIAN,
    NORWAY,
    Vetted,
    enter_meridian,
    listed,
    vetted,
)

OFFICER, DONOR, READER = "jane.okello", "ingrid.solberg", "joao.lima"


@pytest.fixture
def two(world: World) -> tuple[Vetted, Vetted]:
    """Norway passed; a private partner is being examined."""
    listed(world)
    enter_meridian(world)
    return vetted(world), Vetted(world, MERIDIAN)


def test_a_partner_is_listed_with_its_vetting_and_one_being_examined_to_the_house_alone(
    two: tuple[Vetted, Vetted], enter: Enter
) -> None:
    passed, examined = two
    reader, officer = enter(READER).page("/partners"), enter(OFFICER).page("/partners")
    examined.decided()
    after = told(enter(READER).page("/partners"))

    assert "Norway" in reader
    assert passed.ref in reader
    assert "Meridian Trading" not in reader
    assert examined.ref not in reader
    assert "Meridian Trading" in officer
    assert "not vetted yet" in told(officer)
    assert "refused" in after
    assert "Meridian Trading" in after
    assert 'aria-current="page">Frameworks' in reader


def test_the_list_is_narrowed_and_taken_away(two: tuple[Vetted, Vetted], enter: Enter) -> None:
    two[1].decided()
    reader = enter(READER)
    private = told(reader.page("/partners?kind=private_sector"))
    refused = told(reader.page("/partners?standing=refused"))
    nobody = told(reader.page("/partners?text=xyz"))
    rows = list(
        csv.DictReader(io.StringIO(reader.get("/partners.csv").text.removeprefix("\ufeff")))
    )

    assert "Meridian Trading" in private
    assert "Norway" not in private
    assert "Meridian Trading" in refused
    assert "Nothing matches" in nobody
    assert [(row["partner"], row["standing"]) for row in rows] == [
        ("meridian", "refused"), ("nor", "vetted"),
    ]  # fmt: skip
    assert [(row["partner_in_words"], row["kind_in_words"]) for row in rows] == [
        ("Meridian Trading", "Private sector"), ("Norway", "Country"),
    ]  # fmt: skip


def test_an_officer_enters_a_list_and_a_wrong_one_is_kept_in_the_form(
    world: World, enter: Enter
) -> None:
    officer = enter(OFFICER)
    sent = {"title": "Consolidated list", "dated": "2026-02-01", "lines": LISTED}
    wrong = officer.post("/partners/sanctions", {**sent, "lines": "number,name,also\n,Nobody,\n"})
    early = officer.post("/partners/sanctions", {**sent, "dated": "2027-02-01"})
    entered = officer.post("/partners/sanctions", sent)

    assert wrong.status_code == 422
    assert "line 2: A number and a name are needed." in told(wrong.text)
    assert ",Nobody," in wrong.text
    assert early.status_code == 422
    assert "A list is of today at the latest." in told(early.text)
    assert entered.status_code == 303
    assert "Consolidated list" in officer.page("/partners/sanctions")


def test_only_officers_open_the_lists(world: World, enter: Enter) -> None:
    assert enter(DONOR).get("/partners/sanctions").status_code == 403


def test_the_form_offers_the_matches_of_the_names_that_are_saved(
    two: tuple[Vetted, Vetted], enter: Enter
) -> None:
    ref = two[1].ref
    page = enter(OFFICER).page(f"/programmes/{ref}/documents/examination/edit/sanctions")

    assert "C-1 Northern Meridian Trading Ltd" in page
    assert "C-2 Viktor Harlan" in page


def test_nobody_outside_of_the_house_reads_an_examination_that_was_decided(
    two: tuple[Vetted, Vetted], enter: Enter
) -> None:
    page = enter(DONOR).get(f"/programmes/{two[0].ref}/documents/examination")

    assert NORWAY["money_from"] not in page.text
