"""Checks of what is there: how many, none of a kind, and rows that answer rows."""

from collections import Counter

from workflow.lifecycles.checks.check import CASE, FormCheck
from workflow.lifecycles.checks.known import KnownValues, amount_of, written
from workflow.lifecycles.checks.results import MET, OPEN, UNMET, ConditionStatus, Held


def given(check: FormCheck, known: KnownValues) -> Held:
    """At least so many values stand in `of`, where a group is named of that group."""
    found = set(known.all(check.of, check.rows))
    if check.among:
        found &= known.groups.get(check.among, frozenset())
    if len(found) >= check.number:
        return MET
    return UNMET if check.when or known.all(check.of) else OPEN


def none(check: FormCheck, known: KnownValues) -> Held:
    """No value in `of` belongs to the group, or is one of those in `to`, which are named."""
    written = known.all(check.of, check.rows)
    if not written:
        return OPEN
    if known.groups.get(check.among, frozenset()).intersection(written):
        return UNMET
    wrong = set(written).intersection(known.all(check.to))
    return Held(ConditionStatus.UNMET, wrong=_in_order(wrong)) if wrong else MET


def same(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of` is what stands in `to`, which is named where it is not."""
    here, there = known.all(check.of), known.all(check.to)
    if not here or not there:
        return OPEN
    return MET if alike(here, there) else Held(ConditionStatus.UNMET, wrong=there)


def other(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of` is something else than what stands in `to`."""
    here, there = known.all(check.of), known.all(check.to)
    if not here or not there:
        return OPEN
    return UNMET if alike(here, there) else MET


def agrees(check: FormCheck, known: KnownValues) -> Held:
    """Each row of `of` says what the row of `to` with the same name says; what that says is named where it does not."""
    told, asked = known.by_name(check.to), known.by_name(check.of)
    if not told or not asked:
        return OPEN
    wrong = [name for name, value in asked.items() if not alike((value,), (told.get(name, ""),))]
    said = [f"{name}: {told[name]}" if name in told else name for name in wrong]
    return Held(ConditionStatus.UNMET, wrong=tuple(said)) if wrong else MET


def unmoved(check: FormCheck, known: KnownValues) -> Held:
    """What is in force in `to` is what it was as `of` was written, or what `of` says; it is named where it is not."""
    here, there = known.all(check.of), known.all(check.to)
    then = tuple(value for place in check.to for value in written(known.then.get(place.field)))
    if not here or alike(here, then) or alike(there, then) or alike(here, there):
        return MET
    return Held(ConditionStatus.UNMET, wrong=there)


def answers(check: FormCheck, known: KnownValues) -> Held:
    """Each row of `to` is answered by one row of `of`, and no row answers what is not there.

    Where no row is written yet it is open, unless the house itself found what is asked: silence is no answer then.
    """
    told = Counter(known.all(check.of))
    asked = set(known.all(check.to)) - set(known.all(check.besides))
    found_by_the_house = any(place.document == CASE for place in check.to)
    if not asked or not (told or check.besides or found_by_the_house):
        return OPEN
    wrong = {each for each in asked if told[each] != 1} | (told.keys() - asked)
    return Held(ConditionStatus.UNMET, wrong=_in_order(wrong)) if wrong else MET


def once(check: FormCheck, known: KnownValues) -> Held:
    """No value stands twice in `of`."""
    told = Counter(known.all(check.of))
    wrong = {each for each, times in told.items() if times > 1}
    return Held(ConditionStatus.UNMET, wrong=_in_order(wrong)) if wrong else MET


def filed(check: FormCheck, known: KnownValues) -> Held:
    """The documents in `to` have been filed."""
    return MET if all(place.document in known.documents for place in check.to) else UNMET


def one_of(check: FormCheck, known: KnownValues) -> Held:
    """What stands in `of` is one of the words."""
    told = set(known.all(check.of))
    if not told:
        return OPEN
    wrong = told - check.words
    return Held(ConditionStatus.UNMET, wrong=_in_order(wrong)) if wrong else MET


def _in_order(values: set[str]) -> tuple[str, ...]:
    """Numbers by their size, then words."""
    return tuple(sorted(values, key=lambda each: (amount_of(each) is None, len(each), each)))


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the same stands in both, in whichever order and however an amount is written."""
    return _spelled(one) == _spelled(other)


def _spelled(values: tuple[str, ...]) -> list[str]:
    """The values as they compare: 1000 and 1000.00 are the same amount."""
    return sorted(_plainest(each) for each in values)


def _plainest(value: str) -> str:
    amount = amount_of(value)
    return value if amount is None else str(amount.normalize())
