"""The words of a reading: names, counts and verdicts put into plain sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence

from workflow.lifecycles.definition import Verdict
from workflow.lifecycles.rules.panel import Panel, PanelSeat


def listed(words: Sequence[str], joint: str = "and") -> str:
    """The words as they are listed in a sentence: a, b and c."""
    return f" {joint} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def names(places: Iterable[PanelSeat], joint: str = "and") -> str:
    """The names of the places; a name that holds several says how many."""
    held = Counter(place.name for place in places)
    return listed([n if seats == 1 else f"{n} ({seats} seats)" for n, seats in held.items()], joint)


def labels(verdicts: Iterable[Verdict]) -> str:
    """The labels of the verdicts as a choice: “Approve” or “Abstain”."""
    return listed([f"“{verdict.label}”" for verdict in verdicts], "or")


def do(places: Sequence[PanelSeat], one: str, many: str) -> str:
    """The verb that goes with so many places."""
    return one if len(places) == 1 else many


def said(panel: Panel, places: Sequence[PanelSeat]) -> list[str]:
    """Who says what, one clause for each verdict given."""
    groups: dict[str, list[PanelSeat]] = {}
    for place in panel.heard(places):
        groups.setdefault(panel.verdict(place).label, []).append(place)
    return [f"{names(who)} {do(who, 'says', 'say')} “{label}”" for label, who in groups.items()]


def standing(panel: Panel, bound: str = "") -> str:
    """How many of the deciding seats have answered, who said what and who stepped back."""
    return _tally(panel, panel.deciding, "seat", bound)


def hearing(panel: Panel) -> str:
    """How many of those consulted have answered, and who said what."""
    return _tally(panel, panel.consulted, "consulted seat", "")


def _tally(panel: Panel, places: Sequence[PanelSeat], noun: str, bound: str) -> str:
    count = f"{len(panel.heard(places))} of {len(places)} {do(places, noun, noun + 's')} answered"
    away = [p for p in panel.recused if p.part is places[0].part] if places else []
    stepped_back = [f"{names(away)} stepped back"] if away else []
    return "; ".join([count + bound, *said(panel, places), *stepped_back]) + "."


def answers_settle(places: Sequence[PanelSeat]) -> str:
    """That these places settle the round by answering, whatever they say."""
    who = names(places)
    return (
        f"An answer from {who} settles it."
        if len(places) == 1
        else f"Answers from {who} settle it."
    )
