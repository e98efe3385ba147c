"""The rule of a body that decides only what all of its seats agree on."""

from workflow.lifecycles.definition import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import do, labels, names, standing


def consensus(panel: Panel) -> Reading:
    """What all seats agree on, abstentions aside; all are waited for, and objections block.

    So many objections as the rule allows are recorded and do not block.
    """
    wanted = {panel.verdict(place).outcome for place in _taking_sides(panel)} - {""}
    objecting = tuple(p for p in _taking_sides(panel) if not panel.verdict(p).outcome)
    blocking = objecting if len(objecting) > panel.rule.objections_allowed else ()
    if not panel.open and not blocking and len(wanted) == 1:
        allowed = f"The objection of {names(objecting)} does not block." if objecting else ""
        return Reading(wanted.pop(), f"{standing(panel)} {allowed}".strip())
    explanation = f"{standing(panel)} {_undecided(panel, blocking, wanted)}".strip()
    return Reading(None, explanation, _deciding(panel, blocking, wanted))


def _taking_sides(panel: Panel) -> list[PanelSeat]:
    return [p for p in panel.answered if panel.verdict(p).stance is not Stance.NEUTRAL]


def _undecided(panel: Panel, blocking: tuple[PanelSeat, ...], wanted: set[str]) -> str:
    if blocking:
        return f"The objection of {names(blocking)} blocks a decision."
    if len(wanted) > 1:
        return "They want different things, so nothing is decided."
    return "" if panel.open else "Everybody abstains, so nothing is decided."


def _deciding(panel: Panel, blocking: tuple[PanelSeat, ...], wanted: set[str]) -> tuple[str, ...]:
    if len(wanted) == 1 and not blocking:
        return (_joining(panel, wanted),)
    spare = panel.rule.objections_allowed
    changes = {
        f"The objection of {names(blocking)} has to be withdrawn.": bool(blocking) and not spare,
        f"All objections but {spare} have to be withdrawn.": bool(blocking) and spare > 0,
        f"{names(panel.open)} {do(panel.open, 'has', 'have')} still to answer.": bool(panel.open),
        "All seats that do not abstain have to want the same.": len(wanted) > 1,
        "At least one seat has to say what it wants decided.": not wanted,
    }
    return tuple(sentence for sentence, applies in changes.items() if applies)


def _joining(panel: Panel, wanted: set[str]) -> str:
    joining = labels(v for v in panel.offered if v.stance is Stance.NEUTRAL or v.outcome in wanted)
    return f"If {names(panel.open)} {do(panel.open, 'says', 'say')} {joining}, it is decided."
