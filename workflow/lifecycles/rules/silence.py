"""The rule of silence: adopted when its time is up, unless objections break it before.

Silence is never approval: whoever said nothing is told of as not having objected.
"""

from collections import Counter
from collections.abc import Sequence

from workflow.lifecycles.quantities import Breaks
from workflow.lifecycles.rule import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.votes import weight
from workflow.lifecycles.rules.wording import names, share_words, standing
from workflow.phrase import Phrase, phrase, together

REVIVING = phrase("It is kept if objections are withdrawn before its time is up.")


def silence(panel: Panel) -> Reading:
    """Broken by objections, at once or at the end; adopted at the end, and never before it."""
    terms = panel.rule.silence
    if terms is None or not any(weight(panel, place) for place in panel.deciding):
        incident = phrase("Nobody is left whose objection could count: this is an incident.")
        change = phrase("Somebody whose objection counts has to be asked before it can settle.")
        return Reading(None, together([standing(panel), incident]), lambda: (change,))
    objecting = panel.taking(Stance.AGAINST)
    broken = _broken(panel, terms.breaks, objecting)
    if broken and (panel.due_passed or not terms.revives):
        return Reading("broken", together([standing(panel), _told(objecting, broken=True)]))
    if panel.due_passed:
        return Reading("adopted", together([standing(panel), _not_objecting(panel.open)]))
    now = _told(objecting, broken=broken) or _not_objecting_yet(panel.open)
    change = REVIVING if broken else _breaking(terms.breaks)
    ending = (
        phrase("If time runs out first, the silence is broken.")
        if broken
        else phrase("If time runs out first, the silence is kept.")
    )
    return Reading(None, together([standing(panel), now]), lambda: (change, ending))


def _broken(panel: Panel, breaks: Breaks, objecting: Sequence[PanelSeat]) -> bool:
    """Whether these objections are as many, or as heavy, as it takes."""
    if not objecting:
        return False
    if len(objecting) == len(panel.deciding):
        return True
    if breaks.share:
        whole = sum(weight(panel, place) for place in panel.whole)
        return breaks.share.reached(sum(weight(panel, place) for place in objecting), whole)
    if breaks.of_one_category:
        return max(Counter(p.category for p in objecting).values()) >= breaks.number
    return len(objecting) >= breaks.number


def _told(objecting: Sequence[PanelSeat], *, broken: bool) -> Phrase | None:
    if not objecting:
        return None
    who = names(objecting)
    if broken:
        return phrase("The objection of %(who)s breaks the silence.", who=who)
    return phrase("The objection of %(who)s does not break the silence alone.", who=who)


def _not_objecting(silent: Sequence[PanelSeat]) -> Phrase | None:
    return phrase("No objection received from %(who)s.", who=names(silent)) if silent else None


def _not_objecting_yet(silent: Sequence[PanelSeat]) -> Phrase | None:
    if not silent:
        return None
    return phrase("No objection received so far from %(who)s.", who=names(silent))


def _breaking(breaks: Breaks) -> Phrase:
    if breaks.share:
        share = share_words(breaks.share)
        return phrase("Objections with %(share)s of the weight break it.", share=share)
    if breaks.number == 1:
        return phrase("One objection breaks it.")
    if breaks.of_one_category:
        return phrase("%(number)s objections from one category break it.", number=breaks.number)
    return phrase("%(number)s objections break it.", number=breaks.number)
