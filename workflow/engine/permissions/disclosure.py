"""The one rule of visibility: whether somebody may read a matter of a case that they may know of.

Every page, file, letter, dossier, export, list and search goes by this function, or by the
conditions in `visibility` that say the same of many cases at once.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from workflow.lifecycles.openness import Openness

# What stands between the capacities in one column.
BETWEEN = " "


@dataclass(frozen=True, slots=True)
class Matter:
    """Something said or filed on a case: to whom it is declared open.

    `draft_of` are the parties whose draft it is; none once it was sent.
    """

    openness: Openness
    draft_of: AbstractSet[int] | None = None


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who somebody is to a case; `parties` are those for which they hold or act for an office."""

    audits: bool = False
    takes_part: bool = False
    parties: AbstractSet[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """Who somebody is to a case, and whether it has been decided on.

    `parts` are the capacities in which a party of theirs takes part in it.
    """

    audits: bool
    takes_part: bool
    decided: bool
    parts: str = ""

    def takes_one_of(self, capacities: Collection[str]) -> bool:
        """Whether a party of theirs takes part in one of these capacities."""
        return not set(self.parts.split(BETWEEN)).isdisjoint(capacities)


def may_read(matter: Matter, onlooker: Onlooker, *, decided: bool) -> bool:
    """Whether the onlooker may read the matter of a case that is `decided` or is not yet."""
    if onlooker.audits:
        return True
    if matter.draft_of is not None:
        return bool(matter.draft_of & onlooker.parties)
    match matter.openness:
        case Openness.EVERYBODY:
            return True
        case Openness.AFTER_DECISION:
            return decided or onlooker.takes_part
        case Openness.PARTICIPANTS:
            return onlooker.takes_part
        case Openness.AUDITORS:
            return False
