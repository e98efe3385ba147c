"""Which tasks of a case must be done by different people, as the lifecycle declares its duties.

Means what the check of permission means when it meets them: what somebody answered or wrote before in
the case, in their own name or through somebody else, keeps them from what comes after.
"""

from collections.abc import Iterator
from typing import NamedTuple

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.staffing.house import StaffedHouse, StaffedSeat

ANSWERS, OPENS, WRITES = "answers", "opens", "writes"
SIGNED, AUTHOR, PARTY, OFFICE = "signed:", "author", "party:signed:", "office:signed:"


class Task(NamedTuple):
    """Something that one person does: answer a seat of a round, open a round, write a document."""

    does: str
    of: str
    seat: int = 0


def bars(spec: RoundSpec, verdict: str = "") -> frozenset[str]:
    """What keeps people from answering a round at all, or with this verdict."""
    said = spec.rule.verdicts.get(verdict)
    return frozenset({*spec.rule.never, *(said.never if said else ())})


def all_bars(spec: RoundSpec) -> frozenset[str]:
    """What keeps people from answering a round with one verdict or another."""
    return frozenset(spec.rule.never).union(*(v.never for v in spec.rule.verdicts.values()))


def tasks(definition: Definition, house: StaffedHouse) -> Iterator[Task]:
    """Everything that people may be asked to do in a case."""
    for kind in definition.documents:
        yield Task(WRITES, kind)
    for spec in definition.rounds.values():
        if house.openers.get(spec.key) is not None:
            yield Task(OPENS, spec.key)
        for seat in house.seats.get(spec.key, ()):
            if not seat.timer and not seat.recused:
                yield Task(ANSWERS, spec.key, seat.number)


def barring(spec: RoundSpec, barred: frozenset[str], earlier: Task) -> bool:
    """Whether having done something earlier keeps a person from a round that is barred so."""
    if earlier.does == ANSWERS:
        return f"{SIGNED}{earlier.of}" in barred
    return earlier.does == WRITES and AUTHOR in barred and earlier.of in spec.text


def excluding(barred: frozenset[str], heard: tuple[str, StaffedSeat], seat: StaffedSeat) -> bool:
    """Whether an answer of one seat keeps another one from answering, whoever sits there."""
    key, other = heard
    same = other.party == seat.party
    if same and f"{PARTY}{key}" in barred:
        return True
    return same and other.role == seat.role and f"{OFFICE}{key}" in barred
