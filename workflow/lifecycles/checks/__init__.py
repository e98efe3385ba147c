"""Relations between the values of forms, declared in a lifecycle and judged without any database."""

from collections.abc import Callable, Iterable, Mapping

from workflow.lifecycles.checks import amounts, rows, times
from workflow.lifecycles.checks.check import CheckKind, FormCheck
from workflow.lifecycles.checks.condition import CaseCondition
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import CheckFinding, ConditionStatus, Held

READERS: Mapping[CheckKind, Callable[[FormCheck, KnownValues], Held]] = {
    CheckKind.EQUAL: amounts.equal,
    CheckKind.AT_MOST: amounts.at_most,
    CheckKind.AT_LEAST: amounts.at_least,
    CheckKind.AFTER: times.after,
    CheckKind.WITHIN: times.within,
    CheckKind.EACH_AT_MOST: amounts.each_at_most,
    CheckKind.SAME: rows.same,
    CheckKind.OTHER: rows.other,
    CheckKind.AGREES: rows.agrees,
    CheckKind.UNMOVED: rows.unmoved,
    CheckKind.GIVEN: rows.given,
    CheckKind.NONE: rows.none,
    CheckKind.ANSWERS: rows.answers,
    CheckKind.ONCE: rows.once,
    CheckKind.FILED: rows.filed,
    CheckKind.IS: rows.one_of,
}


def findings(checks: Iterable[FormCheck], known: KnownValues) -> tuple[CheckFinding, ...]:
    """How each check stands that is asked of what is known, but for those that yield to one that does not hold."""
    asked = (check for check in checks if known.asks(check.when))
    found = tuple(CheckFinding(check, READERS[check.kind](check, known)) for check in asked)
    unmet = {each.check.key for each in found if each.unmet}
    return tuple(
        each for each in found if not (each.unmet and unmet.intersection(each.check.yields_to))
    )


def hold(conditions: Iterable[CaseCondition], known: KnownValues) -> bool:
    """Whether every one of these conditions is met by what is known; one that is open is not."""
    return all(_holds(each, known) for each in conditions)


def _holds(condition: CaseCondition, known: KnownValues) -> bool:
    relation = condition.relation
    told = all(known.values(place) for place in condition.needs())
    return told and READERS[relation.kind](relation, known).standing is ConditionStatus.MET
