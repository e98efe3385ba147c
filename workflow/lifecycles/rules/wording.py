"""The words of a reading: names, counts and verdicts put into plain sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence

from workflow.lifecycles.quantities import Share
from workflow.lifecycles.rule import Verdict
from workflow.lifecycles.rules.panel import Panel, PanelSeat
from workflow.phrase import OneOf, Part, Phrase, Term, counted, phrase, together


def names(places: Iterable[PanelSeat]) -> tuple[Part, ...]:
    """The names of the places; a name that holds several says how many."""
    called = tuple([place.name for place in places])
    if len(set(called)) == len(called):
        return called
    return tuple(
        name if seats == 1 else phrase("%(name)s (%(seats)s seats)", name=name, seats=seats)
        for name, seats in Counter(called).items()
    )


def labels(verdicts: Iterable[Verdict]) -> OneOf:
    """The labels of the verdicts as a choice: “Approve” or “Abstain”."""
    return OneOf(tuple(phrase("“%(verdict)s”", verdict=Term(each.label)) for each in verdicts))


def said(panel: Panel, places: Sequence[PanelSeat]) -> list[Phrase]:
    """Who says what, one clause for each verdict given."""
    groups: dict[str, list[PanelSeat]] = {}
    for place in panel.heard(places):
        groups.setdefault(panel.verdict(place).label, []).append(place)
    return [
        counted(
            "%(who)s says “%(verdict)s”",
            "%(who)s say “%(verdict)s”",
            len(who),
            who=names(who),
            verdict=Term(label),
        )
        for label, who in groups.items()
    ]


def standing(panel: Panel, bound: Phrase | None = None) -> Phrase:
    """How many of the deciding seats have answered, who said what and who stepped back."""
    places = panel.deciding
    tally = counted(
        "%(heard)s of %(num)s seat answered",
        "%(heard)s of %(num)s seats answered",
        len(places),
        heard=len(panel.heard(places)),
    )
    return _clauses(panel, places, together([tally, bound], between=""))


def hearing(panel: Panel) -> Phrase:
    """How many of those consulted have answered, and who said what."""
    places = panel.consulted
    tally = counted(
        "%(heard)s of %(num)s consulted seat answered",
        "%(heard)s of %(num)s consulted seats answered",
        len(places),
        heard=len(panel.heard(places)),
    )
    return _clauses(panel, places, tally)


def _clauses(panel: Panel, places: Sequence[PanelSeat], tally: Phrase) -> Phrase:
    away = [p for p in panel.recused if p.part is places[0].part] if places else []
    stepped_back = phrase("%(who)s stepped back", who=names(away)) if away else None
    return together([tally, *said(panel, places), stepped_back], between="; ", end=".")


def answers_settle(places: Sequence[PanelSeat]) -> Phrase:
    """That these places settle the round by answering, whatever they say."""
    return counted(
        "An answer from %(who)s settles it.",
        "Answers from %(who)s settle it.",
        len(places),
        who=names(places),
    )


def completes(places: Sequence[PanelSeat], approvals: OneOf) -> Phrase:
    """That these places complete it with one of these answers."""
    return counted(
        "If %(who)s says %(verdicts)s, it is complete.",
        "If %(who)s say %(verdicts)s, it is complete.",
        len(places),
        who=names(places),
        verdicts=approvals,
    )


def share_words(share: Share) -> Phrase:
    """A share as a sentence names it: at least 2/3, more than 1/2."""
    if share.more_than:
        return phrase("more than %(share)s", share=str(share.of))
    return phrase("at least %(share)s", share=str(share.of))
