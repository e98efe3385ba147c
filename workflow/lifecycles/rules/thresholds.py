"""Rules that count: enough acceptances, or a quorum of positions without an objection."""

import math
from collections.abc import Sequence
from fractions import Fraction

from workflow.lifecycles.definition import Rule, Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import answers_settle, do, names, standing


def threshold(panel: Panel) -> Reading:
    """Whether enough seats are for it, once all have answered, time is up or too few are left.

    Enough acceptances do not settle it early: others may still want to accept.
    """
    needed, for_it = panel.rule.threshold, len(panel.taking(Stance.FOR))
    outcome = "reached" if for_it >= needed else "not_reached"
    explanation = standing(panel, f", {for_it} for it, {needed} needed")
    hopeless = for_it + len(panel.open) < needed
    if hopeless or panel.due_passed or not panel.open:
        return Reading(outcome, explanation)
    spoken = "reached" if outcome == "reached" else "not reached"
    at_due = f"If time runs out first, the threshold counts as {spoken}."
    return Reading(None, explanation, (answers_settle(panel.open), at_due))


def positions(panel: Panel) -> Reading:
    """Passed with a quorum and no objection, once all have answered or time is up.

    An objection waits until time is up, because it may be withdrawn; then the round fails.
    """
    needed = quorum(panel.rule, len(panel.whole))
    objecting = panel.taking(Stance.AGAINST)
    passing = len(panel.answered) >= needed and not objecting
    explanation = f"{standing(panel, f', quorum {needed}')} {_obstacle(panel, objecting, needed)}"
    if passing and (panel.due_passed or not panel.open):
        return Reading("passed", explanation.strip())
    if panel.due_passed:
        return Reading("failed", explanation.strip())
    ending = f"If time runs out first, the round {'passes' if passing else 'fails'}."
    possible = needed <= len(panel.deciding)
    passage = (_passage(panel, objecting),) if possible else ()
    return Reading(None, explanation.strip(), (*passage, ending))


def quorum(rule: Rule, seats: int) -> int:
    """How many of so many seats must answer under `rule`.

    The share is read as it is written: seven hundredths of a hundred seats are seven, not the
    eight that binary fractions round up to.
    """
    return max(rule.quorum_least, math.ceil(Fraction(str(rule.quorum_share)) * seats))


def _obstacle(panel: Panel, objecting: Sequence[PanelSeat], needed: int) -> str:
    if objecting:
        return f"The objection of {names(objecting)} stands."
    if needed > len(panel.deciding):
        return "There are fewer seats than the quorum, so it cannot pass."
    if panel.due_passed and len(panel.answered) < needed:
        return "Time ran out before the quorum was there."
    return ""


def _passage(panel: Panel, objecting: Sequence[PanelSeat]) -> str:
    objections = do(objecting, "its objection", "their objections")
    withdrawing = f"{names(objecting)} {do(objecting, 'withdraws', 'withdraw')} {objections}"
    answering = f"{names(panel.open)} {do(panel.open, 'answers', 'answer')} without objecting"
    steps = [withdrawing] * bool(objecting) + [answering] * bool(panel.open)
    return f"If {' and '.join(steps)}, the round passes."
