"""The rule of a body that advises: every category is heard, and dissent does not block."""

from collections.abc import Collection, Sequence

from workflow.lifecycles.definition import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import answers_settle, do, listed, names, standing


def quorum_by_category(panel: Panel) -> Reading:
    """Advised once all have answered, or once time is up and every category has been heard."""
    if vacant := _beyond(panel, panel.deciding):
        return Reading(
            None,
            f"{standing(panel)} No seat is left for {listed(vacant)}: this is an incident, "
            "and the advice is incomplete.",
            (f"Somebody has to be asked for {listed(vacant)} before it can settle.",),
        )
    unheard = _beyond(panel, panel.answered)
    explanation = " ".join(filter(None, (standing(panel), _dissent(panel.taking(Stance.AGAINST)))))
    if not panel.open or (panel.due_passed and not unheard):
        return Reading("advised", explanation)
    return Reading(None, explanation, (answers_settle(panel.open), _at_due(unheard)))


def _beyond(panel: Panel, places: Collection[PanelSeat]) -> list[str]:
    found = {place.category for place in places}
    return [category for category in panel.rule.categories if category not in found]


def _dissent(dissenting: Sequence[PanelSeat]) -> str:
    if not dissenting:
        return ""
    return f"{names(dissenting)} {do(dissenting, 'dissents', 'dissent')}, which does not block."


def _at_due(unheard: Sequence[str]) -> str:
    if unheard:
        return f"Once time is up, hearing {listed(unheard)} is enough."
    return "If time runs out first, it settles with the advice given."
