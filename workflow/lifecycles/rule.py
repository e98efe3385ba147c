"""A rule: of which kind it is, which answers it takes from whom, and what it can settle a round into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.lifecycles.quantities import Vote
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.lifecycles.terms import Silence


class RuleKind(StrEnum):
    """The ways in which a set of sign-offs can settle."""

    SINGLE = "single"
    ALL_OF = "all_of"
    THRESHOLD = "threshold"
    POSITIONS = "positions"
    QUORUM_BY_CATEGORY = "quorum_by_category"
    CONSENSUS = "consensus"
    DUAL = "dual"
    SINGLE_AFTER_CONSULTATION = "single_after_consultation"
    QUALIFIED_MAJORITY = "qualified_majority"
    WEIGHTED = "weighted"
    CONSTITUENCIES = "constituencies"
    VETO = "veto"
    SEQUENTIAL = "sequential"
    SILENCE = "silence"


class Stance(StrEnum):
    """What a verdict means to the rule."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One possible answer on a seat.

    `outcome` is what a single decider's verdict leads to, and what a unanimous body decides; empty
    where the rule computes it. `needs` lists document kinds that must be complete before it, and
    filed `anew` since the round opened where it says so. `never` lists what keeps it from a person,
    who may give the others: whoever wrote a text advises nobody to approve it.
    """

    key: str
    label: str
    stance: Stance
    outcome: str
    meaning: str
    consequence: str
    reason_required: bool
    part: Part
    needs: tuple[str, ...]
    anew: bool = False
    never: tuple[str, ...] = ()


class Recused(StrEnum):
    """Whether a seat that somebody stepped back from still counts in a whole."""

    LEAVES = "leaves"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Override:
    """Who may lift which bars of a rule for one named person at one seat; nobody for themselves."""

    by: tuple[SeatSpec, ...]
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """How the sign-offs of a round settle.

    `quorum_share` (0 to 1) and `quorum_least` bound positions and votes; `threshold` counts
    answers for; `categories` must each be heard, or are asked one after the other; `never` lists
    what bars a person (author: wrote the text under decision; `signed:<round>`: answered that
    round of this case; `party:signed:<round>` and `office:signed:<round>` bar the seats of a party,
    or of the same office, that answered it, whoever sits there; `family`: answered, wrote or holds or
    held an office of a party that takes part in the case above, or in any case under that one). A consensus stands with `objections_allowed`. One that is
    `early` settles as soon as no missing answer can change it; a threshold hears its `categories` first. By what roles are `called`
    two seats of one party are told apart. In one of which `several` may decide the first answer settles it.
    """

    key: str
    kind: RuleKind
    words: str
    seats: tuple[SeatSpec, ...]
    verdicts: Mapping[str, Verdict]
    quorum_share: float
    quorum_least: int
    threshold: int
    categories: tuple[str, ...]
    never: tuple[str, ...]
    source: tuple[str, ...]
    objections_allowed: int = 0
    recused: Recused = Recused.LEAVES
    vote: Vote = field(default_factory=Vote)
    silence: Silence | None = None
    override: Override | None = None
    early: bool = False
    several: bool = False
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_hears(self) -> bool:
        """Whether whoever is asked can but answer: a question, on which nobody is against or abstains."""
        deciding = [each for each in self.verdicts.values() if each.part is Part.DECIDES]
        return all(each.stance is Stance.FOR for each in deciding)

    def outcomes(self) -> frozenset[str]:
        """Every outcome this rule can settle a round into."""
        decided = {v.outcome for v in self.verdicts.values() if v.outcome}
        return frozenset(decided | set(COMPUTED[self.kind]))


COMPUTED: Mapping[RuleKind, tuple[str, ...]] = {
    RuleKind.SINGLE: (),
    RuleKind.ALL_OF: ("complete",),
    RuleKind.THRESHOLD: ("reached", "not_reached"),
    RuleKind.POSITIONS: ("passed", "failed"),
    RuleKind.QUORUM_BY_CATEGORY: ("advised",),
    RuleKind.CONSENSUS: (),
    RuleKind.DUAL: ("complete",),
    RuleKind.SINGLE_AFTER_CONSULTATION: (),
    RuleKind.QUALIFIED_MAJORITY: ("carried", "not_carried"),
    RuleKind.WEIGHTED: ("carried", "not_carried"),
    RuleKind.CONSTITUENCIES: ("carried", "not_carried"),
    RuleKind.VETO: ("carried", "not_carried"),
    RuleKind.SEQUENTIAL: ("complete",),
    RuleKind.SILENCE: ("adopted", "broken", "superseded"),
}
