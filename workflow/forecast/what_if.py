"""What if: somebody answers later, a quorum changes, an office is on leave; read as people write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.rule import Rule, RuleKind
from workflow.phrase import Phrase, phrase

_DAYS = re.compile(r"(\d{1,3}(?:\.\d)?) ?d?")
_QUORUM = re.compile(r"(\d{1,3})(?:/(\d{1,3}))?")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
# The years that a simulation knows.
YEARS = range(1990, 2101)
# What counts a quorum of those asked.
_QUORATE = frozenset(
    {
        RuleKind.POSITIONS,
        RuleKind.QUALIFIED_MAJORITY,
        RuleKind.WEIGHTED,
        RuleKind.CONSTITUENCIES,
        RuleKind.VETO,
    }
)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is changed: days by which a role answers later, quorums by round, and leaves by who takes them."""

    later: Mapping[str, float] = field(default_factory=dict)
    quorum: Mapping[str, Fraction] = field(default_factory=dict)
    away: Mapping[str, tuple[tuple[datetime, datetime], ...]] = field(default_factory=dict)


def what_if(
    definition: Definition,
    later: Sequence[str] = (),
    quorum: Sequence[str] = (),
    away: Sequence[str] = (),
) -> WhatIf:
    """What is written as ROLE=DAYS, ROUND=SHARE and WHO=FIRST..LAST; refuses what says nothing.

    A share is 2/3 of the seats or a number of them. Whoever is away is named by a role, or else
    left for who knows people; the last day of a leave belongs to it.
    """
    return WhatIf(
        later={role: _days(said) for role, said in map(_pair, later) if _role(definition, role)},
        quorum={key: _share(definition, key, said) for key, said in map(_pair, quorum)},
        away=_leaves([_pair(each) for each in away]),
    )


def with_quorum(definition: Definition) -> tuple[str, ...]:
    """The rounds that have a quorum, or a number of answers that they need."""
    return tuple(
        each.key
        for each in definition.rounds.values()
        if each.rule.kind in _QUORATE or each.rule.kind is RuleKind.THRESHOLD
    )


def with_quorums(definition: Definition, quorum: Mapping[str, Fraction]) -> Definition:
    """The lifecycle with other quorums, for a simulation alone: its digest is still the original's."""
    rounds = {
        key: replace(spec, rule=_changed(spec.rule, quorum[key])) if key in quorum else spec
        for key, spec in definition.rounds.items()
    }
    return replace(definition, rounds=rounds)


def _changed(rule: Rule, share: Fraction) -> Rule:
    if rule.kind is RuleKind.THRESHOLD:
        return replace(rule, threshold=int(share))
    if share >= 1 and share.denominator == 1:
        return replace(rule, quorum_share=0.0, quorum_least=int(share))
    return replace(rule, quorum_share=float(share), quorum_least=0)


def _pair(said: str) -> tuple[str, str]:
    name, _, value = said.partition("=")
    if not name.strip() or not value.strip():
        raise _refused(
            phrase("“%(said)s” says no change: write a name, “=” and what changes.", said=said)
        )
    return name.strip(), value.strip()


def _role(definition: Definition, role: str) -> bool:
    if role not in definition.roles:
        raise _refused(
            phrase(
                "The lifecycle has no role %(role)s; its roles are %(roles)s.",
                role=role,
                roles=tuple(definition.roles),
            )
        )
    return True


def _days(said: str) -> float:
    found = _DAYS.fullmatch(said)
    if found is None:
        raise _refused(phrase("“%(said)s” is no number of days: write 1d, 2d or 0.5d.", said=said))
    return float(found[1])


def _share(definition: Definition, key: str, said: str) -> Fraction:
    spec, found = definition.rounds.get(key), _QUORUM.fullmatch(said)
    quorate = with_quorum(definition)
    if spec is None or key not in quorate:
        raise _refused(
            phrase(
                "No round %(round)s has a quorum; those that have one: %(rounds)s.",
                round=key,
                rounds=quorate or "none",
            )
        )
    wrong = phrase("“%(said)s” is no quorum: write a share such as 2/3, or a number.", said=said)
    if found is None or found[2] == "0" or int(found[1]) == 0 or int(found[2] or 1) == 0:
        raise _refused(wrong)
    share = Fraction(int(found[1]), int(found[2] or 1))
    if found[2] and share > 1:
        raise _refused(phrase("“%(said)s” is more than all of them.", said=said))
    if spec.rule.kind is RuleKind.THRESHOLD and share.denominator != 1:
        raise _refused(
            phrase("%(round)s counts answers: write how many, as a whole number.", round=key)
        )
    return share


def _leaves(
    said: Sequence[tuple[str, str]],
) -> dict[str, tuple[tuple[datetime, datetime], ...]]:
    found: dict[str, tuple[tuple[datetime, datetime], ...]] = {}
    for who, span in said:
        found[who] = (*found.get(who, ()), _span(span))
    return found


def _span(said: str) -> tuple[datetime, datetime]:
    wrong = phrase(
        "“%(said)s” is no leave: write its first and last day as 2026-12-01..2027-01-15.", said=said
    )
    found = _SPAN.fullmatch(said)
    if found is None:
        raise _refused(wrong)
    try:
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
    except ValueError as no_day:
        raise _refused(wrong) from no_day
    if last < first or first.year not in YEARS or last.year not in YEARS:
        raise _refused(wrong)
    midnight = datetime.combine(first, time(), UTC)
    return midnight, datetime.combine(last, time(), UTC) + timedelta(days=1)


def _refused(said: Phrase) -> Invalid:
    return Invalid(said)
