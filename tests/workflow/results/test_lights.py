"""Whether an indicator is on track: a table of figures and what they come to, and what holds of any."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.results.indicators import Actual, Direction, Indicator, TargetByDay
from workflow.results.lights import BEHIND, ON_TRACK, Light, of_whom, plain, standing

BEGAN, NOW, END = date(2005, 1, 1), date(2006, 1, 1), date(2007, 1, 1)


def indicator(
    baseline: str, target: str, *, less: bool = False, by_now: str = "", **more: object
) -> Indicator:
    """An indicator of two years; `by_now` is its target half-way."""
    stages = [TargetByDay(NOW, Decimal(by_now))] if by_now else []
    return Indicator(
        code="1.1", statement="Laboratories", output="Laboratories", unit="laboratories",
        direction=Direction.LESS if less else Direction.MORE,
        baseline=Decimal(baseline), baseline_on=BEGAN,
        targets=(*stages, TargetByDay(END, Decimal(target))), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def actual(value: str) -> Actual:
    return Actual("1.1", BEGAN, NOW, Decimal(value))


@pytest.mark.parametrize(
    ("baseline", "target", "by_now", "less", "value", "light", "said"),
    [
        ("6", "22", "12", False, "13", Light.ON_TRACK, "1 above where it should be"),
        ("0", "240", "96", False, "74", Light.BEHIND, "77 % of the way to where it should be"),
        ("11", "3", "7", True, "9", Light.FAR_BEHIND, "50 % of the way to where it should be"),
        ("11", "3", "7", True, "5", Light.ON_TRACK, "2 below where it should be, and less is better"),
        ("0", "10", "10", False, "9", Light.ON_TRACK, "90 % of the way to where it should be"),
        ("0", "100", "100", False, "89.99", Light.BEHIND, "89 % of the way to where it should be"),
        ("0", "3", "3", False, "2", Light.BEHIND, "66 % of the way to where it should be"),
        ("0", "3", "3", False, "1.99", Light.FAR_BEHIND, "66 % of the way to where it should be"),
        ("0", "10", "10", False, "10", Light.ON_TRACK, "just where it should be"),
        ("0", "10", "5", False, "0", Light.FAR_BEHIND, "0 % of the way to where it should be"),
        ("5", "10", "8", False, "4", Light.FAR_BEHIND, "worse than its baseline"),
        ("95", "95", "", False, "95", Light.ON_TRACK, "just where it should be"),
        ("95", "95", "", False, "96.5", Light.ON_TRACK, "1.5 above where it should be"),
        ("95", "95", "", False, "94", Light.FAR_BEHIND, "worse than its baseline, and no change is due yet"),
        ("4", "4", "", True, "3", Light.ON_TRACK, "1 below where it should be, and less is better"),
        ("4", "4", "", True, "5", Light.FAR_BEHIND, "worse than its baseline, and no change is due yet"),
        ("-20", "-4", "-10", False, "-11", Light.ON_TRACK, "90 % of the way to where it should be"),
        ("-4", "-20", "-12", True, "-10", Light.BEHIND, "75 % of the way to where it should be"),
        ("0", "0", "", False, "0", Light.ON_TRACK, "just where it should be"),
        ("0.10", "0.30", "0.20", False, "0.19", Light.ON_TRACK, "90 % of the way to where it should be"),
    ],
)  # fmt: skip
def test_the_light_follows_from_the_figures_and_says_why(
    baseline: str, target: str, by_now: str, less: bool, value: str, light: Light, said: str
) -> None:
    of = indicator(baseline, target, less=less, by_now=by_now)

    found = standing(of, actual(value), NOW)

    assert (found.light, str(found.said)) == (light, said)


def test_what_nobody_reported_is_not_reported_and_where_it_should_stand_is_told() -> None:
    found = standing(indicator("0", "900", by_now="150"), None, NOW)

    assert (found.light, found.actual, found.share, found.should_be) == (
        Light.NOT_REPORTED, None, None, 150,
    )  # fmt: skip


def test_a_straight_line_leads_to_the_end_and_is_rounded_to_the_unit() -> None:
    laboratories, rates = indicator("6", "21"), indicator("0.50", "1.00")

    assert [str(laboratories.should_be(day)) for day in (BEGAN, NOW, END)] == ["6", "14", "21"]
    assert [str(rates.should_be(day)) for day in (BEGAN, NOW, END)] == ["0.50", "0.75", "1.00"]
    assert laboratories.should_be(END + timedelta(days=400)) == 21
    assert laboratories.should_be(BEGAN - timedelta(days=400)) == 6


def test_a_target_by_a_period_bends_the_line() -> None:
    bent = indicator("0", "100", by_now="80")

    half, later = bent.should_be(date(2005, 7, 2)), bent.should_be(date(2006, 7, 2))

    assert (half, bent.should_be(NOW), later, bent.target) == (40, 80, 90, 100)


FIGURES = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@given(FIGURES, FIGURES, FIGURES, st.booleans(), st.integers(0, 900))
def test_the_light_is_the_share_of_the_figures_that_are_shown(
    baseline: Decimal, target: Decimal, value: Decimal, less: bool, days: int
) -> None:
    if (target > baseline) is less:
        baseline, target = target, baseline
    of = indicator(str(baseline), str(target), less=less)

    found = standing(of, actual(str(value)), BEGAN + timedelta(days=days))

    way = Fraction(found.should_be) - Fraction(baseline)
    if not way:
        assert found.share is None
        assert (found.light is Light.ON_TRACK) is not of.better(found.should_be, value)
        return
    share = (Fraction(value) - Fraction(baseline)) / way
    expected = (
        Light.ON_TRACK if share >= ON_TRACK
        else Light.BEHIND if share >= BEHIND
        else Light.FAR_BEHIND
    )  # fmt: skip
    assert (found.share, found.light) == (share, expected)


@given(FIGURES, FIGURES, st.booleans(), st.integers(-50, 800), st.integers(0, 400))
def test_where_it_should_stand_never_goes_back(
    baseline: Decimal, target: Decimal, less: bool, days: int, more: int
) -> None:
    if (target > baseline) is less:
        baseline, target = target, baseline
    of = indicator(str(baseline), str(target), less=less)
    day = BEGAN + timedelta(days=days)

    sooner, later = of.should_be(day), of.should_be(day + timedelta(days=more))

    assert not of.better(sooner, later)
    assert not of.better(sooner, of.target)
    assert not of.better(of.baseline, sooner)


@given(FIGURES, FIGURES, FIGURES, st.integers(0, 800))
def test_less_is_better_stands_as_its_mirror_image_does(
    baseline: Decimal, target: Decimal, value: Decimal, days: int
) -> None:
    baseline, target = min(baseline, target), max(baseline, target)
    day = BEGAN + timedelta(days=days)

    up = standing(indicator(str(baseline), str(target)), actual(str(value)), day)
    down = standing(indicator(str(-baseline), str(-target), less=True), actual(str(-value)), day)

    assert (up.light, up.share, up.should_be) == (down.light, down.share, -down.should_be)


@pytest.mark.parametrize(
    ("value", "apart", "percent"), [("74", "45", "61"), ("0", "0", ""), ("3", "3", "100"), ("-1", "0", "")]
)  # fmt: skip
def test_who_is_counted_apart_is_told_in_percent(value: str, apart: str, percent: str) -> None:
    assert of_whom(Decimal(value), Decimal(apart)) == percent


@pytest.mark.parametrize(
    ("figure", "written"), [("12.50", "12.5"), ("1E+3", "1000"), ("0.00", "0"), ("-7", "-7")]
)
def test_a_figure_is_written_without_zeros_that_say_nothing(figure: str, written: str) -> None:
    assert plain(Decimal(figure)) == written
