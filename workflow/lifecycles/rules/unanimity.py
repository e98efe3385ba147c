"""Rules under which every seat has to be for it: all of them, each with a person of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from workflow.lifecycles.rule import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.wording import completes, labels, names, standing
from workflow.phrase import Phrase, phrase, together


def all_of(panel: Panel) -> Reading:
    """Complete when every seat is for it; stopped at once by an answer that leads elsewhere."""
    if stop := _stop(panel):
        return stop
    for_it = panel.taking(Stance.FOR)
    missing = tuple(place for place in panel.deciding if place not in for_it)
    if not missing:
        return Reading("complete", standing(panel))
    return Reading(None, standing(panel), lambda: (_completing(panel, missing), *_stopping(panel)))


def dual(panel: Panel) -> Reading:
    """As all of them, with a different person on each of at least two seats."""
    if stop := _stop(panel):
        return stop
    if len(panel.deciding) < 2:
        return _one_left(panel)
    if repeated := _repeated(panel):
        return _same_person(panel, repeated)
    reading = all_of(panel)
    if reading.outcome:
        return reading
    apart = phrase("Every seat has to be answered by a different person.")
    return replace(reading, would_change=lambda: (*reading.changes, apart))


def _one_left(panel: Panel) -> Reading:
    return Reading(
        None,
        together(
            [
                standing(panel),
                phrase(
                    "One seat is left where two people have to answer: this is an incident, and "
                    "nothing is complete."
                ),
            ]
        ),
        lambda: (
            phrase(
                "A second seat, answered by another person, is needed before it can be complete."
            ),
        ),
    )


def _same_person(panel: Panel, repeated: tuple[PanelSeat, ...]) -> Reading:
    return Reading(
        None,
        together(
            [
                standing(panel),
                phrase("The same person answered for %(who)s.", who=names(repeated)),
            ]
        ),
        lambda: (
            phrase(
                "It cannot be complete until different people have answered for %(who)s.",
                who=names(repeated),
            ),
        ),
    )


def _stop(panel: Panel) -> Reading | None:
    for place in panel.taking(Stance.AGAINST):
        if outcome := panel.verdict(place).outcome:
            stopped = phrase("The answer of %(who)s settles it.", who=names([place]))
            return Reading(outcome, together([standing(panel), stopped]))
    return None


def _completing(panel: Panel, missing: Sequence[PanelSeat]) -> Phrase:
    return completes(missing, labels(v for v in panel.offered if v.stance is Stance.FOR))


def _stopping(panel: Panel) -> tuple[Phrase, ...]:
    stops = [v for v in panel.offered if v.stance is Stance.AGAINST and v.outcome]
    if not stops:
        return ()
    return (phrase("%(verdicts)s from any seat settles it at once.", verdicts=labels(stops)),)


def _repeated(panel: Panel) -> tuple[PanelSeat, ...]:
    persons = Counter(panel.answers[place.seat].person for place in panel.answered)
    return tuple(p for p in panel.answered if persons[panel.answers[p.seat].person] > 1)
