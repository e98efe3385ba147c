"""Rules of a vote: a share or number for it, by seats, weights or categories, or a veto.

All of them settle once all have answered, time is up or too few are left. Enough in favour do not
settle a vote early: others may still want to be heard.
"""

from collections.abc import Callable, Collection

from workflow.lifecycles.definition import Stance
from workflow.lifecycles.quantities import PARTY, Among
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.thresholds import quorum
from workflow.lifecycles.rules.wording import answers_settle, listed, names, standing

ONE = 1


def qualified_majority(panel: Panel) -> Reading:
    """Carried by a share or a number of seats, among those voting or among all."""
    return _voted(panel, _by_share(panel, lambda _: ONE), _share_sentence(panel, "seats"))


def weighted(panel: Panel) -> Reading:
    """Carried by a share or a number of the weight that the rule gives to each seat."""
    if not any(weight(panel, place) for place in panel.deciding):
        return _incident(panel, "Nobody who is left has any weight")
    return _voted(
        panel,
        _by_share(panel, lambda place: weight(panel, place)),
        _share_sentence(panel, "weight"),
    )


def constituencies(panel: Panel) -> Reading:
    """Carried when each of the named categories has its own number for it."""
    each = panel.rule.vote.each
    vacant = sorted(each.keys() - {place.category for place in panel.deciding})
    if vacant:
        return _incident(panel, f"No seat is left for {listed(vacant)}")

    def carried(for_it: Collection[PanelSeat]) -> bool:
        given = [place.category for place in for_it]
        return all(given.count(category) >= needed for category, needed in each.items())

    needed = listed([f"{number} from {category}" for category, number in each.items()])
    return _voted(panel, carried, f"{needed} have to be for it.")


def veto(panel: Panel) -> Reading:
    """Carried by a number for it, unless somebody whose word stops it is against."""
    holders = [p for p in panel.deciding if p.called & panel.rule.vote.vetoes]
    stopping = [place for place in panel.taking(Stance.AGAINST) if place in holders]

    def carried(for_it: Collection[PanelSeat]) -> bool:
        return not stopping and len(for_it) >= panel.rule.vote.number

    sentence = f"{panel.rule.vote.number} have to be for it, and {_silent(holders)} against it."
    return _voted(panel, carried, _vetoed(stopping) or sentence)


def weight(panel: Panel, place: PanelSeat) -> int:
    """What a seat weighs: as its party is listed, or else its category, or else one."""
    weights = panel.rule.vote.weights
    return weights.get(f"{PARTY}{place.party}", weights.get(place.category, ONE))


def _voted(panel: Panel, carried: Callable[[Collection[PanelSeat]], bool], needed: str) -> Reading:
    """How the vote stands; one that would fail although all who are silent were for it, fails."""
    present = quorum(panel.rule, len(panel.whole))
    for_it = panel.taking(Stance.FOR)
    passing = len(panel.answered) >= present and carried(for_it)
    hopeful = len(panel.deciding) >= present and carried((*for_it, *panel.open))
    bound = f", {len(for_it)} for it" + (f", quorum {present}" if present else "")
    explanation = f"{standing(panel, bound)} {needed}"
    if panel.due_passed or not panel.open or not hopeful:
        return Reading("carried" if passing else "not_carried", explanation)
    ending = f"If time runs out first, it is {'carried' if passing else 'not carried'}."
    return Reading(None, explanation, (answers_settle(panel.open), ending))


def _by_share(
    panel: Panel, weigh: Callable[[PanelSeat], int]
) -> Callable[[Collection[PanelSeat]], bool]:
    """Whether those for it have the share and the number that the rule wants.

    Of those voting, whoever abstains counts only where the rule says so.
    """
    vote = panel.rule.vote
    counted = {Stance.AGAINST, *([Stance.NEUTRAL] if vote.abstentions_count else [])}
    besides = [p for p in panel.answered if panel.verdict(p).stance in counted]

    def carried(for_it: Collection[PanelSeat]) -> bool:
        own = sum(map(weigh, for_it))
        among = panel.whole if vote.among is Among.SEATS else (*for_it, *besides)
        share = vote.share is None or vote.share.reached(own, sum(map(weigh, among)))
        return own > 0 and own >= vote.number and share

    return carried


def _share_sentence(panel: Panel, unit: str) -> str:
    vote = panel.rule.vote
    of = f"all {unit}" if vote.among is Among.SEATS else f"the {unit} of those voting"
    bounds = [f"{vote.share} of {of}"] * (vote.share is not None)
    bounds += [f"at least {vote.number} in number"] * bool(vote.number)
    return f"It needs {listed(bounds or ['at least 1'])} for it."


def _silent(holders: Collection[PanelSeat]) -> str:
    return f"{names(holders)} not" if holders else "nobody with a veto"


def _vetoed(stopping: Collection[PanelSeat]) -> str:
    if not stopping:
        return ""
    return f"The veto of {names(stopping)} stops it."


def _incident(panel: Panel, what: str) -> Reading:
    return Reading(
        None,
        f"{standing(panel)} {what}: this is an incident, and nothing is carried.",
        ("Somebody with a say has to be asked before it can settle.",),
    )
