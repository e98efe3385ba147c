"""Rules under which one seat decides: alone, or after others have been heard."""

from dataclasses import replace

from workflow.lifecycles.rules.panel import Panel, Reading
from workflow.lifecycles.rules.wording import answers_settle, do, hearing, names, said


def single(panel: Panel) -> Reading:
    """The decision of the one who decides; of several, the first decision counts."""
    for place in panel.answered:
        if outcome := panel.verdict(place).outcome:
            return Reading(outcome, f"{said(panel, (place,))[0]}.")
    deciders = names(panel.deciding, "or")
    so_far = "; ".join(["", *said(panel, panel.deciding)])
    return Reading(
        None,
        f"There is no decision from {deciders} yet{so_far}.",
        (f"A decision from {deciders} settles it.",),
    )


def single_after_consultation(panel: Panel) -> Reading:
    """The decision of the one who decides, once everybody consulted has answered or time is up."""
    decision = single(panel)
    if not panel.consulted:
        return decision
    explanation = f"{decision.explanation} {hearing(panel)}"
    if panel.due_passed or not panel.silent(panel.consulted):
        return replace(decision, explanation=explanation)
    return Reading(None, explanation, _waiting(panel, decided=decision.outcome is not None))


def _waiting(panel: Panel, *, decided: bool) -> tuple[str, ...]:
    missing = panel.silent(panel.consulted)
    if decided:
        return (
            answers_settle(missing),
            "If time runs out first, the decision counts without them.",
        )
    deciders, have = names(panel.deciding, "or"), do(missing, "has", "have")
    return (
        f"A decision from {deciders} counts once {names(missing)} {have} answered or time is up.",
    )
