"""A second, naive reading of every rule, to hold the evaluator against.

It knows nothing of panels: it puts each round into plain ballots and tries every possibility.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from workflow.engine.definition import Part, Rule, RuleKind, Stance
from workflow.engine.rules import Answer, Place


@dataclass(frozen=True)
class Ballot:
    """One place that still has a say; nothing is filled in where it is silent."""

    decides: bool
    category: str
    person: int | None = None
    stance: str | None = None
    outcome: str | None = None


def outcome(
    rule: Rule, places: Sequence[Place], answers: Mapping[int, Answer], *, due_passed: bool
) -> str | None:
    """The outcome of the round, or nothing."""
    ballots = [_ballot(rule, p, answers.get(p.seat)) for p in places if not p.recused]
    if not [ballot for ballot in ballots if ballot.decides]:
        return None
    return NAIVE[rule.kind](rule, ballots, due_passed)


def _ballot(rule: Rule, place: Place, answer: Answer | None) -> Ballot:
    decides = place.part == Part.DECIDES
    if answer is None:
        return Ballot(decides, place.category)
    verdict = rule.verdicts[answer.verdict]
    return Ballot(decides, place.category, answer.person, str(verdict.stance), verdict.outcome)


def _single(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    outcomes = [ballot.outcome for ballot in ballots if ballot.decides and ballot.outcome]
    return outcomes[0] if outcomes else None


def _after_consultation(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    while not late and ballots:
        for ballot in ballots:
            if not ballot.decides and ballot.stance is None:
                return None
        late = True
    return _single(rule, ballots, late)


def _all_of(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    complete = True
    for ballot in ballots:
        if ballot.decides:
            if ballot.stance == "against" and ballot.outcome:
                return ballot.outcome
            if ballot.stance != "for":
                complete = False
    return "complete" if complete else None


def _dual(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    stopped = [b.outcome for b in ballots if b.decides and b.stance == "against" and b.outcome]
    if stopped:
        return stopped[0]
    pairs = list(combinations([ballot for ballot in ballots if ballot.decides], 2))
    apart = all(
        one.stance == other.stance == "for" and one.person != other.person for one, other in pairs
    )
    return "complete" if pairs and apart else None


def _threshold(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    decided = [ballot.stance for ballot in ballots if ballot.decides]
    given = [stance for stance in decided if stance]
    silent = len(decided) - len(given)
    endings = [[*given, *rest] for rest in product(Stance, repeat=silent)]
    reachable = any(ending.count("for") >= rule.threshold for ending in endings)
    if silent and reachable and not late:
        return None
    return "reached" if given.count("for") >= rule.threshold else "not_reached"


def _positions(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    taken = [ballot.stance for ballot in ballots if ballot.decides]
    needed = 0
    while needed < rule.quorum_least or needed < Decimal(str(rule.quorum_share)) * len(taken):
        needed += 1
    good = "against" not in taken and len(taken) - taken.count(None) >= needed
    if late:
        return "passed" if good else "failed"
    return "passed" if good and None not in taken else None


def _by_category(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    deciding = [ballot for ballot in ballots if ballot.decides]
    unheard = 0
    for category in rule.categories:
        seated = [ballot.stance for ballot in deciding if ballot.category == category]
        if not seated:
            return None
        unheard += not any(seated)
    silent = sum(ballot.stance is None for ballot in deciding)
    return "advised" if silent == 0 or (late and unheard == 0) else None


def _consensus(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    deciding = [ballot for ballot in ballots if ballot.decides]
    agreed = [
        candidate
        for candidate in sorted({v.outcome for v in rule.verdicts.values() if v.outcome})
        if all(b.stance == "neutral" or b.outcome == candidate for b in deciding)
        and not all(b.stance == "neutral" for b in deciding)
    ]
    return agreed[0] if agreed else None


NAIVE = {
    RuleKind.SINGLE: _single,
    RuleKind.ALL_OF: _all_of,
    RuleKind.THRESHOLD: _threshold,
    RuleKind.POSITIONS: _positions,
    RuleKind.QUORUM_BY_CATEGORY: _by_category,
    RuleKind.CONSENSUS: _consensus,
    RuleKind.DUAL: _dual,
    RuleKind.SINGLE_AFTER_CONSULTATION: _after_consultation,
}
