"""What stands on each account on a day, and how much may still leave it: pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import accumulate

from workflow.ledger.accounts import OUTSIDE, Account, Entry, MoneyAct, Movement
from workflow.ledger.currency import USD, step

NOTHING = Decimal(0)
# What each act does to what is left of received money, and what has left it for good.
KEEPS: Mapping[MoneyAct, int] = {MoneyAct.RECEIPT: 1, MoneyAct.RETURN: -1, MoneyAct.EXPENDITURE: -1}
LEAVES = tuple(act for act, sign in KEEPS.items() if sign < 0)
# The sum of each act.
Totals = defaultdict[MoneyAct, Decimal]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What came of one source in one currency by a day; `totals` has the sum of each act.

    `balance` is what was received and neither returned nor spent, whoever holds it; `outstanding`
    what was committed and has not come.
    """

    source: str
    currency: str
    totals: Mapping[MoneyAct, Decimal]
    balance: Decimal
    outstanding: Decimal

    def of(self, act: MoneyAct) -> Decimal:
        """The sum of one act, corrections taken off."""
        return self.totals.get(act, NOTHING)

    @property
    def exchange(self) -> Decimal:
        """By how much what became of the money is more than what was committed.

        Nothing in the currency in which it came; in dollars what rates of other days made of it.
        """
        became = self.balance + self.outstanding + sum(map(self.of, LEAVES), NOTHING)
        return became - self.of(MoneyAct.COMMITMENT)


def balances(movements: Iterable[Movement], on: date) -> dict[tuple[Account, str], Decimal]:
    """What stands on each account in each currency at the end of a day."""
    found: dict[tuple[Account, str], Decimal] = defaultdict(Decimal)
    for movement in movements:
        if movement.on <= on:
            for entry in movement.entries:
                found[entry.account, entry.currency] += entry.amount
    return {place: amount for place, amount in found.items() if amount}


def by_source(movements: Iterable[Movement], on: date) -> tuple[SourceLine, ...]:
    """What came of each source in each currency by the end of a day, in order."""
    found: dict[tuple[str, str], Totals] = defaultdict(_nothing)
    for each in _until(movements, on):
        found[each.account.source, each.currency][each.act] += each.amount
    return tuple(
        SourceLine(source, currency, sums, _balance(sums), _outstanding(sums))
        for (source, currency), sums in sorted(found.items())
    )


def in_dollars(movements: Sequence[Movement], on: date) -> tuple[SourceLine, ...]:
    """The same with each movement at the rate of its day, so that one source has one line.

    What is left of a currency is at the rate at which what was received of it came on average, and
    what is still to come at that of what was committed: nothing is left in dollars of a source of
    which nothing is left. What rates make of the rest is the exchange of the line.
    """
    usd: dict[tuple[str, str], Totals] = defaultdict(_nothing)
    for each in _until(movements, on):
        usd[each.account.source, each.currency][each.act] += each.usd
    lines: dict[str, list[SourceLine]] = defaultdict(list)
    for kept in by_source(movements, on):
        sums = usd[kept.source, kept.currency]
        left = _at_average(kept.balance, kept, sums, MoneyAct.RECEIPT)
        to_come = _at_average(kept.outstanding, kept, sums, MoneyAct.COMMITMENT)
        lines[kept.source].append(SourceLine(kept.source, USD, sums, left, to_come))
    return tuple(_sum(source, of_one) for source, of_one in lines.items())


def all_sources(lines: Sequence[SourceLine]) -> SourceLine:
    """The sum of lines in dollars."""
    return _sum("", lines)


def room(movements: Iterable[Movement], account: Account, currency: str, since: date) -> Decimal:
    """How much may leave an account on a day so that it is on no later day below zero."""
    moved: dict[date, Decimal] = defaultdict(Decimal)
    for movement in movements:
        for entry in movement.entries:
            if entry.account == account and entry.currency == currency:
                moved[max(movement.on, since)] += entry.amount
    return min(accumulate(moved[day] for day in sorted({*moved, since})), default=NOTHING)


def short_of(
    movements: Sequence[Movement], entries: Iterable[Entry], on: date
) -> tuple[Entry, Decimal] | None:
    """The first side that would take more from an account than may leave it, with how much may."""
    for entry in entries:
        if entry.amount < 0 and entry.account.kind not in OUTSIDE:
            left = room(movements, entry.account, entry.currency, on)
            if left + entry.amount < 0:
                return entry, max(left, NOTHING)
    return None


def _nothing() -> Totals:
    return defaultdict(Decimal)


def _until(movements: Iterable[Movement], on: date) -> Iterator[Movement]:
    return (each for each in movements if each.on <= on)


def _balance(sums: Totals) -> Decimal:
    return sum((sign * sums[act] for act, sign in KEEPS.items()), NOTHING)


def _outstanding(sums: Totals) -> Decimal:
    return sums[MoneyAct.COMMITMENT] - sums[MoneyAct.RECEIPT]


def _at_average(amount: Decimal, kept: SourceLine, usd: Totals, act: MoneyAct) -> Decimal:
    """An amount of a currency in dollars, at the average rate of one act; of nothing, nothing."""
    if not amount:
        return NOTHING
    return (amount * usd[act] / kept.of(act)).quantize(step(USD), ROUND_HALF_EVEN)


def _sum(source: str, lines: Sequence[SourceLine]) -> SourceLine:
    sums = _nothing()
    for line in lines:
        for act, amount in line.totals.items():
            sums[act] += amount
    balance = sum((line.balance for line in lines), NOTHING)
    outstanding = sum((line.outstanding for line in lines), NOTHING)
    return SourceLine(source, USD, sums, balance, outstanding)
