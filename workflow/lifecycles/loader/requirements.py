"""What each kind of rule demands of its seats, figures and verdicts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workflow.lifecycles.loader.documents import note_repeated
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.rule import COMPUTED, Rule, RuleKind, Stance, Verdict
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.phrase import Phrase, phrase

FIGURES = (
    "quorum_share", "quorum_least", "threshold", "categories", "objections_allowed", "recused",
    "share", "number", "among", "abstentions", "weights", "each", "vetoes", "early", "several",
)  # fmt: skip
PARTY_KEY = re.compile(r"party:[a-z0-9][a-z0-9-]*")
NONE: frozenset[Stance] = frozenset()
ANY = frozenset(Stance)


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a kind of rule demands of a file.

    `deciders` is how many deciding seat entries there are, 0 for any number; `figures` it must
    have and `others` it may; `categories` says whether its seats have one (None: as they like);
    `owing` are the stances whose verdicts must say an outcome, `allowed` those whose verdicts may;
    `counts` is the stance that at least one verdict must take.
    """

    deciders: int = 0
    consults: bool = False
    figures: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    categories: bool | None = False
    counts: Stance | None = None
    owing: frozenset[Stance] = NONE
    allowed: frozenset[Stance] = NONE


AGAINST = frozenset({Stance.AGAINST})
FOR = frozenset({Stance.FOR})
QUORUM = ("quorum_share", "quorum_least")
SHARES = ("share", "number", "among", "abstentions", "recused", *QUORUM)
REQUIREMENTS: Mapping[RuleKind, Requirements] = {
    RuleKind.SINGLE: Requirements(deciders=1, others=("several",), owing=ANY, allowed=ANY),
    RuleKind.ALL_OF: Requirements(allowed=AGAINST, counts=Stance.FOR),
    RuleKind.THRESHOLD: Requirements(
        figures=("threshold",), others=("early", "categories"), categories=None, counts=Stance.FOR
    ),
    RuleKind.POSITIONS: Requirements(
        figures=QUORUM, others=("recused", "early"), counts=Stance.FOR
    ),
    RuleKind.QUORUM_BY_CATEGORY: Requirements(
        figures=("categories",), categories=True, counts=Stance.FOR
    ),
    RuleKind.CONSENSUS: Requirements(others=("objections_allowed",), owing=FOR, allowed=FOR),
    RuleKind.DUAL: Requirements(deciders=2, allowed=AGAINST, counts=Stance.FOR),
    RuleKind.SINGLE_AFTER_CONSULTATION: Requirements(
        deciders=1, consults=True, owing=ANY, allowed=ANY
    ),
    RuleKind.QUALIFIED_MAJORITY: Requirements(others=SHARES, counts=Stance.FOR),
    RuleKind.WEIGHTED: Requirements(
        figures=("weights",), others=SHARES, categories=None, counts=Stance.FOR
    ),
    RuleKind.CONSTITUENCIES: Requirements(
        figures=("each",), others=QUORUM, categories=True, counts=Stance.FOR
    ),
    RuleKind.VETO: Requirements(
        figures=("number", "vetoes"), others=QUORUM, categories=None, counts=Stance.FOR
    ),
    RuleKind.SEQUENTIAL: Requirements(
        figures=("categories",), categories=True, allowed=AGAINST, counts=Stance.FOR
    ),
    RuleKind.SILENCE: Requirements(
        others=("weights", "recused"), categories=None, counts=Stance.AGAINST
    ),
}


def check_requirements(entry: TomlTable, rule: Rule) -> None:
    """Note where `rule` is not what its kind demands."""
    demands = REQUIREMENTS[rule.kind]
    _check_seats(entry, rule, demands)
    _check_figures(entry, rule, demands)
    _check_instead(entry, rule)
    _check_categories(entry, rule, demands)
    _check_parts(entry, rule)
    for verdict in rule.verdicts.values():
        _check_outcome(entry, rule, verdict, demands)
    note_repeated(entry, "verdicts", (verdict.label for verdict in rule.verdicts.values()))


def _check_seats(entry: TomlTable, rule: Rule, demands: Requirements) -> None:
    deciders = [seat for seat in _seats(rule, Part.DECIDES) if not seat.unless]
    if rule.several and len(deciders) < 2:
        entry.note("several", phrase("is said of a rule that lists only one that decides"))
    if demands.deciders and len(deciders) != demands.deciders and not rule.several:
        entry.note(
            "seats",
            phrase(
                "lists %(count)s that decide; %(kind)s has %(deciders)s",
                count=len(deciders),
                kind=_kind(rule),
                deciders=demands.deciders,
            ),
        )
    if deciders and all(seat.when for seat in deciders) and not rule.several:
        entry.note("seats", phrase("decide on conditions alone; one that decides must be without"))
    if not demands.deciders and not deciders and rule.seats:
        entry.note("seats", phrase("lists none that decides"))
    if demands.consults != bool(_seats(rule, Part.CONSULTED)):
        wanted = phrase("at least one") if demands.consults else phrase("no")
        entry.note(
            "seats",
            phrase(
                'must list %(wanted)s seat with part = "consulted" for %(kind)s',
                wanted=wanted,
                kind=_kind(rule),
            ),
        )
    if any(seat.role == "system" for seat in rule.seats) and rule.kind is not RuleKind.SINGLE:
        entry.note(
            "seats", phrase("seats the timer; a timer answers alone, by a rule of kind single")
        )


def _check_figures(entry: TomlTable, rule: Rule, demands: Requirements) -> None:
    for figure in FIGURES:
        if figure in demands.figures and not entry.has(figure):
            entry.note(figure, phrase("is missing; %(kind)s needs it", kind=_kind(rule)))
        if figure not in (*demands.figures, *demands.others) and entry.has(figure):
            entry.note(figure, phrase("does not belong to %(kind)s", kind=_kind(rule)))
    if "share" in demands.others and not (rule.vote.share or rule.vote.number):
        entry.note(
            "share",
            phrase("is missing; %(kind)s needs a share, a number or both", kind=_kind(rule)),
        )


def _check_instead(entry: TomlTable, rule: Rule) -> None:
    """A seat that gives way to a body gives way to one that this rule asks."""
    asked = {seat.of for seat in rule.seats}
    for at, seat in enumerate(rule.seats):
        if seat.unless and seat.unless not in asked - {seat.of}:
            entry.note(
                f"seats[{at}].unless",
                phrase("names '%(body)s', which no other seat of this rule asks", body=seat.unless),
            )


def _check_categories(entry: TomlTable, rule: Rule, demands: Requirements) -> None:
    seated = {seat.category for seat in rule.seats} - {""}
    for at, seat in enumerate(rule.seats):
        if demands.categories is True and not seat.category:
            entry.note(
                f"seats[{at}].category", phrase("is missing; %(kind)s needs it", kind=_kind(rule))
            )
        if demands.categories is False and seat.category:
            entry.note(
                f"seats[{at}].category", phrase("does not belong to %(kind)s", kind=_kind(rule))
            )
        if rule.kind is RuleKind.SEQUENTIAL and seat.category not in ("", *rule.categories):
            entry.note(
                f"seats[{at}].category",
                phrase("is '%(category)s', whose turn never comes", category=seat.category),
            )
    for at, category in enumerate(rule.categories):
        if demands.categories and category not in seated:
            entry.note(
                f"categories[{at}]",
                phrase("names '%(category)s', which no seat has", category=category),
            )
    for figure in ("weights", "each", "vetoes"):
        for name in sorted(getattr(rule.vote, figure)):
            if name not in seated and (figure == "each" or not PARTY_KEY.fullmatch(name)):
                entry.note(
                    f"{figure}.{name}", phrase("is neither a category of the seats nor a party")
                )


def _check_parts(entry: TomlTable, rule: Rule) -> None:
    for part in Part:
        asked, answerable = _seats(rule, part), _verdicts(rule, part)
        if asked and not answerable:
            entry.note(
                "verdicts",
                phrase('hold nothing that a seat with part = "%(part)s" can answer', part=part),
            )
        if answerable and not asked:
            place = f"verdicts.{answerable[0].key}.part"
            entry.note(place, phrase("is '%(part)s', but no seat has that part", part=part))
    counts = REQUIREMENTS[rule.kind].counts
    if counts and counts not in {verdict.stance for verdict in _verdicts(rule, Part.DECIDES)}:
        entry.note(
            "verdicts",
            phrase(
                'hold none with stance = "%(counts)s"; %(kind)s counts them',
                counts=counts,
                kind=_kind(rule),
            ),
        )


def _check_outcome(entry: TomlTable, rule: Rule, verdict: Verdict, demands: Requirements) -> None:
    place = f"verdicts.{verdict.key}.outcome"
    decides = verdict.part is Part.DECIDES
    if decides and verdict.stance in demands.owing and not verdict.outcome:
        entry.note(
            place,
            phrase("is missing; %(kind)s settles into what this verdict says", kind=_kind(rule)),
        )
    if verdict.outcome and not (decides and verdict.stance in demands.allowed):
        entry.note(
            place,
            phrase(
                "is '%(outcome)s', but %(kind)s does not take it from here",
                outcome=verdict.outcome,
                kind=_kind(rule),
            ),
        )
    if verdict.outcome in COMPUTED[rule.kind]:
        entry.note(
            place,
            phrase(
                "is '%(outcome)s', which %(kind)s computes itself",
                outcome=verdict.outcome,
                kind=_kind(rule),
            ),
        )


def _seats(rule: Rule, part: Part) -> tuple[SeatSpec, ...]:
    return tuple(seat for seat in rule.seats if seat.part is part)


def _verdicts(rule: Rule, part: Part) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in rule.verdicts.values() if verdict.part is part)


def _kind(rule: Rule) -> Phrase:
    return phrase("a rule of kind '%(kind)s'", kind=rule.kind)
