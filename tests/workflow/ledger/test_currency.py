"""Amounts have as many digits as their currency; what is none is refused at its field."""

from decimal import Decimal, InvalidOperation

import pytest

from workflow.errors import Invalid
from workflow.ledger.currency import amount_of, digits, exact, is_code, money


@pytest.mark.parametrize(
    ("written", "currency", "kept"),
    [
        ("12500", "USD", "12500.00"),
        ("12,500.5", "USD", "12500.50"),
        ("1 250 000", "JPY", "1250000"),
        ("7", "KRW", "7"),
        ("0.125", "BHD", "0.125"),
    ],
)
def test_an_amount_is_kept_with_the_digits_of_its_currency(
    written: str, currency: str, kept: str
) -> None:
    assert exact(amount_of(written, currency), currency) == kept


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("0", "USD"), ("0.00", "USD"), ("-5", "USD"), ("1.5", "JPY"), ("0.001", "USD"), ("1e5", "USD"),
        ("12,50", "EUR"), ("NaN", "USD"), ("", "USD"), ("٣", "USD"), ("1_000", "USD"), ("9" * 16, "USD"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_at_its_field(written: str, currency: str) -> None:
    with pytest.raises(Invalid) as refused:
        amount_of(written, currency)

    assert list(refused.value.faults) == ["amount"]


def test_nothing_is_rounded_on_its_way_to_the_trail() -> None:
    with pytest.raises(InvalidOperation):
        exact(Decimal("0.005"), "USD")


def test_a_sentence_writes_an_amount_with_its_currency() -> None:
    assert money(Decimal("1234567.5"), "USD") == "USD 1,234,567.50"
    assert money(Decimal(1234567), "JPY") == "JPY 1,234,567"


def test_a_currency_is_three_letters() -> None:
    assert [is_code(each) for each in ("EUR", "eur", "EU", "EURO", "E1R")] == [True] + [False] * 4
    assert [digits(each) for each in ("USD", "JPY", "BHD")] == [2, 0, 3]
