"""Whether an indicator is on track: computed from its figures, with the sentence that explains it: pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from workflow.phrase import Phrase, phrase
from workflow.results.indicators import Actual, Direction, Indicator, rounded

# Nine tenths of the way are on track, two thirds are behind, anything less is far behind.
ON_TRACK, BEHIND = Fraction(9, 10), Fraction(2, 3)


class Light(StrEnum):
    """How an indicator stands; nobody sets it by hand."""

    ON_TRACK = "on track"
    BEHIND = "behind"
    FAR_BEHIND = "far behind"
    NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """How an indicator stands on a day, and why.

    `share` is (actual − baseline) ÷ (should be − baseline); there is none where nothing was reported
    and where no change is due by the day.
    """

    indicator: Indicator
    on: date
    should_be: Decimal
    actual: Actual | None
    share: Fraction | None
    light: Light
    said: Phrase


def standing(indicator: Indicator, actual: Actual | None, on: date) -> IndicatorStanding:
    """How an indicator stands on a day by what was reported of it last; nothing to report is told as well."""
    should_be = indicator.should_be(on)
    if actual is None:
        said = phrase("Nothing is reported of it.")
        return IndicatorStanding(indicator, on, should_be, None, None, Light.NOT_REPORTED, said)
    share = share_of(indicator, actual.value, should_be)
    light = _light(indicator, actual.value, should_be, share)
    said = _why(indicator, actual.value, should_be, share)
    return IndicatorStanding(indicator, on, should_be, actual, share, light, said)


def share_of(indicator: Indicator, value: Decimal, should_be: Decimal) -> Fraction | None:
    """How much of the way to where it should be was gone; nothing where there is no way to go."""
    if not indicator.better(should_be, indicator.baseline):
        return None
    gone, way = value - indicator.baseline, should_be - indicator.baseline
    return Fraction(gone) / Fraction(way)


def percent(share: Fraction) -> str:
    """A share in whole percent, never rounded up to a bound that it does not reach."""
    return str(int(share * 100 // 1))


def _light(
    indicator: Indicator, value: Decimal, should_be: Decimal, share: Fraction | None
) -> Light:
    if share is None:
        return Light.FAR_BEHIND if indicator.better(should_be, value) else Light.ON_TRACK
    if share >= ON_TRACK:
        return Light.ON_TRACK
    return Light.BEHIND if share >= BEHIND else Light.FAR_BEHIND


def _why(
    indicator: Indicator, value: Decimal, should_be: Decimal, share: Fraction | None
) -> Phrase:
    if indicator.better(value, should_be):
        by = plain(abs(value - should_be))
        if indicator.direction is Direction.LESS:
            return phrase("%(by)s below where it should be, and less is better", by=by)
        return phrase("%(by)s above where it should be", by=by)
    if value == should_be:
        return phrase("just where it should be")
    if share is None:
        return phrase("worse than its baseline, and no change is due yet")
    if share < 0:
        return phrase("worse than its baseline")
    return phrase("%(percent)s %% of the way to where it should be", percent=percent(share))


def plain(figure: Decimal) -> str:
    """A figure as it is written, without zeros that say nothing."""
    whole = figure == figure.to_integral_value()
    return f"{figure.quantize(Decimal(1)):f}" if whole else f"{figure.normalize():f}"


def of_whom(value: Decimal, of_which: Decimal) -> str:
    """How many of a hundred are counted apart; nothing where there is nobody."""
    return "" if value <= 0 else str(rounded(Fraction(of_which) / Fraction(value) * 100, 0))
