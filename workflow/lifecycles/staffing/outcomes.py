"""Which answers bring a round to an outcome, said by the round's own rule."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import RuleKind
from workflow.lifecycles.rules.panel import Answer, PanelSeat
from workflow.lifecycles.seat import Part
from workflow.lifecycles.staffing.house import StaffedSeat

SETTLE, SUPERSEDED = "settle", "superseded"


class Act(NamedTuple):
    """A round that comes to an outcome: all who answer there give this verdict, or time alone does it."""

    round: str
    outcome: str
    verdict: str = ""


class Ways(NamedTuple):
    """The verdicts by which an outcome can come about, and whether no other answers would do it."""

    verdicts: tuple[str, ...]
    complete: bool = True


def ways_to(
    spec: RoundSpec, outcome: str, seats: Sequence[StaffedSeat], told: Collection[str]
) -> Ways:
    """By which verdicts an outcome can come about; an empty one is time alone.

    A verdict is left out where another one does the same and is kept from no more people, unless
    later seats go by it, as those that were `told` do.
    """
    if outcome == SUPERSEDED and spec.rule.kind is RuleKind.SILENCE:
        return Ways((), complete=False)
    human = [seat for seat in seats if not seat.timer]
    able = list(_alone(spec, outcome, seats))
    everybody = {seat.number for seat in human}
    for verdict in spec.rule.verdicts.values():
        decides = verdict.part is Part.DECIDES
        if decides and settles(spec, Act(spec.key, outcome, verdict.key), human, everybody):
            able.append(verdict.key)
    kept = [each for each in able if each in told or not _beaten(spec, each, able)]
    mixed = all(spec.rule.verdicts[each].never for each in kept if each) and "" not in kept
    return Ways(tuple(kept), complete=not (kept and mixed))


def _alone(spec: RoundSpec, outcome: str, seats: Sequence[StaffedSeat]) -> Iterator[str]:
    """Whether time alone brings it about."""
    timed = spec.rule.verdicts.get(spec.at_due)
    if timed is not None:
        if timed.outcome == outcome:
            yield ""
    elif spec.at_due and settles(spec, Act(spec.key, outcome), seats, ()):
        yield ""


def _beaten(spec: RoundSpec, one: str, able: Sequence[str]) -> bool:
    """Whether another verdict is kept from fewer people, or comes first where it is the same."""
    own = _kept(spec, one)
    others = (each for each in able if each != one)
    return any(
        _kept(spec, each) < own or (_kept(spec, each) == own and able.index(each) < able.index(one))
        for each in others
    )


def _kept(spec: RoundSpec, verdict: str) -> frozenset[str]:
    """What keeps a verdict from people, its documents included."""
    if not verdict:
        return frozenset()
    said = spec.rule.verdicts[verdict]
    needs = (f"needs:{kind}" for kind in said.needs)
    return frozenset({"somebody", *said.never, *needs})


def settles(
    spec: RoundSpec, act: Act, seats: Sequence[StaffedSeat], chosen: Collection[int]
) -> bool:
    """Whether the round comes to the outcome once these seats have answered so, in time or when it is up.

    An empty outcome is that everybody asked has answered, whatever comes of it.
    """
    if not act.outcome:
        return all(s.recused or s.timer or s.number in chosen for s in seats)
    heard = next((v.key for v in spec.rule.verdicts.values() if v.part is Part.CONSULTED), "")
    said = {Part.DECIDES: act.verdict, Part.CONSULTED: heard}
    answers = {
        seat.number: Answer(seat.number, seat.number, said[seat.part])
        for seat in seats
        if seat.number in chosen and said[seat.part] and not seat.recused
    }
    places = [
        PanelSeat(s.number, s.party_name, s.category, s.part, s.recused, s.party_key) for s in seats
    ]
    ends = (False, True) if spec.at_due == SETTLE else (False,)
    read = (rules.read(spec.rule, places, answers, due_passed=late) for late in ends)
    return any(reading.outcome == act.outcome for reading in read)
