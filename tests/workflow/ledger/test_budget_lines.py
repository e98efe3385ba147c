"""What was budgeted and spent stands by year, output and category, whatever was budgeted for it."""

from datetime import date
from decimal import Decimal
from typing import Any

from workflow.ledger.accounts import (
    Account,
    AccountKind,
    MoneyAct,
    Movement,
    entries_of,
    transfer_entries,
)
from workflow.ledger.budget_lines import budget_lines, source_budgets

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


def line(**at: Any) -> Account:
    return Account(AccountKind.BUDGET, "ind", **at)


def test_what_is_transferred_leaves_one_line_and_comes_to_the_other() -> None:
    kits, courses = line(output="Kits"), line(output="Courses", country="moz")
    movements = [
        moved(MoneyAct.BUDGET, "100", output="Kits"),
        Movement(
            2, MoneyAct.TRANSFER, DAY, transfer_entries(kits, courses, "USD", Decimal(30)),
            Decimal(30),
        ),
        moved(MoneyAct.EXPENDITURE, "5", output="Courses", country="moz"),
    ]  # fmt: skip

    found = [(e.output, e.country, e.budget, e.spent) for e in budget_lines(movements, DAY)]
    sources = source_budgets(movements, DAY)

    assert found == [("Courses", "moz", 30, 5), ("Kits", "", 70, 0)]
    assert [(e.number, e.account, e.budget, e.left) for e in sources] == [
        (1, kits, 70, 70),
        (2, courses, 30, 25),
    ]


def test_a_line_of_a_source_is_in_its_currency_and_of_what_that_source_spent() -> None:
    kits: dict[str, Any] = {"output": "Kits"}
    of_norway = Account(AccountKind.SOURCE, "nor", output="Kits")
    movements = [
        moved(MoneyAct.BUDGET, "100", **kits),
        moved(MoneyAct.EXPENDITURE, "40", **kits, holder="undp", earmark=2),
        Movement(
            3, MoneyAct.EXPENDITURE, DAY,
            entries_of(MoneyAct.EXPENDITURE, of_norway, "USD", Decimal(7)), Decimal(7),
        ),
    ]  # fmt: skip

    (found,) = source_budgets(movements, DAY)

    assert (found.currency, found.budget, found.spent, found.left) == ("USD", 100, 40, 60)
