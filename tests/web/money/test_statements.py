"""Statements on pages, as tables and as workbooks: the numbers are the same in each."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.support.visitors import Enter, entrance, made, told
from tests.support.world import World
from tests.web.money.test_views import numbers
from tests.web.orders.test_views import ordered, taken
from tests.workflow.ledger.bookkeeping import MANAGER, counts
from tests.workflow.ledger.many import keep, random_movements
from web.orders import offers
from workflow.ledger.accounts import MoneyAct

ADDRESSES = ("/money", "/frameworks/F7/money", "/parties/nor/money")


def sheets(answer: bytes) -> list[list[list[Decimal]]]:
    """The numbers of each row of each sheet of a workbook."""
    book = zipfile.ZipFile(io.BytesIO(answer))
    names = sorted(each for each in book.namelist() if each.startswith("xl/worksheets/sheet"))
    return [numbers(book.read(name))[1:] for name in names]


def test_workbook_and_table_say_what_the_pages_say_of_random_movements(
    world: World, enter: Enter
) -> None:
    chance = Random(7)
    refs = world.programmes("active", "active")
    for ref in refs:
        keep(world, ref, random_movements(chance, 150, world.clock.at.date()))
    visitor = enter("li.wei")

    for address in (*ADDRESSES, *(f"/programmes/{ref}/money" for ref in refs)):
        page = told(visitor.get(address))
        in_dollars, *_ = sheets(visitor.get(f"{address}.xlsx").get_data())
        for line in in_dollars:
            for number in (line[1], line[2], line[3], line[7], line[9]):
                assert (f"{number:,.2f}" if number else "–") in page
    table = visitor.get("/money.csv").get_data(as_text=True).removeprefix("\ufeff")
    total = sheets(visitor.get("/money.xlsx").get_data())[0][-1]
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {row["programme"] for row in rows} == set(refs)
    for place, name in ((1, "pledge"), (3, "receipt"), (7, "expenditure"), (9, "balance")):
        assert sum(Decimal(row[name].strip("'")) for row in rows) == total[place]


def test_a_party_reads_what_it_gave_and_an_agency_what_it_holds(world: World, enter: Enter) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "1000", source="nor")
    counts(world, ref, MoneyAct.RECEIPT, "400", source="nor")
    counts(world, ref, MoneyAct.DISBURSEMENT, "300", source="nor", holder="undp")
    counts(world, ref, MoneyAct.EXPENDITURE, "120", source="nor", holder="undp", who=MANAGER)
    visitor = enter("li.wei")

    donor, agency = (told(visitor.get(f"/parties/{key}/money")) for key in ("nor", "undp"))

    assert "Norway – 1,000.00 400.00 – – 120.00 280.00 600.00" in donor
    assert "Programmes that are not open to you yet are not in it." in donor
    assert f"{ref} Norway USD 300.00 120.00 180.00" in agency
    assert sheets(visitor.get("/parties/undp/money.xlsx").get_data())[4][0][-1:] == [180]
    assert f"/programmes/{ref}/money" in visitor.get("/parties/nor/money").text
    assert "/parties/nor/money" in visitor.get(f"/programmes/{ref}/money").text
    assert "/frameworks/F7/money" in visitor.get("/frameworks/F7").text


@pytest.mark.parametrize("rest", ["", ".csv", ".xlsx"])
def test_of_what_is_not_there_there_is_no_statement(world: World, enter: Enter, rest: str) -> None:
    visitor = enter("li.wei")

    assert visitor.get(f"/parties/atlantis/money{rest}").status_code == 404
    assert visitor.get(f"/frameworks/F99/money{rest}").status_code == 404
    assert visitor.get(f"/money{rest}?on=nonsense").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_statement_is_made_behind_the_pages_and_says_the_same(
    world: World, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    refs = world.programmes("active", "active")
    for ref in refs:
        counts(world, ref, MoneyAct.PLEDGE, "10", source="nor")
    visitor = enter("li.wei")
    at_once = visitor.get(f"/parties/nor/money.{kind}").get_data()
    monkeypatch.setattr(offers, "AT_ONCE", 1)

    placed = ordered(visitor, f"/parties/nor/money.{kind}")
    waits = visitor.page("/orders")
    made(world, tmp_path)
    answer = taken(visitor)

    name = f"money-nor-{world.clock.at.date()}.{kind}"
    assert placed.headers["Location"] == "/orders"
    assert name in waits
    assert name in answer.headers["Content-Disposition"]
    assert answer.get_data() == at_once
    assert len(at_once) > 100


def test_what_is_small_of_a_party_is_at_once_however_much_others_have(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = world.programme("active")
    for source in ("ind", "bra", "nor"):
        counts(world, ref, MoneyAct.PLEDGE, "10", source=source)
    monkeypatch.setattr(offers, "AT_ONCE", 1)
    visitor = enter("li.wei")

    found = {
        address: visitor.get(f"{address}.csv").status_code
        for address in ("/money", "/parties/nor/money")
    }

    assert found == {"/money": 303, "/parties/nor/money": 200}


def test_bars_are_drawn_without_a_style_and_beside_their_numbers(
    world: World, enter: Enter
) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "200")
    counts(world, ref, MoneyAct.RECEIPT, "50")

    page = enter("li.wei").get(f"/programmes/{ref}/money").text

    assert 'class="moneybar__commitment" x="1" y="1" height="10" width="118.0"' in page
    assert 'class="moneybar__receipt" x="1" y="3" height="6" width="29.5"' in page
    assert "style=" not in page


def test_an_activity_is_taken_away_where_it_is_said_who_publishes(
    world: World, enter: Enter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "1000", source="nor")
    silent = enter("li.wei").get(f"/programmes/{ref}/money.xml")
    page = enter("li.wei").get("/money").text
    monkeypatch.setenv("PRIMEMOVER_IATI_ORGANISATION", "XM-DAC-41114")

    visitor = entrance(world, tmp_path)("priya.menon")
    files = [
        visitor.get(address).get_data(as_text=True)
        for address in (f"/programmes/{ref}/money.xml", *(f"{each}.xml" for each in ADDRESSES))
    ]

    assert (silent.status_code, "IATI file" in page) == (422, False)
    assert "IATI file" in visitor.get(f"/programmes/{ref}/money").text
    for file in files:
        assert f"<iati-identifier>XM-DAC-41114-{ref}</iati-identifier>" in file
        assert '<transaction-type code="11"/>' in file
