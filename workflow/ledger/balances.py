"""What stands on each account on a day, and how much may still leave it: pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import accumulate

from workflow.ledger.accounts import (
    OUTSIDE,
    Account,
    Entry,
    MoneyAct,
    Movement,
    line_of,
)
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
    def moved(self) -> bool:
        """Whether it is more than a budget line, which alone moves nothing."""
        sums = {act for act, amount in self.totals.items() if amount}
        return sums != {MoneyAct.BUDGET}

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


@dataclass(frozen=True, slots=True)
class ActSums:
    """What each act came to of one source in one currency, in it and in dollars at the rates of the days."""

    source: str
    currency: str
    kept: Totals = field(default_factory=lambda: defaultdict(Decimal))
    usd: Totals = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def line(self) -> SourceLine:
        """The same with what is left, in the currency in which it came."""
        left, to_come = _balance(self.kept), _outstanding(self.kept)
        return SourceLine(self.source, self.currency, self.kept, left, to_come)

    @property
    def in_dollars(self) -> SourceLine:
        """The same in dollars: what is left at the average rate at which it came or was committed."""
        kept = self.line
        left = _at_average(kept.balance, kept, self.usd, MoneyAct.RECEIPT)
        to_come = _at_average(kept.outstanding, kept, self.usd, MoneyAct.COMMITMENT)
        return SourceLine(self.source, USD, self.usd, left, to_come)


def by_source(movements: Iterable[Movement], on: date) -> tuple[SourceLine, ...]:
    """What came of each source in each currency by the end of a day, in order."""
    lines = (each.line for each in act_sums(movements, on))
    return tuple(line for line in lines if line.moved)


def act_sums(movements: Iterable[Movement], on: date) -> tuple[ActSums, ...]:
    """What each act came to by the end of a day, of each source in each currency, in order; transfers come to nothing."""
    found: dict[tuple[str, str], ActSums] = {}
    for each in movements:
        if each.on <= on and each.act is not MoneyAct.TRANSFER:
            place = each.account.source, each.currency
            sums = found.setdefault(place, ActSums(*place))
            sums.kept[each.act] += each.amount
            sums.usd[each.act] += each.usd
    return tuple(found[place] for place in sorted(found))


def in_dollars(movements: Sequence[Movement], on: date) -> tuple[SourceLine, ...]:
    """The same with each movement at the rate of its day, so that one source has one line."""
    return sources_in_dollars(act_sums(movements, on))


def sources_in_dollars(sums: Iterable[ActSums]) -> tuple[SourceLine, ...]:
    """A line in dollars for each source, in order.

    What is left of a currency is at the rate at which what was received of it came on average, and
    what is still to come at that of what was committed: nothing is left in dollars of a source of
    which nothing is left. What rates make of the rest is the exchange of the line.
    """
    lines: dict[str, list[SourceLine]] = defaultdict(list)
    for each in sums:
        lines[each.source].append(each.in_dollars)
    found = (summed(lines[source], source) for source in sorted(lines))
    return tuple(line for line in found if line.moved)


def summed(lines: Sequence[SourceLine], source: str = "", currency: str = USD) -> SourceLine:
    """The sum of lines in one currency, as a line of a source or of all of them."""
    sums: Totals = defaultdict(Decimal)
    for line in lines:
        for act, amount in line.totals.items():
            sums[act] += amount
    balance = sum((line.balance for line in lines), NOTHING)
    outstanding = sum((line.outstanding for line in lines), NOTHING)
    return SourceLine(source, currency, sums, balance, outstanding)


def widest(lines: Iterable[SourceLine]) -> Decimal:
    """The greatest amount that any of these was pledged, or committed, or gave."""
    acts = (MoneyAct.PLEDGE, MoneyAct.COMMITMENT, MoneyAct.RECEIPT, MoneyAct.EXPENDITURE)
    return max((each.of(act) for each in lines for act in acts), default=NOTHING)


def room(movements: Iterable[Movement], account: Account, currency: str, since: date) -> Decimal:
    """How much may leave an account on a day so that it is on no later day below zero."""
    on_it = (
        (movement.on, entry.amount)
        for movement in movements
        for entry in movement.entries
        if entry.account == account and entry.currency == currency
    )
    return _lowest(on_it, since)


def room_on_line(
    movements: Iterable[Movement], line: Account, currency: str, since: date
) -> Decimal:
    """How much may leave a budget line on a day so that what is used under it is on no later day more than it."""
    on_it = (
        (movement.on, sign * entry.amount)
        for movement in movements
        for entry in movement.entries
        if entry.currency == currency and (sign := _on_line(entry.account, line))
    )
    return _lowest(on_it, since)


def _on_line(account: Account, line: Account) -> int:
    """Whether what comes to an account comes to a budget line, is used under it, or is nothing to it."""
    return 1 if account == line else -1 if line_of(account) == line else 0


def _lowest(moved: Iterable[tuple[date, Decimal]], since: date) -> Decimal:
    """The least that what moved comes to, on a day or on any later one."""
    days: dict[date, Decimal] = defaultdict(Decimal)
    for on, amount in moved:
        days[max(on, since)] += amount
    return min(accumulate(days[day] for day in sorted({*days, since})), default=NOTHING)


def short_of(movements: Sequence[Movement], of: Movement) -> tuple[Entry, Decimal] | None:
    """The side of a movement that would take more from an account than may leave it, with how much may.

    From a budget line nothing is transferred that is used under it.
    """
    able = room_on_line if of.act is MoneyAct.TRANSFER else room
    for entry in of.entries:
        if entry.amount < 0 and entry.account.kind not in OUTSIDE:
            left = able(movements, entry.account, entry.currency, of.on)
            if left + entry.amount < 0:
                return entry, max(left, NOTHING)
    return None


def _balance(sums: Totals) -> Decimal:
    return sum((sign * sums[act] for act, sign in KEEPS.items()), NOTHING)


def _outstanding(sums: Totals) -> Decimal:
    return sums[MoneyAct.COMMITMENT] - sums[MoneyAct.RECEIPT]


def _at_average(amount: Decimal, kept: SourceLine, usd: Totals, act: MoneyAct) -> Decimal:
    """An amount of a currency in dollars, at the average rate of one act; of nothing, nothing."""
    if not amount:
        return NOTHING
    return (amount * usd[act] / kept.of(act)).quantize(step(USD), ROUND_HALF_EVEN)
