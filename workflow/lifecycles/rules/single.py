"""Rules under which one seat decides: alone, or after others have been heard."""

from dataclasses import replace

from workflow.lifecycles.rules.panel import Panel, Reading
from workflow.lifecycles.rules.wording import answers_settle, hearing, names, said
from workflow.phrase import OneOf, Phrase, counted, phrase, together


def single(panel: Panel) -> Reading:
    """The decision of the one who decides; of several, the first decision counts."""
    for place in panel.answered:
        if outcome := panel.verdict(place).outcome:
            return Reading(outcome, together(said(panel, (place,)), end="."))
    deciders = OneOf(names(panel.deciding))
    undecided = phrase("There is no decision from %(who)s yet", who=deciders)
    so_far = together([undecided, *said(panel, panel.deciding)], between="; ", end=".")
    return Reading(
        None, so_far, lambda: (phrase("A decision from %(who)s settles it.", who=deciders),)
    )


def single_after_consultation(panel: Panel) -> Reading:
    """The decision of the one who decides, once everybody consulted has answered or time is up."""
    decision = single(panel)
    if not panel.consulted:
        return decision
    why = together([decision.why, hearing(panel)])
    if panel.due_passed or not panel.silent(panel.consulted):
        return replace(decision, why=why)
    return Reading(None, why, lambda: _waiting(panel, decided=decision.outcome is not None))


def _waiting(panel: Panel, *, decided: bool) -> tuple[Phrase, ...]:
    missing = panel.silent(panel.consulted)
    if decided:
        return (
            answers_settle(missing),
            phrase("If time runs out first, the decision counts without them."),
        )
    return (
        counted(
            "A decision from %(deciders)s counts once %(who)s has answered or time is up.",
            "A decision from %(deciders)s counts once %(who)s have answered or time is up.",
            len(missing),
            deciders=OneOf(names(panel.deciding)),
            who=names(missing),
        ),
    )
