"""The rule evaluator: how a round stands, from its seats and answers alone."""

from collections.abc import Callable, Mapping, Sequence

from workflow.lifecycles.rule import Rule, RuleKind
from workflow.lifecycles.rules.advice import quorum_by_category
from workflow.lifecycles.rules.consensus import consensus
from workflow.lifecycles.rules.panel import Answer, Panel, PanelSeat, Reading
from workflow.lifecycles.rules.sequence import comes_after, sequential
from workflow.lifecycles.rules.silence import silence
from workflow.lifecycles.rules.single import single, single_after_consultation
from workflow.lifecycles.rules.thresholds import positions, threshold
from workflow.lifecycles.rules.unanimity import all_of, dual
from workflow.lifecycles.rules.votes import constituencies, qualified_majority, veto, weighted
from workflow.lifecycles.rules.wording import names
from workflow.phrase import phrase

__all__ = ["Answer", "PanelSeat", "Reading", "comes_after", "read"]

READERS: Mapping[RuleKind, Callable[[Panel], Reading]] = {
    RuleKind.SINGLE: single,
    RuleKind.ALL_OF: all_of,
    RuleKind.THRESHOLD: threshold,
    RuleKind.POSITIONS: positions,
    RuleKind.QUORUM_BY_CATEGORY: quorum_by_category,
    RuleKind.CONSENSUS: consensus,
    RuleKind.DUAL: dual,
    RuleKind.SINGLE_AFTER_CONSULTATION: single_after_consultation,
    RuleKind.QUALIFIED_MAJORITY: qualified_majority,
    RuleKind.WEIGHTED: weighted,
    RuleKind.CONSTITUENCIES: constituencies,
    RuleKind.VETO: veto,
    RuleKind.SEQUENTIAL: sequential,
    RuleKind.SILENCE: silence,
}


def read(
    rule: Rule,
    places: Sequence[PanelSeat],
    answers: Mapping[int, Answer],
    *,
    due_passed: bool = False,
) -> Reading:
    """How `rule` reads `answers` (by seat) on `places`; `due_passed` says that time is up.

    Where nobody is left to decide, nothing is ever approved: that is an incident.
    """
    panel = Panel.of(rule, places, answers, due_passed=due_passed)
    return READERS[rule.kind](panel) if panel.deciding else _nobody(panel)


NEEDED = phrase("Somebody has to be asked to decide before it can settle.")


def _nobody(panel: Panel) -> Reading:
    why = (
        phrase(
            "Nobody is left to decide after %(who)s stepped back: this is an incident, and it "
            "approves nothing.",
            who=names(panel.recused),
        )
        if panel.recused
        else phrase("Nobody is left to decide: this is an incident, and it approves nothing.")
    )
    return Reading(None, why, lambda: (NEEDED,))
