"""Checks of amounts: sums and balances that must agree, and ceilings and shares."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from workflow.lifecycles.checks.check import FormCheck, ValuePlace
from workflow.lifecycles.checks.known import KnownValues, amount_of
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


def each_at_most(check: FormCheck, known: KnownValues) -> Held:
    """Of no row of `of` does the amount come to more than the share of what stands in `to` for its name.

    What was signed beside this case counts with it, and the whole is what stood before any of that.
    """
    moved: dict[str, Decimal] = {}
    whole: dict[str, Decimal] = {}
    for each in (*known.alike(check.beside), known):
        for name, amount in _by_name(each, check.of):
            moved[name] = moved.get(name, Decimal()) + amount
        for name, amount in _by_name(each, check.to):
            whole.setdefault(name, amount)
    asked = {name for name, _ in _by_name(known, check.of)}
    if not asked:
        return OPEN
    left = {name: moved[name] - _share(check.share, whole.get(name, Decimal())) for name in asked}
    over = tuple(sorted(name for name in asked if left[name] > 0))
    too_much = sum((left[name] for name in over), Decimal())
    return Held(ConditionStatus.UNMET, differ=too_much, wrong=over) if over else MET


def _by_name(known: KnownValues, places: tuple[ValuePlace, ...]) -> Iterator[tuple[str, Decimal]]:
    for name, written in known.rows(places):
        amount = amount_of(written)
        if amount is not None:
            yield name, amount


def _whole(check: FormCheck, known: KnownValues) -> Decimal | None:
    return known.amount(check.to) if check.amount is None else check.amount


def _part(check: FormCheck, known: KnownValues) -> Decimal:
    every = (known, *known.others(check.across))
    return sum((each.amount(check.of, check.rows) or Decimal() for each in every), Decimal())


def _share(share: Fraction, whole: Decimal) -> Decimal:
    return (whole * share.numerator / share.denominator).quantize(CENT)


def _differing(too_much: Decimal) -> Held:
    return Held(ConditionStatus.UNMET, differ=too_much) if too_much > 0 else MET
