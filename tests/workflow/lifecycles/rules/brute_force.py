"""A second, naive reading of every rule, to hold the evaluator against.

It knows nothing of panels: it puts each round into plain ballots and tries every possibility.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from workflow.lifecycles.quantities import Share
from workflow.lifecycles.rule import Rule, RuleKind, Stance
from workflow.lifecycles.rules import Answer, PanelSeat
from workflow.lifecycles.seat import Part


@dataclass(frozen=True)
class Ballot:
    """One place; nothing is filled in where it is silent, and no stance where it is `gone`."""

    decides: bool
    category: str
    party: str = ""
    weight: int = 1
    gone: bool = False
    person: int | None = None
    stance: str | None = None
    outcome: str | None = None


def outcome(
    rule: Rule, places: Sequence[PanelSeat], answers: Mapping[int, Answer], *, due_passed: bool
) -> str | None:
    """The outcome of the round, or nothing."""
    ballots = [_ballot(rule, p, answers.get(p.seat)) for p in places]
    present = [ballot for ballot in ballots if not ballot.gone]
    if not [ballot for ballot in present if ballot.decides]:
        return None
    if rule.kind in SEEING_WHO_LEFT:
        return SEEING_WHO_LEFT[rule.kind](rule, ballots, due_passed)
    return NAIVE[rule.kind](rule, present, due_passed)


def _ballot(rule: Rule, place: PanelSeat, answer: Answer | None) -> Ballot:
    weight = 1
    for name in (place.category, f"party:{place.party}"):
        weight = rule.vote.weights.get(name, weight)
    blank = Ballot(
        place.part == Part.DECIDES, place.category, place.party, weight, gone=place.recused
    )
    if answer is None or place.recused:
        return blank
    verdict = rule.verdicts[answer.verdict]
    return replace(blank, person=answer.person, stance=str(verdict.stance), outcome=verdict.outcome)


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
    ends = {ending.count("for") >= rule.threshold for ending in endings}
    waited_for = any(b.decides and not b.stance and b.category in rule.categories for b in ballots)
    if silent and not late and True in ends and (False in ends or waited_for or not rule.early):
        return None
    return "reached" if given.count("for") >= rule.threshold else "not_reached"


def _positions(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    taken = [ballot.stance for ballot in ballots if ballot.decides and not ballot.gone]
    needed = _quorum(rule, ballots)
    good = "against" not in taken and len(taken) - taken.count(None) >= needed
    if late or (rule.early and len(taken) < needed):
        return "passed" if good else "failed"
    return "passed" if good and None not in taken else None


def _quorum(rule: Rule, ballots: list[Ballot]) -> int:
    needed, whole = 0, len(_whole(rule, ballots))
    while needed < rule.quorum_least or needed < Decimal(str(rule.quorum_share)) * whole:
        needed += 1
    return needed


def _whole(rule: Rule, ballots: list[Ballot]) -> list[Ballot]:
    return [b for b in ballots if b.decides and (rule.recused == "stays" or not b.gone)]


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
    """A plain consensus of those who are left when some objections are put aside."""
    deciding = [ballot for ballot in ballots if ballot.decides]
    objecting = [
        at
        for at, ballot in enumerate(deciding)
        if ballot.stance not in (None, "neutral") and not ballot.outcome
    ]
    for many in range(rule.objections_allowed + 1):
        for aside in combinations(objecting, many):
            rest = [ballot for at, ballot in enumerate(deciding) if at not in aside]
            if found := _agreed(rule, rest):
                return found
    return None


def _agreed(rule: Rule, deciding: list[Ballot]) -> str | None:
    agreed = [
        candidate
        for candidate in sorted({v.outcome for v in rule.verdicts.values() if v.outcome})
        if all(b.stance == "neutral" or b.outcome == candidate for b in deciding)
        and not all(b.stance == "neutral" for b in deciding)
    ]
    return agreed[0] if agreed else None


def _endings(ballots: list[Ballot]) -> list[list[Ballot]]:
    """Every way in which those who are silent could still answer."""
    given = [ballot for ballot in ballots if ballot.stance or ballot.gone]
    silent = [ballot for ballot in ballots if not ballot.stance and not ballot.gone]
    return [
        [*given, *(replace(b, stance=str(s)) for b, s in zip(silent, stances, strict=True))]
        for stances in product(Stance, repeat=len(silent))
    ]


def _vote(
    carried: Callable[[Rule, list[Ballot]], bool],
) -> Callable[[Rule, list[Ballot], bool], str | None]:
    """A vote is over when all have answered, when time is up, or when nothing could carry it."""

    def read(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
        deciding = [ballot for ballot in ballots if ballot.decides]

        def wins(ending: list[Ballot]) -> bool:
            given = [ballot for ballot in ending if ballot.stance]
            return len(given) >= _quorum(rule, deciding) and carried(rule, ending)

        endings = _endings(deciding)
        if not late and len(endings) > 1 and any(map(wins, endings)):
            return None
        return "carried" if wins(deciding) else "not_carried"

    return read


def _by_share(rule: Rule, ballots: list[Ballot]) -> bool:
    """Each seat counts as often as it weighs."""
    weighs = rule.kind == RuleKind.WEIGHTED
    heap = [b for b in ballots for _ in range(b.weight if weighs else 1)]
    for_it = [ballot for ballot in heap if ballot.stance == "for"]
    if rule.vote.among == "seats":
        whole = _whole(rule, heap)
    else:
        voting = {"for", "against"} | ({"neutral"} if rule.vote.abstentions_count else set())
        whole = [ballot for ballot in heap if ballot.stance in voting]
    enough = rule.vote.share is None or _has(rule.vote.share, len(for_it), len(whole))
    return bool(for_it) and len(for_it) >= rule.vote.number and enough


def _has(share: Share, part: int, whole: int) -> bool:
    found = Fraction(part, whole) if whole else Fraction(share.of)
    return found > share.of or (found == share.of and not share.more_than)


def _weighted(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    left = [b for b in ballots if b.decides and not b.gone and b.weight]
    return _vote(_by_share)(rule, ballots, late) if left else None


def _constituencies(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    seated = {b.category for b in ballots if b.decides and not b.gone}

    def carried(rule: Rule, ending: list[Ballot]) -> bool:
        left = dict(rule.vote.each)
        for ballot in ending:
            if ballot.stance == "for" and ballot.category in left:
                left[ballot.category] -= 1
        return all(number <= 0 for number in left.values())

    return _vote(carried)(rule, ballots, late) if seated >= set(rule.vote.each) else None


def _unvetoed(rule: Rule, ballots: list[Ballot]) -> bool:
    for ballot in ballots:
        names = [ballot.category, f"party:{ballot.party}"]
        if ballot.stance == "against" and any(name in rule.vote.vetoes for name in names):
            return False
    return sum(ballot.stance == "for" for ballot in ballots) >= rule.vote.number


def _sequential(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    deciding = [ballot for ballot in ballots if ballot.decides]
    rank = {category: at for at, category in enumerate(rule.categories)}
    for ballot in deciding:
        rank.setdefault(ballot.category, len(rank))
    for ballot in sorted(deciding, key=lambda b: rank[b.category]):
        before = [b for b in deciding if rank[b.category] < rank[ballot.category]]
        reached = all(other.stance == "for" for other in before)
        if reached and ballot.stance == "against" and ballot.outcome:
            return ballot.outcome
    return "complete" if all(ballot.stance == "for" for ballot in deciding) else None


def _silence(rule: Rule, ballots: list[Ballot], late: bool) -> str | None:
    assert rule.silence
    present = [ballot for ballot in ballots if ballot.decides and not ballot.gone]
    if not any(ballot.weight for ballot in present):
        return None
    against = [ballot for ballot in present if ballot.stance == "against"]
    groups = {b.category for b in present} if rule.silence.breaks.of_one_category else {""}
    most = max(sum(not g or b.category == g for b in against) for g in groups)
    broken = most >= rule.silence.breaks.number
    if rule.silence.breaks.share:
        heavy = sum(ballot.weight for ballot in against)
        whole = sum(ballot.weight for ballot in _whole(rule, ballots))
        broken = bool(against) and _has(rule.silence.breaks.share, heavy, whole)
    if broken or len(against) == len(present):
        return "broken" if late or not rule.silence.revives else None
    return "adopted" if late else None


NAIVE = {
    RuleKind.SINGLE: _single,
    RuleKind.ALL_OF: _all_of,
    RuleKind.THRESHOLD: _threshold,
    RuleKind.QUORUM_BY_CATEGORY: _by_category,
    RuleKind.CONSENSUS: _consensus,
    RuleKind.DUAL: _dual,
    RuleKind.SINGLE_AFTER_CONSULTATION: _after_consultation,
    RuleKind.SEQUENTIAL: _sequential,
}
SEEING_WHO_LEFT = {
    RuleKind.POSITIONS: _positions,
    RuleKind.QUALIFIED_MAJORITY: _vote(_by_share),
    RuleKind.WEIGHTED: _weighted,
    RuleKind.CONSTITUENCIES: _constituencies,
    RuleKind.VETO: _vote(_unvetoed),
    RuleKind.SILENCE: _silence,
}
