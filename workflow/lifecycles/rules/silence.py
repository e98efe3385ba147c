"""The rule of silence: adopted when its time is up, unless objections break it before.

Silence is never approval: whoever said nothing is told of as not having objected.
"""

from collections import Counter
from collections.abc import Sequence

from workflow.lifecycles.definition import Stance
from workflow.lifecycles.quantities import Breaks
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.votes import weight
from workflow.lifecycles.rules.wording import names, standing

REVIVING = "It is kept if objections are withdrawn before its time is up."


def silence(panel: Panel) -> Reading:
    """Broken by objections, at once or at the end; adopted at the end, and never before it."""
    terms = panel.rule.silence
    if terms is None or not any(weight(panel, place) for place in panel.deciding):
        return Reading(
            None,
            f"{standing(panel)} Nobody is left whose objection could count: this is an incident.",
            ("Somebody whose objection counts has to be asked before it can settle.",),
        )
    objecting = panel.taking(Stance.AGAINST)
    broken = _broken(panel, terms.breaks, objecting)
    if broken and (panel.due_passed or not terms.revives):
        return Reading("broken", f"{standing(panel)} {_told(objecting, broken=True)}")
    if panel.due_passed:
        return Reading("adopted", f"{standing(panel)} {_not_objecting(panel.open)}".strip())
    now = _told(objecting, broken=broken) or _not_objecting(panel.open, " so far")
    change = REVIVING if broken else _breaking(terms.breaks)
    ending = f"If time runs out first, the silence is {'broken' if broken else 'kept'}."
    return Reading(None, f"{standing(panel)} {now}".strip(), (change, ending))


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


def _told(objecting: Sequence[PanelSeat], *, broken: bool) -> str:
    if not objecting:
        return ""
    does = "breaks the silence" if broken else "does not break the silence alone"
    return f"The objection of {names(objecting)} {does}."


def _not_objecting(silent: Sequence[PanelSeat], so_far: str = "") -> str:
    return f"No objection received{so_far} from {names(silent)}." if silent else ""


def _breaking(breaks: Breaks) -> str:
    if breaks.share:
        return f"Objections with {breaks.share} of the weight break it."
    within = " from one category" if breaks.of_one_category else ""
    if breaks.number == 1:
        return "One objection breaks it."
    return f"{breaks.number} objections{within} break it."
