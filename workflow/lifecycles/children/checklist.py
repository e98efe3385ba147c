"""The checklist of a round: what has to be so before anybody may be for it, computed and never typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflow.audit import canonical
from workflow.lifecycles.checks.condition import Conditions
from workflow.phrase import Phrase


class LineStanding(StrEnum):
    """How a line of a checklist stands."""

    MET = "met"
    OPEN = "open"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One thing that has to be so.

    Every case of the kinds named under `of` has ended, as one of `ended_in` where these are named, and every
    document named there is filed; or a `measure` of the domain is met. Where a condition under `when` does not
    hold, or a round named under `unless` was settled, it does not apply. An open line bars whoever is for
    it, but where it allows a reason, `or_reason`: then they say why nevertheless.
    """

    key: str
    label: str
    of: tuple[str, ...] = ()
    measure: str = ""
    when: Conditions = ()
    unless: tuple[str, ...] = ()
    ended_in: tuple[str, ...] = ()
    or_reason: bool = False
    source: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that keeps a line open, in a sentence, with the case in which it is or its document.

    `kind` is what such a case is called to whoever may not know of it.
    """

    said: Phrase
    ref: str = ""
    document: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found of a line: how many things were looked at, which are left, or why it does not apply.

    `ended` says how each case ended that is left no more; `to_all` is what is left in the words that
    everybody may read, where these are others than those for the reader.
    """

    looked_at: int = 0
    left: tuple[Unmet, ...] = ()
    why_not: Phrase | None = None
    ended: tuple[Unmet, ...] = ()
    to_all: tuple[Phrase, ...] = ()

    @property
    def left_to_all(self) -> tuple[Phrase, ...]:
        """What is left, in the words that everybody may read."""
        return self.to_all or tuple(each.said for each in self.left)


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line as it stands, with what was found."""

    line: ChecklistLine
    found: Measured

    @property
    def standing(self) -> LineStanding:
        """How it stands; what does not apply is neither met nor open."""
        if self.found.why_not is not None:
            return LineStanding.NOT_APPLICABLE
        return LineStanding.OPEN if self.found.left else LineStanding.MET

    @property
    def bars(self) -> bool:
        """Whether nobody may be for it whatever their reason."""
        return self.standing is LineStanding.OPEN and not self.line.or_reason

    @property
    def asks_why(self) -> bool:
        """Whether whoever is for it says why nevertheless."""
        return self.standing is LineStanding.OPEN and self.line.or_reason


def digest_of(lines: Sequence[CheckedLine]) -> str:
    """The digest by which a page says which checklist it showed; empty where there is none."""
    if not lines:
        return ""
    content = [
        {
            "line": each.line.key,
            "standing": each.standing.value,
            "looked_at": each.found.looked_at,
            "left": [str(left.said) for left in each.found.left],
        }
        for each in lines
    ]
    return canonical.digest(canonical.write({"checklist": content}))
