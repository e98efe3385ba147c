"""What several parts reported as one figure: their sum, their average or the latest of them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.results.test_lights import indicator
from workflow.results.consolidation import consolidated
from workflow.results.indicators import Actual, Together

DAY = date(2006, 6, 30)


def told(value: str, of_which: str = "", until: date = DAY) -> Actual:
    apart = Decimal(of_which) if of_which else None
    return Actual("1.1", date(2006, 1, 1), until, Decimal(value), apart)


@pytest.mark.parametrize(
    ("together", "value", "apart"),
    [(Together.SUM, "12.5", 5), (Together.AVERAGE, "6.2", None), (Together.LATEST, "8.5", 3)],
)
def test_it_comes_together_as_the_indicator_says(
    together: Together, value: str, apart: int | None
) -> None:
    parts = {"Angola": told("4", "2", date(2005, 12, 31)), "Mozambique": told("8.5", "3")}

    found = consolidated(indicator("0", "20", together=together), parts)

    assert found.actual is not None
    assert (str(found.actual.value), found.actual.of_which) == (value, apart)
    assert (found.actual.period_to, found.missing) == (DAY, ())


@pytest.mark.parametrize(
    ("one", "other", "together"), [("0", "0", 0), ("0", "3", 3), ("2", "", None), ("", "", None)]
)
def test_who_is_counted_apart_comes_together_where_all_counted_them(
    one: str, other: str, together: int | None
) -> None:
    found = consolidated(
        indicator("0", "20"), {"Angola": told("4", one), "Mozambique": told("8", other)}
    )

    assert found.actual is not None
    assert found.actual.of_which == together


def test_who_has_not_reported_is_named_and_the_others_count() -> None:
    found = consolidated(
        indicator("0", "20"), {"Angola": None, "Mozambique": told("8"), "Zambia": None}
    )

    assert found.actual is not None
    assert (found.actual.value, found.missing) == (8, ("Angola", "Zambia"))
    assert tuple(found.parts) == ("Mozambique",)


def test_where_nobody_has_reported_there_is_no_figure() -> None:
    found = consolidated(indicator("0", "20"), {"Angola": None, "Zambia": None})

    assert (found.actual, found.missing) == (None, ("Angola", "Zambia"))


@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=9))
def test_a_sum_is_the_sum_of_what_each_said(values: list[Decimal]) -> None:
    parts = {f"part {number}": told(str(value)) for number, value in enumerate(values)}

    found = consolidated(indicator("0", "20"), parts)

    assert found.actual is not None
    assert found.actual.value == sum(values)
