"""What several parts reported of an indicator as one figure, and which of them have not reported: pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workflow.results.indicators import Actual, Indicator, Together, rounded


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One figure for all parts that reported, what each of them said, and which said nothing."""

    actual: Actual | None
    parts: Mapping[str, Actual]
    missing: tuple[str, ...]


def consolidated(indicator: Indicator, parts: Mapping[str, Actual | None]) -> Consolidated:
    """What the parts, by their names, come to in the way that the indicator says."""
    told = {name: actual for name, actual in parts.items() if actual is not None}
    missing = tuple(name for name in parts if name not in told)
    return Consolidated(_together(indicator, tuple(told.values())), told, missing)


def _together(indicator: Indicator, told: tuple[Actual, ...]) -> Actual | None:
    if not told:
        return None
    # Of several for the same day the last one, by the names of the parts.
    newest = max(reversed(told), key=lambda each: each.period_to)
    if indicator.together is Together.LATEST:
        return newest
    value = sum((Fraction(each.value) for each in told), Fraction())
    apart = [each.of_which for each in told if each.of_which is not None]
    # Of a sum of which some did not count anybody apart nobody knows how many these are.
    together = sum(apart, Decimal(0)) if len(apart) == len(told) else None
    if indicator.together is Together.AVERAGE:
        # A mean of whole numbers needs a decimal to be told from the next one.
        return Actual(
            indicator.code, min(each.period_from for each in told), newest.period_to,
            rounded(value / len(told), indicator.decimals + 1),
        )  # fmt: skip
    decimals = max(max(0, -int(each.value.as_tuple().exponent)) for each in told)
    return Actual(
        indicator.code, min(each.period_from for each in told), newest.period_to,
        rounded(value, decimals), together,
    )  # fmt: skip
