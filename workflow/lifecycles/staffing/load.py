"""What a way through a lifecycle asks of people as it goes on, and whom that leaves for it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from workflow.lifecycles.staffing.duties import OPENS, WRITES, Task, barring, bars
from workflow.lifecycles.staffing.effort import SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.house import Doer, StaffedSeat
from workflow.lifecycles.staffing.outcomes import Act
from workflow.lifecycles.staffing.separation import assigned, bits
from workflow.lifecycles.staffing.substitutes import assigned_with_mandates

Chosen = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class PeopleLoad:
    """Of what a way asks the part that is not easy.

    `acts` are rounds for which answers have to be looked for, `tasks` what else has to be done, `apart`
    what different people do, and `excluded` of which only the one or the other is done.
    """

    acts: tuple[Act, ...] = ()
    tasks: frozenset[int] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    excluded: frozenset[tuple[int, int]] = frozenset()

    def no_more_than(self, other: "PeopleLoad") -> bool:
        """Whether whoever can bear the other can bear this one."""
        return (
            {*self.acts} <= {*other.acts}
            and self.tasks <= other.tasks
            and self.apart <= other.apart
            and self.excluded <= other.excluded
        )

    def writing(self, field: TaskField, kind: str) -> "PeopleLoad":
        """With a document written by somebody."""
        task = field.number[Task(WRITES, kind)]
        return self if task in field.certain else replace(self, tasks=self.tasks | {task})

    def doing(self, field: TaskField, act: Act) -> "PeopleLoad":
        """With a round brought to an outcome, after all that was done before."""
        spec = field.definition.rounds[act.round]
        barred = bars(spec, act.verdict)
        here = set(field.seats(act.round)) if act.verdict else set()
        opening = field.number.get(Task(OPENS, act.round)) if act.outcome else None
        before = {at for each in self.acts if each.verdict for at in field.seats(each.round)}
        before |= self.tasks
        kept = [at for at in before if barring(spec, barred, field.tasks[at])]
        apart = {(a, b) for a in here for b in kept} | set(combinations(sorted(here), 2))
        if opening is not None:
            never = frozenset(spec.rule.never)
            apart |= {(opening, b) for b in before if barring(spec, never, field.tasks[b])}
        hard = {
            (min(p), max(p)) for p in apart if not field.certain.intersection(p) and p[0] != p[1]
        }
        opens = frozenset() if opening is None or opening in field.certain else {opening}
        excluded = [p for p in field.excluded(spec, barred) if p[0] in before and act.verdict]
        return PeopleLoad(
            (*self.acts, act) if is_hard(field, act) else self.acts,
            self.tasks | opens,
            self.apart | hard,
            self.excluded | frozenset(excluded),
        )


NOTHING = PeopleLoad()


def is_hard(field: TaskField, act: Act) -> bool:
    """Whether the easy seats alone do not bring a round to its outcome, whatever came before."""
    seats = field.house.seats.get(act.round, ())
    if act.round in field.sources or any(seat.given for seat in seats):
        return True
    if not act.verdict:
        return False
    easy = field.certain.intersection(field.seats(act.round))
    return not field.settles(act, seats, easy)


def borne(
    field: TaskField, load: PeopleLoad, effort: SearchEffort
) -> tuple[Chosen, Mapping[int, Doer]] | None:
    """Which seats are answered, and who does what is not easy; None where nobody is left for something.

    Raises `BeyondEffort` where neither was found in time.
    """
    for chosen in _selections(field, load.acts, {}, {}, effort):
        done = _done(field, load, chosen, effort)
        if done is not None:
            return chosen, done
    return None


def _selections(
    field: TaskField,
    acts: tuple[Act, ...],
    chosen: Chosen,
    said: Mapping[str, str],
    effort: SearchEffort,
) -> Iterator[Chosen]:
    """Every choice of seats that brings all the rounds to their outcomes, none larger than it has to be."""
    if not acts:
        yield chosen
        return
    act, *rest = acts
    there = [s for s in field.house.seats.get(act.round, ()) if _there(field, s, chosen, said)]
    for answered in _answered(field, act, there, effort):
        with_it = {**chosen, act.round: answered | chosen.get(act.round, frozenset())}
        yield from _selections(
            field, tuple(rest), with_it, {**said, act.round: act.verdict}, effort
        )


def _there(field: TaskField, seat: StaffedSeat, chosen: Chosen, said: Mapping[str, str]) -> bool:
    """Whether a round has a seat at all: one that an answer gives is there once it was given."""
    if seat.given is None:
        return True
    if said.get(seat.given.round) not in seat.given.verdicts:
        return False
    heard = chosen.get(seat.given.round, ())
    return any(field.seat(field.tasks[at]).party == seat.party for at in heard)


def _answered(
    field: TaskField, act: Act, there: Collection[StaffedSeat], effort: SearchEffort
) -> Iterator[frozenset[int]]:
    """The seats that may be answered so that a round comes to its outcome: all that are easy, and others."""
    if not act.verdict:
        if field.settles(act, there, ()) or not _seated(there):
            yield frozenset()
        return
    numbers = {seat.number for seat in there}
    able = {at for at in field.seats(act.round) if field.tasks[at].seat in numbers}
    able = {at for at in able if field.own[at] or field.mandates[at]}
    easy = able & field.certain
    hard = able - easy
    if not field.settles(act, there, able):
        return
    owed = {at for at in hard if not field.settles(act, there, able - {at})}
    free = sorted(hard - owed)
    sizes = range(len(free), -1, -1) if act.round in field.sources else range(len(free) + 1)
    found: list[frozenset[int]] = []
    for size in sizes:
        for more in map(frozenset, combinations(free, size)):
            effort.spend(10)
            if act.round not in field.sources and any(each <= more for each in found):
                continue
            if field.settles(act, there, easy | owed | more):
                found.append(more)
                yield frozenset(easy | owed | more)


def _seated(there: Collection[StaffedSeat]) -> bool:
    return any(not seat.timer for seat in there)


def _done(
    field: TaskField, load: PeopleLoad, chosen: Chosen, effort: SearchEffort
) -> Mapping[int, Doer] | None:
    """Who does what is not easy of what was chosen."""
    wanted = load.tasks.union(*chosen.values()) - field.certain
    if any(one in wanted and other in wanted for one, other in load.excluded):
        return None
    effort.spend(len(load.apart) + len(wanted) ** 2 // 4 + 1)
    at = {task: place for place, task in enumerate(sorted(wanted))}
    near: list[set[int]] = [set() for _ in at]
    for one, other in load.apart:
        if one in at and other in at:
            near[at[one]].add(at[other])
            near[at[other]].add(at[one])
    found = assigned(
        [field.own[task] for task in at], [sum(1 << each for each in n) for n in near], effort
    )
    if found is not None:
        return {task: Doer(field.people[found[place]]) for task, place in at.items()}
    if not any(field.mandates[task] for task in at):
        return None
    able = [[*map(Doer, _people(field, task)), *sorted(field.mandates[task])] for task in at]
    done = assigned_with_mandates(able, [frozenset(each) for each in near], effort)
    return None if done is None else {task: done[place] for task, place in at.items()}


def _people(field: TaskField, task: int) -> Iterator[int]:
    return (field.people[at] for at in bits(field.own[task]))
