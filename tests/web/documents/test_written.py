import pytest

from web.documents import written


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("120000", "120000"),
        (" 120 000 ", "120000"),
        ("120\u202f000", "120000"),
        ("120,000", "120000"),
        ("1,250.5", "1250.5"),
        ("1250,50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1 250,50", "1250.50"),
        ("1.250.000", "1250000"),
        ("1'250'000", "1250000"),
        ("USD 385,000", "385000"),
        ("385000 usd", "385000"),
        ("$ 12", "12"),
        ("−500", "-500"),
        ("١٢٠٠", "1200"),
        ("１２００", "1200"),
        ("1.250", "1.250"),
        ("12,34,56", "12,34,56"),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
        ("about 10", "about 10"),
        ("1_000", "1_000"),
        ("", ""),
    ],
)
def test_amounts_are_taken_as_people_write_them(typed: str, stored: str) -> None:
    assert written.amount(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("2027", "2027"), (" ٢٠٢٧ ", "2027"), ("−3", "-3"), ("²", "²"), ("x", "x")],
)
def test_whole_numbers_are_taken_in_any_script(typed: str, stored: str) -> None:
    assert written.number(typed) == stored
