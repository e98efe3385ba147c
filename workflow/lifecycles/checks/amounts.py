"""Checks of amounts: sums and balances that must agree, and ceilings and shares."""

from decimal import Decimal
from fractions import Fraction

from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import MET, OPEN, ConditionStatus, Held

CENT = Decimal("0.01")


def equal(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of` adds up to what stands in `to`."""
    left, right = known.amount(check.of, check.rows), known.amount(check.to)
    if left is None or right is None:
        return OPEN
    return _differing(abs(left - right))


def at_most(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of`, here and `across` what was filed before, is no more than the share of `to`."""
    whole = _whole(check, known)
    if whole is None:
        return OPEN
    return _differing(_part(check, known) - _share(check.share, whole))


def at_least(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of` is no less than the share of what stands in `to`."""
    whole = _whole(check, known)
    if whole is None:
        return OPEN
    return _differing(_share(check.share, whole) - _part(check, known))


def _whole(check: FormCheck, known: KnownValues) -> Decimal | None:
    return known.amount(check.to) if check.amount is None else check.amount


def _part(check: FormCheck, known: KnownValues) -> Decimal:
    every = (known, *known.others(check.across))
    return sum((each.amount(check.of, check.rows) or Decimal() for each in every), Decimal())


def _share(share: Fraction, whole: Decimal) -> Decimal:
    return (whole * share.numerator / share.denominator).quantize(CENT)


def _differing(too_much: Decimal) -> Held:
    return Held(ConditionStatus.UNMET, differ=too_much) if too_much > 0 else MET
