"""What movements come to in dollars, by what they did, when, and for what: pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from workflow.ledger.accounts import MoneyAct, Movement
from workflow.ledger.balances import NOTHING

Sums = Callable[[Sequence[Movement]], Decimal]


def sum_of(*acts: MoneyAct, **at: date | int | str | None) -> Sums:
    """What movements of these acts come to: `since` and `until` days, of a `year`, `output` or `holder`."""

    def sums(movements: Sequence[Movement]) -> Decimal:
        return sum((each.usd for each in movements if _is(each, acts, at)), NOTHING)

    return sums


def budgeted(**at: int | str) -> Sums:
    """What was budgeted, and moved since to or from these lines, of a `year` or an `output`."""

    def sums(movements: Sequence[Movement]) -> Decimal:
        lines = (both for each in movements for both in each.budgeted())
        return sum((usd for line, usd in lines if all(getattr(line, k) == v for k, v in at.items())), NOTHING)  # fmt: skip

    return sums


def _is(of: Movement, acts: Sequence[MoneyAct], at: Mapping[str, date | int | str | None]) -> bool:
    since, until = at.get("since"), at.get("until")
    return (
        of.act in acts
        and not (isinstance(since, date) and of.on < since)
        and not (isinstance(until, date) and of.on > until)
        and all(
            getattr(of.account, key) == at[key] for key in ("year", "output", "holder") if key in at
        )
    )


def promised_in(counting: Sequence[Movement]) -> Decimal:
    """What sources promised: of each the pledge, or what it committed and gave in kind, whichever is more."""
    pledged: dict[str, Decimal] = defaultdict(Decimal)
    bound: dict[str, Decimal] = defaultdict(Decimal)
    for each in counting:
        if each.act is MoneyAct.PLEDGE:
            pledged[each.account.source] += each.usd
        elif each.act in {MoneyAct.COMMITMENT, MoneyAct.IN_KIND}:
            bound[each.account.source] += each.usd
    return sum((max(pledged[key], bound[key]) for key in {*pledged, *bound}), NOTHING)


def left(came: MoneyAct, **at: date | int | str | None) -> Sums:
    """What came by an act and was neither spent nor returned."""

    def sums(movements: Sequence[Movement]) -> Decimal:
        gone = sum_of(MoneyAct.EXPENDITURE, MoneyAct.RETURN, **at)(movements)
        return sum_of(came, **at)(movements) - gone

    return sums
