import csv
import io
import re
from dataclasses import replace

import pytest

from tests.support.visitors import Enter
from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.programmes.lists.portfolios import group
from web.tables.comma_separated import safe


def titled(world: World, title: str, state: str = "screening") -> str:
    texts = {**NURSES.texts, "proposal": {**PROPOSAL, "title": title}}
    return world.programme(state, replace(NURSES, texts=texts))


def table(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.removeprefix("\ufeff"))))


def test_the_list_says_where_each_programme_stands_and_whose_move_it_is(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")

    page = enter("jane.okello").page("/programmes")

    assert "1 programme · 1 live" in page
    assert f'<a href="/programmes/{ref}">' in page
    assert "Brazil, India, Malaysia and Thailand" in page or "Brazil, India and 2 others" in page
    assert "Angola and Mozambique" in page


def test_the_list_needs_somebody_signed_in(world: World, enter: Enter) -> None:
    visitor = enter("jane.okello")
    visitor.post("/account/logout", page="/programmes")

    answer = visitor.get("/programmes")

    assert answer.status_code == 303
    assert "/account/login" in answer.headers["Location"]


def test_filters_stand_in_the_address_and_in_the_form(world: World, enter: Enter) -> None:
    titled(world, "Solar pumps")
    titled(world, "Rice seed")

    page = enter("jane.okello").page("/programmes?text=r%C3%ADce&stage=proposal&sort=title")

    assert "Rice seed" in page
    assert "Solar pumps" not in page
    assert 'value="ríce"' in page
    assert '<input type="hidden" name="stage" value="proposal">' in page
    assert 'href="/programmes.csv?text=r%C3%ADce&stage=proposal&sort=title"' in page


def test_subregion_and_grouping_stand_in_the_address_of_the_page_and_of_the_file(
    world: World, enter: Enter
) -> None:
    titled(world, "Solar pumps")
    group(world)
    visitor = enter("jane.okello")

    page = visitor.page("/programmes?subregion=Middle+Africa&grouping=sadc")
    nowhere = visitor.page("/programmes?grouping=asean")
    file = visitor.get("/programmes.csv?grouping=sadc").get_data(as_text=True)
    empty = visitor.get("/programmes.csv?grouping=asean").get_data(as_text=True)

    assert 'href="/programmes.csv?subregion=Middle+Africa&grouping=sadc"' in page
    assert '<option value="sadc" selected>' in page
    assert ("Solar pumps" in page, "Solar pumps" in nowhere) == (True, False)
    assert [row["title"] for row in table(file)] == ["Solar pumps"]
    assert table(empty) == []


def test_a_programme_of_several_regions_says_so_on_its_page_in_the_list_and_in_the_file(
    world: World, enter: Enter
) -> None:
    led = world.programme("formulation")
    alone = titled(world, "Solar pumps")
    visitor = enter("jane.okello")

    listed = visitor.page("/programmes")
    rows = {row["ref"]: row for row in table(visitor.get("/programmes.csv").get_data(as_text=True))}

    assert listed.count("Interregional: Africa") == 1
    assert rows[led]["interregional"] == "yes"
    assert rows[led]["regions"].startswith("Africa; Asia and the Pacific")
    assert (rows[alone]["interregional"], rows[alone]["regions"]) == ("no", "Africa")
    assert "Africa (Angola and Mozambique); Asia and the Pacific (" in visitor.page(
        f"/programmes/{led}"
    )
    assert "Interregional" not in visitor.page(f"/programmes/{alone}")


def test_chips_keep_the_other_filters_and_say_how_many_there_are(
    world: World, enter: Enter
) -> None:
    titled(world, "Rice seed")

    page = enter("jane.okello").page("/programmes?text=rice&stage=approval")

    assert re.search(r'href="/programmes\?text=rice&stage=proposal">Proposal 1</a>', page)
    assert re.search(r'aria-current="true">Approval 0</a>', page)
    assert "Nothing matches" in page


def test_an_empty_house_says_what_will_appear(world: World, enter: Enter) -> None:
    assert "No programmes yet" in enter("jane.okello").page("/programmes")


def test_nonsense_in_the_address_makes_no_fault(enter: Enter) -> None:
    jane = enter("jane.okello")

    for query in (
        "page=0", "page=-1", "page=99999999999999999999", "page=x", "page=٣", "stage=nothing",
        "sort=%27", "country=%F0%9F%98%80", "framework=" + "x" * 3000,
    ):  # fmt: skip
        assert jane.get(f"/programmes?{query}").status_code == 200, query


def test_what_somebody_typed_is_never_taken_for_markup(world: World, enter: Enter) -> None:
    titled(world, "<script>alert(1)</script> %(who)s {{ 7 * 7 }}")

    answer = enter("jane.okello").get("/programmes?text=%3Cscript%3E").get_data(as_text=True)

    assert "<script>alert" not in answer
    assert "&lt;script&gt;alert(1)&lt;/script&gt; %(who)s {{ 7 * 7 }}" in answer


def test_the_file_holds_the_selection_and_starts_with_the_mark(world: World, enter: Enter) -> None:
    ref = titled(world, "Rice seed")
    titled(world, "Solar pumps")

    answer = enter("jane.okello").get("/programmes.csv?text=rice")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=programmes.csv"
    (row,) = table(answer.get_data(as_text=True))
    assert (row["ref"], row["stage"], row["budget_usd"]) == (ref, "Proposal", "385000.00")
    assert row["whose_move"] == "Programme officer, Special Unit for South-South Cooperation"


def test_a_cell_is_never_a_formula(world: World, enter: Enter) -> None:
    titles = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', " =1+1", "\t=1")
    for title in titles:
        titled(world, title, "draft")

    rows = table(enter("marie.laurent").get("/programmes.csv?sort=ref").get_data(as_text=True))

    assert [row["title"] for row in rows] == [f"'{title.strip()}" for title in titles]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=x", "  =x"])
def test_every_sign_that_begins_a_formula_is_marked_as_text(cell: str) -> None:
    assert safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["rice", "1 - 2", "a=b", "", None, 5])
def test_other_cells_stay_as_they_are(cell: object) -> None:
    assert safe(cell) == ("" if cell is None else str(cell))


def test_with_a_stage_chosen_the_line_above_the_list_counts_that_stage(
    world: World, enter: Enter
) -> None:
    world.programme("screening")
    world.programme("consultation")

    every = enter("jane.okello").page("/programmes")
    one = enter("jane.okello").page("/programmes?stage=consultation")

    assert "2 programmes · 2 live" in every
    assert "1 programme in this stage · 2 in all" in one
