"""What a check came to, and the sentence that stands at its field."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workflow.lifecycles.checks.check import FormCheck, Stops
from workflow.lifecycles.checks.known import is_day
from workflow.phrase import Dollars, Phrase, Term, phrase
from workflow.reference import reference

MOST_NAMED = 5
KEY = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)


def _named(value: str) -> Term | date | str:
    """A country by its name, and a day as a day; numbers as they are."""
    country = reference().countries.get(value)
    if country:
        return Term(country.name)
    return date.fromisoformat(value) if is_day(value) else value


class ConditionStatus(StrEnum):
    """How a condition stands: met, not met, or not to be told yet."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Held:
    """How values stand to each other: by how much they differ, and which of them are wrong.

    `between` says in which period they would not be.
    """

    standing: ConditionStatus
    differ: Decimal | None = None
    wrong: tuple[str, ...] = ()
    between: tuple[str, ...] = ()


MET, UNMET, OPEN = (Held(each) for each in ConditionStatus)


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One check and how it stands."""

    check: FormCheck
    held: Held

    @property
    def standing(self) -> ConditionStatus:
        """Whether the condition is met."""
        return self.held.standing

    @property
    def unmet(self) -> bool:
        """Whether the condition is known not to be met."""
        return self.held.standing is ConditionStatus.UNMET

    @property
    def blocks(self) -> bool:
        """Whether the text cannot be signed as it stands."""
        return self.unmet and self.check.stops is not Stops.NOTHING

    @property
    def _told(self) -> tuple[str, ...]:
        """Those that are wrong and can be named; what is kept as a key says nothing to anybody."""
        return tuple(each for each in self.held.wrong if not KEY.fullmatch(each))

    @property
    def said(self) -> Phrase:
        """The condition, or what is wrong with it, and by how much."""
        if not self.unmet:
            return phrase("%(condition)s", condition=Term(self.check.label))
        problem = Term(self.check.problem)
        if self.held.differ is not None:
            return phrase("%(problem)s by %(sum)s", problem=problem, sum=Dollars(self.held.differ))
        if self._told:
            named = tuple(map(_named, self._told[:MOST_NAMED]))
            if self.held.between:
                first, last = map(_named, self.held.between)
                return phrase(
                    "%(problem)s: %(which)s (possible: %(first)s to %(last)s)",
                    problem=problem,
                    which=named,
                    first=first,
                    last=last,
                )
            return phrase("%(problem)s: %(which)s", problem=problem, which=named)
        return phrase("%(problem)s", problem=problem)
