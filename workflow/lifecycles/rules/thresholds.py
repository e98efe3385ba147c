"""Rules that count: enough acceptances, or a quorum of positions without an objection."""

import math
from collections.abc import Sequence
from fractions import Fraction

from workflow.lifecycles.rule import Rule, Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import answers_settle, names, standing
from workflow.phrase import Phrase, counted, phrase, together

CERTAIN = phrase("No answer that is missing can change that.")


def threshold(panel: Panel) -> Reading:
    """Whether enough seats are for it, once all have answered, time is up or too few are left.

    Enough acceptances settle it at once only where the rule is `early`, and has heard those of its
    `categories`: others may want to accept.
    """
    needed, for_it = panel.rule.threshold, len(panel.taking(Stance.FOR))
    outcome = "reached" if for_it >= needed else "not_reached"
    bound = (
        phrase(", %(needed)s needed", needed=needed)
        if panel.rule.only_hears
        else phrase(", %(for_it)s for it, %(needed)s needed", for_it=for_it, needed=needed)
    )
    explanation = standing(panel, bound)
    hopeless = for_it + len(panel.open) < needed
    awaited = _awaited(panel)
    if panel.rule.early and panel.open and not (awaited or panel.due_passed) and for_it >= needed:
        return Reading(outcome, together([explanation, CERTAIN]))
    if hopeless or panel.due_passed or not panel.open:
        return Reading(outcome, explanation)
    return Reading(
        None,
        explanation,
        lambda: (answers_settle(panel.open), *_sooner(panel, for_it), _at_due(panel, outcome)),
    )


def _at_due(panel: Panel, outcome: str) -> Phrase:
    """What it counts as where time runs out first; a question was answered or was not."""
    if panel.rule.only_hears:
        return (
            phrase("If time runs out first, it counts as answered.")
            if outcome == "reached"
            else phrase("If time runs out first, it counts as not answered.")
        )
    return (
        phrase("If time runs out first, the threshold counts as reached.")
        if outcome == "reached"
        else phrase("If time runs out first, the threshold counts as not reached.")
    )


def _awaited(panel: Panel) -> tuple[PanelSeat, ...]:
    """The open places that an early end waits for."""
    return tuple(place for place in panel.open if place.category in panel.rule.categories)


def _sooner(panel: Panel, for_it: int) -> tuple[Phrase, ...]:
    """What settles it before all have answered."""
    more, awaited = panel.rule.threshold - for_it, _awaited(panel)
    if not panel.rule.early or more >= len(panel.open) or len(awaited) == len(panel.open):
        return ()
    if panel.rule.only_hears:
        return (_sooner_answered(panel, more, awaited),)
    if awaited:
        return (
            phrase(
                "As soon as %(needed)s are for it and %(who)s answered, it settles.",
                needed=panel.rule.threshold,
                who=_have(awaited),
            ),
        )
    return (
        counted(
            "With %(num)s more for it, it settles at once.",
            "With %(num)s more for it, it settles at once.",
            more,
        ),
    )


def _sooner_answered(panel: Panel, more: int, awaited: Sequence[PanelSeat]) -> Phrase:
    """The same of a question, of which nobody is for anything."""
    if awaited:
        return phrase(
            "As soon as %(needed)s answered and %(who)s answered, it settles.",
            needed=panel.rule.threshold,
            who=_have(awaited),
        )
    return counted(
        "With %(num)s more answer it settles at once.",
        "With %(num)s more answers it settles at once.",
        more,
    )


def _have(places: Sequence[PanelSeat]) -> Phrase:
    return counted("%(who)s has", "%(who)s have", len(places), who=names(places))


def positions(panel: Panel) -> Reading:
    """Passed with a quorum and no objection, once all have answered or time is up.

    An objection waits until time is up, because it may be withdrawn; then the round fails. Where the
    rule is `early`, it fails as soon as there are too few seats for the quorum.
    """
    needed = quorum(panel.rule, len(panel.whole))
    objecting = panel.taking(Stance.AGAINST)
    passing = len(panel.answered) >= needed and not objecting
    quorate = standing(panel, phrase(", quorum %(needed)s", needed=needed))
    explanation = together([quorate, _obstacle(panel, objecting, needed)])
    if passing and (panel.due_passed or not panel.open):
        return Reading("passed", explanation)
    if panel.due_passed or (panel.rule.early and needed > len(panel.deciding)):
        return Reading("failed", explanation)
    ending = (
        phrase("If time runs out first, the round passes.")
        if passing
        else phrase("If time runs out first, the round fails.")
    )
    possible = needed <= len(panel.deciding)
    passage = (_passage(panel, objecting),) if possible else ()
    return Reading(None, explanation, lambda: (*passage, ending))


def quorum(rule: Rule, seats: int) -> int:
    """How many of so many seats must answer under `rule`.

    The share is read as it is written: seven hundredths of a hundred seats are seven, not the
    eight that binary fractions round up to.
    """
    return max(rule.quorum_least, math.ceil(Fraction(str(rule.quorum_share)) * seats))


def _obstacle(panel: Panel, objecting: Sequence[PanelSeat], needed: int) -> Phrase | None:
    if objecting:
        return phrase("The objection of %(who)s stands.", who=names(objecting))
    if needed > len(panel.deciding):
        return phrase("There are fewer seats than the quorum, so it cannot pass.")
    if panel.due_passed and len(panel.answered) < needed:
        return phrase("Time ran out before the quorum was there.")
    return None


def _passage(panel: Panel, objecting: Sequence[PanelSeat]) -> Phrase:
    withdrawing = counted(
        "%(who)s withdraws its objection",
        "%(who)s withdraw their objections",
        len(objecting),
        who=names(objecting),
    )
    answering = counted(
        "%(who)s answers without objecting",
        "%(who)s answer without objecting",
        len(panel.open),
        who=names(panel.open),
    )
    steps = (withdrawing,) * bool(objecting) + (answering,) * bool(panel.open)
    return phrase("If %(steps)s, the round passes.", steps=steps)
