"""A rate holds from its day to the next one and no longer than its month; a file is taken whole or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from workflow.errors import FaultyFile, Invalid
from workflow.ledger.rates import Rate, digest, in_force, rate_for, read_rates, refuse_conflicts

FILE = """date,currency,units_per_usd
2026-03-01,EUR,0.9200
2026-03-16,EUR,0.95
2026-03-01,JPY,150.25
"""
FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 16)


def test_a_rate_holds_until_the_next_one_and_no_longer_than_its_month() -> None:
    rates = read_rates(FILE)

    def held(day: date) -> date | None:
        found = in_force(rates, "EUR", day)
        return found and found.day

    assert held(date(2026, 2, 28)) is None
    assert held(FIRST) == held(date(2026, 3, 15)) == FIRST
    assert held(SECOND) == held(date(2026, 3, 31)) == SECOND
    assert held(date(2026, 4, 1)) is None
    assert held(date(2027, 3, 20)) is None


def test_a_dollar_is_a_dollar_on_every_day() -> None:
    assert rate_for((), "USD", FIRST, None).units == 1


def test_a_rate_of_another_day_is_refused_with_the_one_that_holds() -> None:
    with pytest.raises(Invalid) as refused:
        rate_for(read_rates(FILE), "EUR", date(2026, 3, 20), FIRST)

    assert list(refused.value.faults) == ["rate_on"]
    assert "2026-03-16: 0.95 EUR" in str(refused.value)


def test_a_currency_without_a_rate_of_that_day_is_refused() -> None:
    with pytest.raises(Invalid, match="No rate of KRW") as refused:
        rate_for(read_rates(FILE), "KRW", FIRST, None)

    assert list(refused.value.faults) == ["currency"]


def test_an_amount_comes_to_cents_and_half_a_cent_to_the_even_one() -> None:
    assert Rate("EUR", FIRST, Decimal("0.92")).in_dollars(Decimal(92)) == Decimal("100.00")
    assert Rate("XYZ", FIRST, Decimal(8)).in_dollars(Decimal("0.04")) == Decimal("0.00")
    assert Rate("XYZ", FIRST, Decimal(8)).in_dollars(Decimal("0.12")) == Decimal("0.02")


@pytest.mark.parametrize(
    "line",
    [
        "2026-02-30,EUR,0.92", "1.3.2026,EUR,0.92", "2026-03-02,euro,0.92", "2026-03-02,USD,1",
        "2026-03-02,EUR,0", "2026-03-02,EUR,-1", "2026-03-02,EUR,1e3", "2026-03-02,EUR",
        "2026-03-01,EUR,0.93",
    ],
)  # fmt: skip
def test_one_wrong_line_refuses_the_file_with_its_place(line: str) -> None:
    with pytest.raises(FaultyFile) as refused:
        read_rates(FILE + line + "\n")

    assert [str(fault.place) for fault in refused.value.faults] == ["line 5"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "day;currency;rate\n",
        "date,currency,units_per_usd\n",
        FILE + "2026-03-02,EUR," + "1" * 200_000,
    ],
)
def test_a_file_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(FaultyFile):
        read_rates(text)


def test_a_file_out_of_a_spreadsheet_is_read() -> None:
    assert read_rates("\ufeffDate,Currency,Units per USD\r\n2026-03-01,EUR,0.92\r\n,,\r\n") == (
        Rate("EUR", FIRST, Decimal("0.92")),
    )


def test_the_same_rates_have_one_digest_in_any_order() -> None:
    rates = read_rates(FILE)

    assert digest(rates) == digest(reversed(rates))
    assert digest(rates) != digest(rates[1:])


def test_a_rate_that_was_entered_is_not_replaced() -> None:
    entered = {("EUR", FIRST): Rate("EUR", FIRST, Decimal("0.91"))}

    with pytest.raises(FaultyFile):
        refuse_conflicts(entered, read_rates(FILE))
