"""What was budgeted and spent stands by year, output and category, whatever was budgeted for it."""

from datetime import date
from decimal import Decimal
from typing import Any

from workflow.ledger.accounts import Account, AccountKind, MoneyAct, Movement, entries_of
from workflow.ledger.budget_lines import budget_lines

DAY = date(2027, 6, 30)


def moved(act: MoneyAct, usd: str, on: date = DAY, **at: Any) -> Movement:
    place = Account(AccountKind.SOURCE, "ind", **at)
    return Movement(1, act, on, entries_of(act, place, "USD", Decimal(usd)), Decimal(usd))


def test_lines_of_one_year_output_and_category_are_one_and_others_are_not() -> None:
    kits: dict[str, Any] = {"year": 2027, "output": "Kits", "category": "goods"}
    movements = [
        moved(MoneyAct.BUDGET, "100", **kits),
        moved(MoneyAct.BUDGET, "-20", **kits),
        moved(MoneyAct.EXPENDITURE, "50", **kits, holder="undp"),
        moved(MoneyAct.IN_KIND, "40", **kits),
        moved(MoneyAct.EXPENDITURE, "7", output="Kits"),
        moved(MoneyAct.BUDGET, "9", **{**kits, "year": 2028}),
        moved(MoneyAct.RECEIPT, "1000"),
        moved(MoneyAct.EXPENDITURE, "3", date(2027, 7, 1), **kits),
    ]

    found = budget_lines(movements, DAY)

    assert [(e.year, e.output, e.category, e.budget, e.spent, e.left) for e in found] == [
        (0, "Kits", "", 0, 7, -7),
        (2027, "Kits", "goods", 80, 90, -10),
        (2028, "Kits", "goods", 9, 0, 9),
    ]


def test_a_line_that_was_taken_back_whole_is_gone() -> None:
    movements = [moved(MoneyAct.BUDGET, "10", year=2027), moved(MoneyAct.BUDGET, "-10", year=2027)]

    assert budget_lines(movements, DAY) == ()
