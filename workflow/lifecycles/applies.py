"""For what a lifecycle applies: conditions on what is known of a case before it is begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from workflow.lifecycles.checks.results import ConditionStatus

# What is known before a case is begun, by the name of the question: a number, or the key of a choice.
Known: TypeAlias = Mapping[str, Decimal | str]


@dataclass(frozen=True, slots=True)
class Precondition:
    """One condition on the answer to the question `of`: among some choices, or within bounds.

    A bound is in the unit of the question; None where there is none on that side. `words` say it
    where the lifecycle says it itself.
    """

    of: str
    among: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    words: str = ""

    def stands(self, known: Known) -> ConditionStatus:
        """How it stands with what is known; an answer that is of another kind than it asks for does not meet it."""
        given = known.get(self.of)
        if given is None or given == "":
            return ConditionStatus.OPEN
        return ConditionStatus.MET if self._holds(given) else ConditionStatus.UNMET

    def _holds(self, given: Decimal | str) -> bool:
        if self.among:
            return given in self.among
        if not isinstance(given, Decimal):
            return False
        over = self.at_most is not None and given > self.at_most
        under = self.at_least is not None and given < self.at_least
        return not over and not under


@dataclass(frozen=True, slots=True)
class Applies:
    """What a lifecycle is for, in words, and the conditions under which it is; for everything where it names none."""

    words: str = ""
    when: tuple[Precondition, ...] = ()
    source: tuple[str, ...] = ()

    def standing(self, known: Known) -> ConditionStatus:
        """How all of its conditions stand together: one that is unmet outweighs one that is open."""
        found = {each.stands(known) for each in self.when}
        if ConditionStatus.UNMET in found:
            return ConditionStatus.UNMET
        return ConditionStatus.OPEN if ConditionStatus.OPEN in found else ConditionStatus.MET

    @property
    def asks(self) -> frozenset[str]:
        """The questions on which its conditions are."""
        return frozenset(each.of for each in self.when)


EVERYTHING = Applies()
