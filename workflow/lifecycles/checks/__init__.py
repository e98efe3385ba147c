"""Relations between the values of forms, declared in a lifecycle and judged without any database."""

from collections.abc import Callable, Iterable, Mapping

from workflow.lifecycles.checks import amounts, rows, times
from workflow.lifecycles.checks.check import CheckKind, FormCheck
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import CheckFinding, Held

READERS: Mapping[CheckKind, Callable[[FormCheck, KnownValues], Held]] = {
    CheckKind.EQUAL: amounts.equal,
    CheckKind.AT_MOST: amounts.at_most,
    CheckKind.AT_LEAST: amounts.at_least,
    CheckKind.AFTER: times.after,
    CheckKind.WITHIN: times.within,
    CheckKind.SAME: rows.same,
    CheckKind.GIVEN: rows.given,
    CheckKind.NONE: rows.none,
    CheckKind.ANSWERS: rows.answers,
    CheckKind.ONCE: rows.once,
    CheckKind.FILED: rows.filed,
}


def findings(checks: Iterable[FormCheck], known: KnownValues) -> tuple[CheckFinding, ...]:
    """How each check stands that is asked of what is known."""
    asked = (check for check in checks if known.asks(check.when))
    return tuple(CheckFinding(check, READERS[check.kind](check, known)) for check in asked)
