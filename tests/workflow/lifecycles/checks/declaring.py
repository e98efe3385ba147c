"""Checks for the tests, and what they came to."""

from collections.abc import Mapping
from typing import Any

from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.check import CheckKind, FormCheck, OnlyWhere, ValuePlace
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.checks.results import CheckFinding, ConditionStatus


def places(*written: str) -> tuple[ValuePlace, ...]:
    """The places that are written so."""
    return tuple(map(ValuePlace.named, written))


def check(kind: CheckKind, *of: str, to: tuple[str, ...] = (), **more: Any) -> FormCheck:
    """A check of what stands in `of`, held against `to`."""
    words = {"key": "it", "at": "here", "label": "It holds", "problem": "It does not hold"}
    return FormCheck(kind=kind, of=places(*of), to=places(*to), **(words | more))


def only(column: str, *words: str) -> OnlyWhere:
    """Those rows whose column says one of the words."""
    return OnlyWhere(ValuePlace("", column), frozenset(words))


def found(of: FormCheck, content: Mapping[str, Any], **known: Any) -> CheckFinding:
    """How the one check stands to some content."""
    (finding,) = findings([of], KnownValues(content, **known))
    return finding


def stands(of: FormCheck, content: Mapping[str, Any], **known: Any) -> ConditionStatus:
    """Whether the one check is met."""
    return found(of, content, **known).standing
