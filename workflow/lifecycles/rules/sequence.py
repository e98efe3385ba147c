"""The rule of seats that are asked one category after the other."""

from collections.abc import Iterator, Mapping, Sequence

from workflow.lifecycles.rule import Rule, Stance, Verdict
from workflow.lifecycles.rules.panel import Answer, Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import completes, labels, names, standing
from workflow.phrase import Part, counted, phrase, together


def sequential(panel: Panel) -> Reading:
    """Complete when every seat is for it, each category after the ones before.

    An answer that leads elsewhere stops it at once, and one given before its turn has no say yet.
    """
    for category in _turns(panel):
        asked = [place for place in panel.deciding if place.category == category]
        for place in panel.heard(asked):
            verdict = panel.verdict(place)
            if verdict.stance is Stance.AGAINST and verdict.outcome:
                stopped = phrase("The answer of %(who)s settles it.", who=names([place]))
                return Reading(verdict.outcome, together([standing(panel), stopped]))
        missing = [place for place in asked if place not in panel.taking(Stance.FOR)]
        if missing:
            return _waiting(panel, missing)
    return Reading("complete", standing(panel))


def comes_after(
    rule: Rule, places: Sequence[PanelSeat], answers: Mapping[int, Answer], seat: int
) -> tuple[PanelSeat, ...]:
    """The places of earlier categories that have to be for it before `seat` may answer."""
    panel = Panel.of(rule, places, answers, due_passed=False)
    turns, for_it = _turns(panel), panel.taking(Stance.FOR)
    own = next((place.category for place in panel.deciding if place.seat == seat), turns[0])
    before = turns[: turns.index(own)]
    return tuple(p for p in panel.deciding if p.category in before and p not in for_it)


def _turns(panel: Panel) -> list[str]:
    """The categories in the order of the rule; any that it does not name come last."""
    return list(dict.fromkeys([*panel.rule.categories, *(p.category for p in panel.deciding)]))


def _waiting(panel: Panel, missing: Sequence[PanelSeat]) -> Reading:
    category, approvals = missing[0].category, labels(_approvals(panel))
    turn = phrase("It is the turn of %(category)s.", category=category)
    told: dict[str, Part] = {"who": names(missing), "verdicts": approvals}
    change = (
        counted(
            "If %(who)s says %(verdicts)s, the next are asked.",
            "If %(who)s say %(verdicts)s, the next are asked.",
            len(missing),
            **told,
        )
        if _beyond(panel, category)
        else completes(missing, approvals)
    )
    return Reading(None, together([standing(panel), turn]), lambda: (change,))


def _beyond(panel: Panel, category: str) -> bool:
    """Whether a later category has still to be for it."""
    later = _turns(panel)[_turns(panel).index(category) + 1 :]
    for_it = panel.taking(Stance.FOR)
    return any(p.category in later and p not in for_it for p in panel.deciding)


def _approvals(panel: Panel) -> Iterator[Verdict]:
    return (verdict for verdict in panel.offered if verdict.stance is Stance.FOR)
