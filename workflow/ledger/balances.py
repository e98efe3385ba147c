"""What stands on each account on a day, and how much may still leave it: pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import accumulate

from workflow.ledger.accounts import OUTSIDE, Account, Entry, MoneyAct, Movement
from workflow.ledger.currency import USD

NOTHING = Decimal(0)
# What is held of received money, and what has left it for good.
LEAVES = (MoneyAct.RETURN, MoneyAct.EXPENDITURE)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What came of one source in one currency by a day; `totals` has the sum of each act.

    `balance` is what was received and neither returned nor spent, whoever holds it.
    """

    source: str
    currency: str
    totals: Mapping[MoneyAct, Decimal] = field(default_factory=dict)

    def of(self, act: MoneyAct) -> Decimal:
        """The sum of one act, corrections taken off."""
        return self.totals.get(act, NOTHING)

    @property
    def balance(self) -> Decimal:
        """What is left of what was received."""
        return self.of(MoneyAct.RECEIPT) - sum(map(self.of, LEAVES), NOTHING)

    @property
    def outstanding(self) -> Decimal:
        """What was committed and has not come."""
        return self.of(MoneyAct.COMMITMENT) - self.of(MoneyAct.RECEIPT)


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
    found: dict[tuple[str, str], dict[MoneyAct, Decimal]] = {}
    for each in movements:
        if each.on <= on:
            place = each.account.source, each.currency
            _add(found.setdefault(place, {}), each.act, each.amount)
    return tuple(SourceLine(*place, totals) for place, totals in sorted(found.items()))


def in_dollars(movements: Iterable[Movement], on: date) -> tuple[SourceLine, ...]:
    """The same with each movement at the rate of its day, so that one source has one line."""
    found: dict[str, dict[MoneyAct, Decimal]] = {}
    for each in movements:
        if each.on <= on:
            _add(found.setdefault(each.account.source, {}), each.act, each.usd)
    return tuple(SourceLine(source, USD, totals) for source, totals in sorted(found.items()))


def all_sources(lines: Iterable[SourceLine]) -> SourceLine:
    """The sum of lines in one currency."""
    totals: dict[MoneyAct, Decimal] = {}
    for line in lines:
        for act, amount in line.totals.items():
            _add(totals, act, amount)
    return SourceLine("", USD, totals)


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


def _add(totals: dict[MoneyAct, Decimal], act: MoneyAct, amount: Decimal) -> None:
    totals[act] = totals.get(act, NOTHING) + amount
