"""The blockers in the browser: the list, narrowed and taken away, on the first page and on that of a programme."""

import csv
import io
import re

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.blockers.house import COAST, SAHEL, two_programmes
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_blocker import MANAGER, MOZ, TOLD

READER, OFFICER = "marie.laurent", "jane.okello"


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return two_programmes(world)


def rows(page: str) -> list[str]:
    """What each line of the list says first."""
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def test_the_list_says_how_old_each_is_whose_and_where_it_goes_up(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    page = enter(READER).page("/blockers")

    said = told(page)
    assert rows(page) == ["Customs hold reagents", "No money", "No trainer", "An election"]
    assert re.search(r"goes up [\w ]+ to the Director", said)
    assert "With its owner, since" in said
    assert SAHEL in said
    assert COAST in said


def test_it_is_narrowed_by_the_address_and_by_the_form(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    reader = enter(READER)

    assert rows(reader.page("/blockers?category=money")) == ["No money"]
    assert rows(reader.page("/blockers?owner=undp")) == ["No trainer"]
    assert rows(reader.page(f"/blockers?programme={both[0].ref}")) == [
        "Customs hold reagents", "No trainer",
    ]  # fmt: skip
    assert "Nothing matches" in told(reader.page("/blockers?category=nonsense"))
    assert '<option value="customs" selected>' in reader.page("/blockers?category=customs")


@pytest.mark.parametrize("place", ["yesterday", "9" * 40 + "_2026-01-01", "1_20260101T00"])
def test_nonsense_for_a_place_begins_anew(
    both: tuple[Carried, Carried], enter: Enter, place: str
) -> None:
    assert rows(enter(READER).page(f"/blockers?after={place}"))[0] == "Customs hold reagents"
    assert enter(READER).get(f"/blockers.csv?after={place}").status_code == 200


def test_what_went_up_says_with_whom_it_is(both: tuple[Carried, Carried], enter: Enter) -> None:
    both[0].wait(days=31)

    said = told(enter(READER).page("/blockers"))

    assert "With the Director since" in said


def test_what_ended_stands_behind_its_own_link(both: tuple[Carried, Carried], enter: Enter) -> None:
    both[0].world.answer(f"{both[0].ref}.1", "moving", MOZ, "moved", "The waiver came.")
    reader = enter(READER)

    assert rows(reader.page("/blockers?ended=1")) == ["Customs hold reagents"]
    assert "Customs hold reagents" not in rows(reader.page("/blockers"))


def test_it_is_taken_away_as_a_table(both: tuple[Carried, Carried], enter: Enter) -> None:
    answer = enter(READER).get("/blockers.csv?category=customs")

    (line,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff")))
    assert (line["ref"], line["blocked"]) == (f"{both[0].ref}.1", "Customs hold reagents")
    assert (line["owner"], line["risk"], line["goes_up_to"]) == ("Mozambique", "no", "the Director")


@pytest.mark.parametrize(
    ("who", "blocked"),
    [
        (OFFICER, ["Customs hold reagents", "No money", "No trainer", "An election"]),
        ("kenji.watanabe", ["Customs hold reagents", "No money", "No trainer", "An election"]),
        ("tavita.leota", []),
    ],
)
def test_the_first_page_shows_the_oldest_to_whoever_has_a_part(
    both: tuple[Carried, Carried], enter: Enter, who: str, blocked: list[str]
) -> None:
    page = enter(who).page("/")

    assert re.findall(r"</strong> · ([^<]+)</a>", page) == blocked
    assert ("All blockers by age" in page) == bool(blocked)


def test_the_page_of_a_programme_shows_its_own(both: tuple[Carried, Carried], enter: Enter) -> None:
    page = enter(READER).page(f"/programmes/{both[1].ref}")

    assert re.findall(r"</strong> · ([^<]+)</a>", page) == ["No money", "An election"]
    assert f'href="/blockers?programme={both[1].ref}"' in page


def test_what_is_for_those_who_take_part_is_read_by_nobody_else(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    address = f"/programmes/{both[0].ref}.1/documents/blocker"

    assert TOLD["background"] in enter(MANAGER).page(address)
    outside = enter("tavita.leota").page(address)
    assert TOLD["background"] not in outside
    assert TOLD["moves"] in outside
    for each in ("/blockers", "/blockers.csv"):
        assert TOLD["background"] not in enter("tavita.leota").page(each)


def test_nothing_blocks_where_nothing_was_raised(world: World, enter: Enter) -> None:
    assert "Nothing blocks" in told(enter(READER).page("/blockers"))


def test_money_and_results_are_led_to_where_they_are_and_not_from_a_blocker(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    reader, ref = enter(MANAGER), both[0].ref
    programme, blocker = (reader.page(f"/programmes/{each}") for each in (ref, f"{ref}.1"))

    for noun in ("results", "money"):
        assert f'href="/programmes/{ref}/{noun}"' in programme
        assert f"/programmes/{ref}.1/{noun}" not in blocker


def test_who_raises_one_is_not_told_of_a_text_that_nobody_signs(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    reader, ref = enter(MANAGER), both[0].ref

    raising = told(reader.page(f"/programmes/{ref}/initiatives/raising_a_blocker"))
    amending = told(reader.page(f"/programmes/{ref}/initiatives/amending"))

    assert "Text under decision" not in raising
    assert "Nothing has been filed yet" not in raising
    assert "Proposal" in amending


def test_the_receipt_of_raising_one_leads_to_it(
    both: tuple[Carried, Carried], enter: Enter
) -> None:
    world, ref = both[0].world, both[0].ref
    first = world.answer(ref, "raising_a_blocker", MANAGER, "raise", "No boat.")
    second = world.answer(ref, "raising_a_blocker", MANAGER, "raise", "No fuel.")

    for done, number in ((first, 3), (second, 4)):
        page = enter(MANAGER).page(f"/programmes/{ref}/receipts/{done.seq}")

        assert re.findall(rf'href="/programmes/({re.escape(ref)}\.\d+)"', page) == [
            f"{ref}.{number}"
        ]
