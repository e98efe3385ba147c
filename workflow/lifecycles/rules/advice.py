"""The rule of a body that advises: every category is heard, and dissent does not block."""

from collections.abc import Collection, Sequence

from workflow.lifecycles.rule import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import answers_settle, names, standing
from workflow.phrase import Phrase, counted, phrase, together


def quorum_by_category(panel: Panel) -> Reading:
    """Advised once all have answered, or once time is up and every category has been heard."""
    if vacant := _beyond(panel, panel.deciding):
        incident = phrase(
            "No seat is left for %(categories)s: this is an incident, and the advice is incomplete.",
            categories=tuple(vacant),
        )
        change = phrase(
            "Somebody has to be asked for %(categories)s before it can settle.",
            categories=tuple(vacant),
        )
        return Reading(None, together([standing(panel), incident]), lambda: (change,))
    unheard = _beyond(panel, panel.answered)
    explanation = together([standing(panel), _dissent(panel.taking(Stance.AGAINST))])
    if not panel.open or (panel.due_passed and not unheard):
        return Reading("advised", explanation)
    return Reading(None, explanation, lambda: (answers_settle(panel.open), _at_due(unheard)))


def _beyond(panel: Panel, places: Collection[PanelSeat]) -> list[str]:
    found = {place.category for place in places}
    return [category for category in panel.rule.categories if category not in found]


def _dissent(dissenting: Sequence[PanelSeat]) -> Phrase | None:
    if not dissenting:
        return None
    return counted(
        "%(who)s dissents, which does not block.",
        "%(who)s dissent, which does not block.",
        len(dissenting),
        who=names(dissenting),
    )


def _at_due(unheard: Sequence[str]) -> Phrase:
    if unheard:
        return phrase(
            "Once time is up, hearing %(categories)s is enough.", categories=tuple(unheard)
        )
    return phrase("If time runs out first, it settles with the advice given.")
