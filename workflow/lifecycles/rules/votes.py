"""Rules of a vote: a share or number for it, by seats, weights or categories, or a veto.

All of them settle once all have answered, time is up or too few are left. Enough in favour do not
settle a vote early: others may still want to be heard.
"""

from collections.abc import Callable, Collection

from workflow.lifecycles.quantities import PARTY, Among
from workflow.lifecycles.rule import Stance
from workflow.lifecycles.rules.panel import Panel, PanelSeat, Reading
from workflow.lifecycles.rules.thresholds import quorum
from workflow.lifecycles.rules.wording import answers_settle, names, share_words, standing
from workflow.phrase import Phrase, phrase, together

ONE = 1


def qualified_majority(panel: Panel) -> Reading:
    """Carried by a share or a number of seats, among those voting or among all."""
    return _voted(
        panel,
        _by_share(panel, lambda _: ONE),
        _share_sentence(panel, phrase("all seats"), phrase("the seats of those voting")),
    )


def weighted(panel: Panel) -> Reading:
    """Carried by a share or a number of the weight that the rule gives to each seat."""
    if not any(weight(panel, place) for place in panel.deciding):
        return _incident(panel, phrase("Nobody who is left has any weight"))
    return _voted(
        panel,
        _by_share(panel, lambda place: weight(panel, place)),
        _share_sentence(panel, phrase("all weight"), phrase("the weight of those voting")),
    )


def constituencies(panel: Panel) -> Reading:
    """Carried when each of the named categories has its own number for it."""
    each = panel.rule.vote.each
    vacant = sorted(each.keys() - {place.category for place in panel.deciding})
    if vacant:
        return _incident(
            panel, phrase("No seat is left for %(categories)s", categories=tuple(vacant))
        )

    def carried(for_it: Collection[PanelSeat]) -> bool:
        given = [place.category for place in for_it]
        return all(given.count(category) >= needed for category, needed in each.items())

    needed = tuple(
        phrase("%(number)s from %(category)s", number=number, category=category)
        for category, number in each.items()
    )
    return _voted(panel, carried, phrase("%(needed)s have to be for it.", needed=needed))


def veto(panel: Panel) -> Reading:
    """Carried by a number for it, unless somebody whose word stops it is against."""
    holders = [p for p in panel.deciding if p.called & panel.rule.vote.vetoes]
    stopping = [place for place in panel.taking(Stance.AGAINST) if place in holders]

    def carried(for_it: Collection[PanelSeat]) -> bool:
        return not stopping and len(for_it) >= panel.rule.vote.number

    return _voted(panel, carried, _vetoed(stopping) or _unless_vetoed(panel, holders))


def weight(panel: Panel, place: PanelSeat) -> int:
    """What a seat weighs: as its party is listed, or else its category, or else one."""
    weights = panel.rule.vote.weights
    return weights.get(f"{PARTY}{place.party}", weights.get(place.category, ONE))


def _voted(
    panel: Panel, carried: Callable[[Collection[PanelSeat]], bool], needed: Phrase
) -> Reading:
    """How the vote stands; one that would fail although all who are silent were for it, fails."""
    present = quorum(panel.rule, len(panel.whole))
    for_it = panel.taking(Stance.FOR)
    passing = len(panel.answered) >= present and carried(for_it)
    hopeful = len(panel.deciding) >= present and carried((*for_it, *panel.open))
    bound = phrase(", %(for_it)s for it", for_it=len(for_it))
    if present:
        bound = phrase(", %(for_it)s for it, quorum %(quorum)s", for_it=len(for_it), quorum=present)
    explanation = together([standing(panel, bound), needed])
    if panel.due_passed or not panel.open or not hopeful:
        return Reading("carried" if passing else "not_carried", explanation)
    ending = (
        phrase("If time runs out first, it is carried.")
        if passing
        else phrase("If time runs out first, it is not carried.")
    )
    return Reading(None, explanation, lambda: (answers_settle(panel.open), ending))


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


def _share_sentence(panel: Panel, whole: Phrase, voting: Phrase) -> Phrase:
    vote = panel.rule.vote
    of = whole if vote.among is Among.SEATS else voting
    bounds: list[Phrase] = []
    if vote.share is not None:
        bounds.append(phrase("%(share)s of %(of)s", share=share_words(vote.share), of=of))
    if vote.number:
        bounds.append(phrase("at least %(number)s in number", number=vote.number))
    needed = tuple(bounds) or phrase("at least 1")
    return phrase("It needs %(bounds)s for it.", bounds=needed)


def _unless_vetoed(panel: Panel, holders: Collection[PanelSeat]) -> Phrase:
    number = panel.rule.vote.number
    if not holders:
        return phrase(
            "%(number)s have to be for it, and nobody with a veto against it.", number=number
        )
    return phrase(
        "%(number)s have to be for it, and %(who)s not against it.",
        number=number,
        who=names(holders),
    )


def _vetoed(stopping: Collection[PanelSeat]) -> Phrase | None:
    if not stopping:
        return None
    return phrase("The veto of %(who)s stops it.", who=names(stopping))


def _incident(panel: Panel, what: Phrase) -> Reading:
    incident = phrase("%(what)s: this is an incident, and nothing is carried.", what=what)
    change = phrase("Somebody with a say has to be asked before it can settle.")
    return Reading(None, together([standing(panel), incident]), lambda: (change,))
