"""Ten thousand movements: each figure of the page, its table and its workbook is a sum that was made another way."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.web.money.workbooks import Row, rows_of
from tests.workflow.ledger.many import RATES, keep, random_movements
from workflow.ledger.accounts import REACHED, AccountKind, MoneyAct, Movement
from workflow.ledger.currency import digits, step

HOW_MANY = [400, pytest.param(10_000, marks=pytest.mark.proof(alone=True))]
SHOWN = (
    MoneyAct.PLEDGE, MoneyAct.COMMITMENT, MoneyAct.RECEIPT, MoneyAct.IN_KIND, MoneyAct.RETURN,
    MoneyAct.EXPENDITURE,
)  # fmt: skip
Units = dict[tuple[str, str, str], int]


def in_units(movements: Iterable[Movement]) -> Units:
    """What each act came to by source and currency, in whole units, gone through one after the other."""
    sums: Units = defaultdict(int)
    for each in movements:
        entry = each.entries[REACHED]
        units = int(entry.amount.scaleb(digits(entry.currency)))
        sums[entry.account.source, entry.currency, each.act.value] += units
    return sums


def budgets(movements: Iterable[Movement]) -> dict[tuple[str, str, int], int]:
    """What each budget line came to by source, currency and year, in whole units."""
    sums: dict[tuple[str, str, int], int] = defaultdict(int)
    for each in movements:
        for entry in each.entries:
            at = entry.account
            if at.kind is AccountKind.BUDGET:
                sums[at.source, entry.currency, at.year] += int(
                    entry.amount.scaleb(digits(entry.currency))
                )
    return sums


def kept_in(row: Row, column: str) -> int:
    """An amount of a row in whole units of its currency; an amount of too many digits is a text there."""
    return int(Decimal(row.get(column, 0)) / step(str(row["currency"])))


def of_names(movements: Iterable[Movement], names: Mapping[str, str]) -> set[tuple[str, str]]:
    """Each source as it is called, in each of its currencies."""
    return {(names[each.account.source], each.currency) for each in movements}


@pytest.mark.parametrize("how_many", HOW_MANY)
def test_every_figure_is_a_sum_made_another_way(world: World, enter: Enter, how_many: int) -> None:
    ref = world.programme("active")
    movements = random_movements(Random(20261128), how_many, world.clock.at.date())
    keep(world, ref, movements)
    visitor = enter("li.wei")
    names = {"ind": "India", "nor": "Norway", "bra": "Brazil"}
    keys = {name: key for key, name in names.items()}

    page = told(visitor.get(f"/programmes/{ref}/money"))
    book = visitor.get(f"/programmes/{ref}/money.xlsx").get_data()
    table = visitor.get(f"/programmes/{ref}/money.csv").get_data(as_text=True)

    sums = in_units(movements)
    kept = rows_of(book, 2)
    assert {(row["source"], row["currency"]) for row in kept} == of_names(movements, names)
    for row in kept:
        at = keys[str(row["source"])], str(row["currency"])
        for act in MoneyAct:
            if act is not MoneyAct.TRANSFER:
                assert kept_in(row, act.value) == sums[*at, act.value]
        came = sums[*at, "receipt"]
        assert kept_in(row, "balance") == came - sums[*at, "return"] - sums[*at, "expenditure"]
        assert kept_in(row, "outstanding") == sums[*at, "commitment"] - came
    lines = {
        (keys[str(row["source"])], str(row["currency"]), int(row.get("year", 0))): kept_in(row, "budget")
        for row in rows_of(book, 6)
    }  # fmt: skip
    assert lines == budgets(movements)
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(rows) == len(movements) == len(rows_of(book, 3))
    dollars = rows_of(book, 1)
    for act in MoneyAct:
        usd = sum((each.usd for each in movements if each.act is act), Decimal(0))
        assert sum(Decimal(row["usd"].strip("'")) for row in rows if row["act"] == act) == usd
        if act in SHOWN:
            assert Decimal(dollars[-1].get(act.value, 0)) == usd
    for row in (*dollars, *kept):
        for column in (*(act.value for act in SHOWN), "balance", "outstanding"):
            amount = Decimal(row.get(column, 0))
            assert not amount or f"{amount:,.{digits(str(row['currency']))}f}" in page


def test_the_random_movements_are_of_every_kind() -> None:
    movements = random_movements(Random(20261128), 10_000, date(2026, 11, 28))

    assert {each.act for each in movements} == set(MoneyAct)
    assert {each.currency for each in movements} == set(RATES)
    assert 900 < sum(each.corrects is not None for each in movements) < 1_100
    assert sum(each.act is MoneyAct.TRANSFER for each in movements) > 900
