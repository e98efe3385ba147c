"""The rule of a body that decides only what all of its seats agree on."""

from workflow.lifecycles.rule import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import labels, names, standing
from workflow.phrase import Phrase, counted, phrase, together


def consensus(panel: Panel) -> Reading:
    """What all seats agree on, abstentions aside; all are waited for, and objections block.

    So many objections as the rule allows are recorded and do not block.
    """
    sides = {place: panel.verdict(place) for place in panel.answered}
    taken = {
        place: said.outcome for place, said in sides.items() if said.stance is not Stance.NEUTRAL
    }
    wanted = set(taken.values()) - {""}
    objecting = tuple(place for place, outcome in taken.items() if not outcome)
    blocking = objecting if len(objecting) > panel.rule.objections_allowed else ()
    if not panel.open and not blocking and len(wanted) == 1:
        allowed = phrase("The objection of %(who)s does not block.", who=names(objecting))
        return Reading(wanted.pop(), together([standing(panel), allowed if objecting else None]))
    explanation = together([standing(panel), _undecided(panel, blocking, wanted)])
    return Reading(None, explanation, lambda: _deciding(panel, blocking, wanted))


def _undecided(panel: Panel, blocking: tuple[PanelSeat, ...], wanted: set[str]) -> Phrase | None:
    if blocking:
        return phrase("The objection of %(who)s blocks a decision.", who=names(blocking))
    if len(wanted) > 1:
        return phrase("They want different things, so nothing is decided.")
    return None if panel.open else phrase("Everybody abstains, so nothing is decided.")


def _deciding(
    panel: Panel, blocking: tuple[PanelSeat, ...], wanted: set[str]
) -> tuple[Phrase, ...]:
    if len(wanted) == 1 and not blocking:
        return (_joining(panel, wanted),)
    spare = panel.rule.objections_allowed
    withdrawn = phrase("The objection of %(who)s has to be withdrawn.", who=names(blocking))
    but = phrase("All objections but %(spare)s have to be withdrawn.", spare=spare)
    owing = counted(
        "%(who)s has still to answer.",
        "%(who)s have still to answer.",
        len(panel.open),
        who=names(panel.open),
    )
    changes = (
        (withdrawn, bool(blocking) and not spare),
        (but, bool(blocking) and spare > 0),
        (owing, bool(panel.open)),
        (phrase("All seats that do not abstain have to want the same."), len(wanted) > 1),
        (phrase("At least one seat has to say what it wants decided."), not wanted),
    )
    return tuple(sentence for sentence, applies in changes if applies)


def _joining(panel: Panel, wanted: set[str]) -> Phrase:
    joining = labels(v for v in panel.offered if v.stance is Stance.NEUTRAL or v.outcome in wanted)
    return counted(
        "If %(who)s says %(verdicts)s, it is decided.",
        "If %(who)s say %(verdicts)s, it is decided.",
        len(panel.open),
        who=names(panel.open),
        verdicts=joining,
    )
