"""What was budgeted and used for each year, output, category and country: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.ledger.accounts import Account, AccountKind, Movement, line_of

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget in dollars; year, output, category and country are empty where none was said.

    `spent` is what was spent, or given in kind, under the same.
    """

    year: int
    output: str
    category: str
    country: str
    budget: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of it; below zero where more was spent."""
        return self.budget - self.spent


@dataclass(frozen=True, slots=True)
class SourceBudget:
    """A budget line of one source in its currency, by the number of the movement that first brought money to it.

    `usd` is what it is in dollars, and `spent` what of this source was used under it, in its currency.
    """

    number: int
    account: Account
    currency: str
    budget: Decimal
    usd: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of it; below zero where more was spent."""
        return self.budget - self.spent


def budget_lines(movements: Iterable[Movement], on: date) -> tuple[BudgetLine, ...]:
    """Every line by the end of a day, in order, also those that nobody budgeted."""
    sums: dict[tuple[int, str, str, str], list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING])
    for each in movements:
        if each.on <= on:
            for line, usd in each.budgeted():
                sums[_named(line)][0] += usd
            if line_of(each.account) is not None:
                sums[_named(each.account)][1] += each.usd
    return tuple(BudgetLine(*key, *both) for key, both in sorted(sums.items()) if any(both))


def source_budgets(movements: Iterable[Movement], on: date) -> tuple[SourceBudget, ...]:
    """Every budget line of every source by the end of a day, by its number."""
    moved = [each for each in movements if each.on <= on]
    return tuple(sorted(_source_budgets(moved), key=lambda each: each.number))


def _source_budgets(moved: list[Movement]) -> Iterator[SourceBudget]:
    first: dict[tuple[Account, str], int] = {}
    sums: dict[tuple[Account, str], Decimal] = defaultdict(Decimal)
    dollars: dict[tuple[Account, str], Decimal] = defaultdict(Decimal)
    used: dict[tuple[Account, str], Decimal] = defaultdict(Decimal)
    for each in moved:
        for entry in each.entries:
            place = entry.account, entry.currency
            sums[place] += entry.amount
            if entry.account.kind is AccountKind.BUDGET and entry.amount > 0:
                first[place] = min(each.number, first.get(place, each.number))
        for account, usd in each.budgeted():
            dollars[account, each.currency] += usd
        if (line := line_of(each.account)) is not None:
            used[line, each.currency] += each.amount
    for place, number in first.items():
        yield SourceBudget(number, *place, sums[place], dollars[place], used[place])


def _named(of: Account) -> tuple[int, str, str, str]:
    return of.year, of.output, of.category, of.country
