"""What was budgeted and spent for each year, output and category: pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.ledger.accounts import MoneyAct, Movement


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget in dollars; year, output and category are empty where none was said.

    `spent` is what was spent, or given in kind, under the same year, output and category.
    """

    year: int
    output: str
    category: str
    budget: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of it; below zero where more was spent."""
        return self.budget - self.spent


def budget_lines(movements: Iterable[Movement], on: date) -> tuple[BudgetLine, ...]:
    """Every line by the end of a day, in order, also those that nobody budgeted."""
    sums: dict[tuple[int, str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    places = {MoneyAct.BUDGET: 0, MoneyAct.EXPENDITURE: 1, MoneyAct.IN_KIND: 1}
    for each in movements:
        if each.on <= on and each.act in places:
            at = each.account
            sums[at.year, at.output, at.category][places[each.act]] += each.usd
    return tuple(BudgetLine(*key, *both) for key, both in sorted(sums.items()) if any(both))
