"""Every balance equals a sum made another way; what leaves an account was on it on each later day."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from workflow.ledger.accounts import (
    OUTSIDE,
    WAYS,
    Account,
    AccountKind,
    MoneyAct,
    Movement,
    counter_entries,
    entries_of,
    transfer_entries,
    unbalanced,
)
from workflow.ledger.balances import balances, by_source, in_dollars, room, short_of, summed
from workflow.ledger.currency import step
from workflow.ledger.rates import Rate

MOVEMENTS = 10_000
CURRENCIES = ("USD", "JPY", "BHD")
SOURCES = ("ind", "zaf", "deu")
START = date(2026, 1, 1)


def a_movement(
    number: int,
    act: MoneyAct,
    source: str,
    amount: str,
    day: int,
    *,
    currency: str = "USD",
    holder: str = "",
    rate: str = "1",
) -> Movement:
    at = Account(AccountKind.SOURCE, source, holder)
    on = START + timedelta(day)
    sides = entries_of(act, at, currency, Decimal(amount))
    usd = Rate(currency, on, Decimal(rate)).in_dollars(Decimal(amount))
    return Movement(number, act, on, sides, usd)


def random_movements(chance: Random) -> list[Movement]:
    """So many movements, one in ten of which takes back one before it."""
    made: list[Movement] = []
    for number in range(1, MOVEMENTS + 1):
        on = START + timedelta(chance.randrange(730))
        if made and chance.random() < 0.1:
            taken = chance.choice(made)
            sides, act, usd = counter_entries(taken), taken.act, -taken.usd
            made.append(Movement(number, act, max(on, taken.on), sides, usd, taken.number))
            continue
        act, currency = chance.choice(tuple(MoneyAct)), chance.choice(CURRENCIES)
        holder = chance.choice(("", "undp", "fao")) if act is MoneyAct.EXPENDITURE else ""
        at = Account(
            AccountKind.SOURCE, chance.choice(SOURCES), holder, chance.choice((0, 2026, 2027))
        )
        amount = chance.randrange(1, 10**9) * step(currency)
        if act is MoneyAct.TRANSFER:
            of, to = (
                Account(AccountKind.BUDGET, at.source, "", year, output)
                for year, output in ((at.year, "Kits"), (2028, "Courses"))
            )
            sides = transfer_entries(of, to, currency, amount)
        else:
            sides = entries_of(act, at, currency, amount)
        made.append(Movement(number, act, on, sides, amount))
    return made


def test_ten_thousand_random_movements_sum_to_zero_and_every_balance_equals_an_independent_sum() -> (
    None
):
    movements = random_movements(Random(20261127))
    on = START + timedelta(400)

    found = balances(movements, on)

    # Independently: whole numbers of the smallest unit, gone through one after the other.
    counted: dict[tuple[Account, str], int] = defaultdict(int)
    for movement in movements:
        assert unbalanced(movement.entries) == {}
        if movement.on <= on:
            for entry in movement.entries:
                counted[entry.account, entry.currency] += int(entry.amount / step(entry.currency))
    expected = {place: number for place, number in counted.items() if number}
    assert {place: int(sum_ / step(place[1])) for place, sum_ in found.items()} == expected
    assert {currency: sum(amount for (_, of), amount in found.items() if of == currency)
            for currency in CURRENCIES} == dict.fromkeys(CURRENCIES, Decimal(0))  # fmt: skip


def test_the_lines_of_sources_say_what_stands_on_the_accounts() -> None:
    movements = random_movements(Random(3))
    on = START + timedelta(700)
    accounts = balances(movements, on)

    def standing(source: str, currency: str, *kinds: AccountKind) -> Decimal:
        return sum(
            (amount for (account, of), amount in accounts.items()
             if (account.source, of) == (source, currency) and account.kind in kinds), Decimal(0),
        )  # fmt: skip

    lines = by_source(movements, on)

    assert [(each.source, each.currency) for each in lines] == sorted(
        (source, currency) for source in SOURCES for currency in CURRENCIES
    )
    for line in lines:
        at = line.source, line.currency
        assert line.balance == standing(*at, AccountKind.RECEIVED, AccountKind.DISBURSED)
        assert line.outstanding == standing(*at, AccountKind.COMMITTED)
        assert line.of(MoneyAct.PLEDGE) == standing(*at, AccountKind.PLEDGED)
        assert line.of(MoneyAct.EXPENDITURE) == standing(*at, AccountKind.SPENT)


def test_dollars_of_summed_are_the_sum_of_the_dollars_of_movements() -> None:
    movements = random_movements(Random(5))

    total = summed(in_dollars(movements, date.max))

    for act in WAYS:
        assert total.of(act) == sum((m.usd for m in movements if m.act is act), Decimal(0))


EUROS = (
    (MoneyAct.COMMITMENT, "100", "0.92"),
    (MoneyAct.RECEIPT, "100", "0.80"),
    (MoneyAct.EXPENDITURE, "100", "0.75"),
)


def test_a_settled_source_is_settled_in_dollars_and_the_exchange_is_named() -> None:
    movements = [
        a_movement(number, act, "ind", amount, number, currency="EUR", rate=rate)
        for number, (act, amount, rate) in enumerate(EUROS, start=1)
    ]

    (euros,), (dollars,) = by_source(movements, date.max), in_dollars(movements, date.max)
    total = summed([dollars, dollars])

    assert (euros.balance, euros.outstanding, euros.exchange) == (0, 0, 0)
    assert (dollars.balance, dollars.outstanding) == (0, 0)
    assert dollars.exchange == Decimal("133.33") - Decimal("108.70")
    assert (total.balance, total.outstanding, total.exchange) == (0, 0, 2 * dollars.exchange)


def test_what_is_open_of_a_source_is_in_dollars_what_it_was_when_it_came() -> None:
    movements = [
        a_movement(1, MoneyAct.COMMITMENT, "ind", "200", 0, currency="EUR", rate="0.80"),
        a_movement(2, MoneyAct.RECEIPT, "ind", "40", 1, currency="EUR", rate="0.80"),
        a_movement(3, MoneyAct.RECEIPT, "ind", "40", 2, currency="EUR", rate="1.60"),
        a_movement(4, MoneyAct.EXPENDITURE, "ind", "60", 3, currency="EUR", rate="0.50"),
        a_movement(5, MoneyAct.COMMITMENT, "ind", "10", 3),
    ]

    (line,) = in_dollars(movements, date.max)

    # 20 of 80 euros are left, which came as 50 and 25 dollars; 120 of 200 are to come, which are 250.
    assert line.balance == Decimal("18.75")
    assert line.outstanding == Decimal("150.00") + 10
    open_, spent = line.balance + line.outstanding, line.of(MoneyAct.EXPENDITURE)
    assert line.exchange == spent + open_ - line.of(MoneyAct.COMMITMENT)


def test_a_balance_is_that_of_the_end_of_its_day() -> None:
    movements = [a_movement(1, MoneyAct.PLEDGE, "ind", "10", 5)]

    assert balances(movements, START + timedelta(4)) == {}
    assert len(balances(movements, START + timedelta(5))) == 2


def test_what_left_an_account_later_cannot_leave_it_before() -> None:
    movements = [
        a_movement(1, MoneyAct.COMMITMENT, "ind", "100", 0),
        a_movement(2, MoneyAct.RECEIPT, "ind", "100", 1),
        a_movement(3, MoneyAct.EXPENDITURE, "ind", "70", 9),
    ]
    received = Account(AccountKind.RECEIVED, "ind")

    assert room(movements, received, "USD", START) == 0
    assert room(movements, received, "USD", START + timedelta(2)) == 30
    assert room(movements, received, "EUR", START + timedelta(2)) == 0


def test_a_payment_over_the_commitment_is_told_with_how_much_is_to_come() -> None:
    committed = [a_movement(1, MoneyAct.COMMITMENT, "ind", "100", 0)]
    over = a_movement(2, MoneyAct.RECEIPT, "ind", "100.01", 1)

    short = short_of(committed, over)

    assert short is not None
    assert (short[0].account.kind, short[1]) == (AccountKind.COMMITTED, Decimal(100))


def test_of_what_is_outside_of_the_ledger_any_amount_may_leave() -> None:
    for act in WAYS:
        moved = a_movement(1, act, "ind", "1", 0)
        short = short_of([], moved)
        assert (short is None) is (moved.left.kind in OUTSIDE)
