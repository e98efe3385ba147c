"""Reading rules: whom they ask, what may be answered, and what their kind demands."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from workflow.engine.definition import (
    COMPUTED,
    Part,
    Rule,
    RuleKind,
    SeatSpec,
    Stance,
    Verdict,
)
from workflow.engine.reading.documents import note_repeated
from workflow.engine.reading.entry import Entry
from workflow.engine.reading.names import Names
from workflow.engine.reading.seats import read_seat

FIGURES = ("quorum_share", "quorum_least", "threshold", "categories")
NONE: frozenset[Stance] = frozenset()
ANY = frozenset(Stance)


@dataclass(frozen=True, slots=True)
class Demands:
    """What a kind of rule demands of a file.

    `deciders` is how many deciding seat entries there are, 0 for any number; `owing` are the
    stances whose verdicts must say an outcome, `allowed` those whose verdicts may.
    """

    deciders: int = 0
    consults: bool = False
    figures: tuple[str, ...] = ()
    owing: frozenset[Stance] = NONE
    allowed: frozenset[Stance] = NONE


AGAINST = frozenset({Stance.AGAINST})
FOR = frozenset({Stance.FOR})
DEMANDS: Mapping[RuleKind, Demands] = {
    RuleKind.SINGLE: Demands(deciders=1, owing=ANY, allowed=ANY),
    RuleKind.ALL_OF: Demands(allowed=AGAINST),
    RuleKind.THRESHOLD: Demands(figures=("threshold",)),
    RuleKind.POSITIONS: Demands(figures=("quorum_share", "quorum_least")),
    RuleKind.QUORUM_BY_CATEGORY: Demands(figures=("categories",)),
    RuleKind.CONSENSUS: Demands(owing=FOR, allowed=FOR),
    RuleKind.DUAL: Demands(deciders=2, allowed=AGAINST),
    RuleKind.SINGLE_AFTER_CONSULTATION: Demands(deciders=1, consults=True, owing=ANY, allowed=ANY),
}


def read_rule(key: str, entry: Entry, names: Names) -> Rule | None:
    """One rule; nothing when even its kind is unknown."""
    kind = entry.one_of("kind", tuple(RuleKind), "kind of rule")
    rule = Rule(
        key=key,
        kind=RuleKind(kind or RuleKind.SINGLE),
        words=entry.text("words"),
        seats=tuple(read_seat(seat, names) for seat in entry.tables("seats")),
        verdicts=MappingProxyType(
            {name: _verdict(name, below, names) for name, below in entry.named("verdicts")}
        ),
        quorum_share=_share(entry),
        quorum_least=entry.number("quorum_least", least=1, most=1000, default=0),
        threshold=entry.number("threshold", least=1, most=1000, default=0),
        categories=entry.texts("categories", optional=True),
        never=_never(entry, names),
        source=entry.many_of("source", names.sources, "source"),
    )
    entry.done()
    if not kind:
        return None
    _check(entry, rule, DEMANDS[rule.kind])
    return rule


def _verdict(key: str, entry: Entry, names: Names) -> Verdict:
    stance = entry.one_of("stance", tuple(Stance), "stance")
    part = entry.one_of("part", tuple(Part), "part of a seat", optional=True)
    reason = entry.one_of("reason", ("required",), "word on reasons", optional=True)
    verdict = Verdict(
        key=key,
        label=entry.text("label"),
        stance=Stance(stance or Stance.NEUTRAL),
        outcome=entry.name("outcome", optional=True),
        meaning=entry.text("meaning"),
        consequence=entry.text("consequence"),
        reason_required=reason == "required",
        part=Part(part or Part.DECIDES),
        needs=entry.many_of("needs", names.documents, "document", optional=True),
    )
    entry.done()
    return verdict


def _share(entry: Entry) -> float:
    """A fraction is written as text, since canonical JSON holds no fractions."""
    text = entry.text("quorum_share", optional=True)
    if not text:
        return 0.0
    try:
        share = Fraction(text)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if "/" not in text or not 0 < share <= 1:
        entry.note("quorum_share", f"is '{text}'; a fraction such as \"1/2\" is expected")
    return float(share)


def _never(entry: Entry, names: Names) -> tuple[str, ...]:
    bars = entry.texts("never", optional=True)
    for at, bar in enumerate(bars):
        word, _, round_key = bar.partition(":")
        if bar != "author" and word != "signed":
            entry.note(f"never[{at}]", f"is '{bar}'; expected 'author' or 'signed:<round>'")
        elif word == "signed" and round_key not in names.rounds:
            entry.note(f"never[{at}]", f"names '{round_key}', which is no round")
    return bars


def _check(entry: Entry, rule: Rule, demands: Demands) -> None:
    _check_seats(entry, rule, demands)
    _check_figures(entry, rule, demands)
    _check_categories(entry, rule)
    _check_parts(entry, rule)
    for verdict in rule.verdicts.values():
        _check_outcome(entry, rule, verdict, demands)
    note_repeated(entry, "verdicts", (verdict.label for verdict in rule.verdicts.values()))


def _check_seats(entry: Entry, rule: Rule, demands: Demands) -> None:
    deciders = _seats(rule, Part.DECIDES)
    if demands.deciders and len(deciders) != demands.deciders:
        entry.note(
            "seats", f"lists {len(deciders)} that decide; {rule.kind} has {demands.deciders}"
        )
    if not demands.deciders and not deciders and rule.seats:
        entry.note("seats", "lists none that decides")
    if demands.consults != bool(_seats(rule, Part.CONSULTED)):
        wanted = "at least one" if demands.consults else "no"
        entry.note("seats", f'must list {wanted} seat with part = "consulted" for {rule.kind}')
    if any(seat.role == "system" for seat in rule.seats) and rule.kind is not RuleKind.SINGLE:
        entry.note("seats", "seats the timer; a timer answers alone, by a rule of kind single")


def _check_figures(entry: Entry, rule: Rule, demands: Demands) -> None:
    for figure in FIGURES:
        if figure in demands.figures and not entry.has(figure):
            entry.note(figure, f"is missing; {rule.kind} needs it")
        if figure not in demands.figures and entry.has(figure):
            entry.note(figure, f"does not belong to {rule.kind}")


def _check_categories(entry: Entry, rule: Rule) -> None:
    by_category = rule.kind is RuleKind.QUORUM_BY_CATEGORY
    for at, seat in enumerate(rule.seats):
        if by_category and not seat.category:
            entry.note(f"seats[{at}].category", f"is missing; {rule.kind} needs it")
        if not by_category and seat.category:
            entry.note(f"seats[{at}].category", f"does not belong to {rule.kind}")
    for at, category in enumerate(rule.categories):
        if by_category and category not in {seat.category for seat in rule.seats}:
            entry.note(f"categories[{at}]", f"names '{category}', which no seat has")


def _check_parts(entry: Entry, rule: Rule) -> None:
    for part in Part:
        asked, answerable = _seats(rule, part), _verdicts(rule, part)
        if asked and not answerable:
            entry.note("verdicts", f'hold nothing that a seat with part = "{part}" can answer')
        if answerable and not asked:
            place = f"verdicts.{answerable[0].key}.part"
            entry.note(place, f"is '{part}', but no seat has that part")
    if (
        not any(Stance.FOR is verdict.stance for verdict in _verdicts(rule, Part.DECIDES))
        and (COMPUTED[rule.kind])
    ):
        entry.note("verdicts", f'hold none with stance = "for"; {rule.kind} counts them')


def _check_outcome(entry: Entry, rule: Rule, verdict: Verdict, demands: Demands) -> None:
    place = f"verdicts.{verdict.key}.outcome"
    decides = verdict.part is Part.DECIDES
    if decides and verdict.stance in demands.owing and not verdict.outcome:
        entry.note(place, f"is missing; {rule.kind} settles into what this verdict says")
    if verdict.outcome and not (decides and verdict.stance in demands.allowed):
        entry.note(place, f"is '{verdict.outcome}', but {rule.kind} does not take it from here")
    if verdict.outcome in COMPUTED[rule.kind]:
        entry.note(place, f"is '{verdict.outcome}', which {rule.kind} computes itself")


def _seats(rule: Rule, part: Part) -> tuple[SeatSpec, ...]:
    return tuple(seat for seat in rule.seats if seat.part is part)


def _verdicts(rule: Rule, part: Part) -> tuple[Verdict, ...]:
    return tuple(verdict for verdict in rule.verdicts.values() if verdict.part is part)
