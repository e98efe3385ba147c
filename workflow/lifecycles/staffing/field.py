"""Everything that people may do in a case, and for which of it somebody is always left.

A task that more people can do than there are others that may take one of them away is easy: whoever does
the others, somebody is left for it. Only what is not easy is ever searched for.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.staffing.duties import (
    ANSWERS,
    OPENS,
    WRITES,
    Task,
    all_bars,
    barring,
    excluding,
    tasks,
)
from workflow.lifecycles.staffing.house import Doer, StaffedHouse, StaffedSeat
from workflow.lifecycles.staffing.outcomes import Act, Ways, settles, ways_to


@dataclass(frozen=True)
class TaskField:
    """The tasks of a case in a house, by number, with who can do them.

    What the rules say is kept, for this house and for others with the same seats.
    """

    definition: Definition
    house: StaffedHouse
    ways: dict[object, Ways] = field(default_factory=dict)
    settled: dict[object, bool] = field(default_factory=dict)

    def of(self, house: StaffedHouse) -> "TaskField":
        """The same in another house, with what the rules said so far."""
        return TaskField(self.definition, house, self.ways, self.settled)

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Every task."""
        return tuple(tasks(self.definition, self.house))

    @cached_property
    def number(self) -> Mapping[Task, int]:
        """The number of each task."""
        return {task: at for at, task in enumerate(self.tasks)}

    @cached_property
    def people(self) -> tuple[int, ...]:
        """Everybody who can do something in an office of their own."""
        found: set[int] = set()
        for task in self.tasks:
            found |= self._holding(task)
        return tuple(sorted(found))

    @cached_property
    def own(self) -> tuple[int, ...]:
        """Who can do each task in an office of their own, as a set of bits over `people`."""
        place = {person: at for at, person in enumerate(self.people)}
        return tuple(sum(1 << place[who] for who in self._holding(task)) for task in self.tasks)

    @cached_property
    def mandates(self) -> tuple[frozenset[Doer], ...]:
        """Who can do each task for somebody else."""
        return tuple(
            self.seat(task).mandates if task.does == ANSWERS else frozenset() for task in self.tasks
        )

    def seat(self, task: Task) -> StaffedSeat:
        """The seat that a task answers."""
        return next(s for s in self.house.seats[task.of] if s.number == task.seat)

    def seats(self, key: str) -> tuple[int, ...]:
        """The tasks of answering the seats of a round."""
        return self._answers.get(key, ())

    @cached_property
    def _answers(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for at, task in enumerate(self.tasks):
            if task.does == ANSWERS:
                found.setdefault(task.of, []).append(at)
        return {key: tuple(each) for key, each in found.items()}

    def _holding(self, task: Task) -> frozenset[int]:
        if task.does == WRITES:
            return self.house.writers.get(task.of, frozenset())
        return self.house.openers[task.of] if task.does == OPENS else self.seat(task).held_by

    @cached_property
    def near(self) -> tuple[frozenset[int], ...]:
        """Of each task the others that may keep their people from it, or it from them."""
        found: list[set[int]] = [set() for _ in self.tasks]
        for spec in self.definition.rounds.values():
            barred = all_bars(spec)
            here = self.of_round(spec)
            before = [at for at, task in enumerate(self.tasks) if barring(spec, barred, task)]
            seats = self.seats(spec.key)
            pairs = [(a, b) for a in here for b in before] + [(a, b) for a in seats for b in seats]
            for one, other in pairs:
                if one != other:
                    found[one].add(other)
                    found[other].add(one)
        return tuple(map(frozenset, found))

    def of_round(self, spec: RoundSpec) -> tuple[int, ...]:
        """What is done in a round: opening it, where somebody does, and answering its seats."""
        opening = self.number.get(Task(OPENS, spec.key))
        return (*self.seats(spec.key), *(() if opening is None else (opening,)))

    def excluded(self, spec: RoundSpec, barred: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Seats of earlier rounds and of this one of which only the one or the other can be answered."""
        heard = {bar.rpartition(":")[2] for bar in barred if bar.count(":") == 2}
        for key in heard & self.house.seats.keys():
            for other in self.seats(key):
                for at in self.seats(spec.key):
                    before = key, self.seat(self.tasks[other])
                    if excluding(barred, before, self.seat(self.tasks[at])):
                        yield other, at

    @cached_property
    def easy(self) -> tuple[int, ...]:
        """The easy tasks in an order in which each can be left for after those that come later."""
        fixed = {at for pair in self._all_excluded() for at in pair}
        left = [at for at in range(len(self.tasks)) if at not in fixed and self.own[at]]
        order: list[int] = []
        gone: set[int] = set()
        while found := [at for at in left if self._is_easy(at, gone)]:
            order += found
            gone.update(found)
            left = [at for at in left if at not in gone]
        return tuple(order)

    def _all_excluded(self) -> Iterator[tuple[int, int]]:
        for spec in self.definition.rounds.values():
            yield from self.excluded(spec, all_bars(spec))

    def _is_easy(self, at: int, gone: Collection[int]) -> bool:
        own = self.own[at]
        taking = sum(
            1 + bool(self.mandates[other])
            for other in self.near[at]
            if other not in gone and (self.own[other] & own or self.mandates[other])
        )
        return own.bit_count() > taking

    @cached_property
    def certain(self) -> frozenset[int]:
        """The easy tasks."""
        return frozenset(self.easy)

    def ways_to(self, key: str, outcome: str) -> Ways:
        """By which verdicts a round can come to an outcome."""
        seats = self.house.seats.get(key, ())
        asked = key, outcome, _gone(seats)
        if asked not in self.ways:
            spec = self.definition.rounds[key]
            self.ways[asked] = ways_to(spec, outcome, seats, self._told.get(key, frozenset()))
        return self.ways[asked]

    @cached_property
    def _told(self) -> Mapping[str, frozenset[str]]:
        """Of each round the verdicts by which parties come to other seats."""
        found: dict[str, frozenset[str]] = {}
        for seats in self.house.seats.values():
            for given in (seat.given for seat in seats if seat.given is not None):
                found[given.round] = found.get(given.round, frozenset()) | given.verdicts
        return found

    @property
    def sources(self) -> Collection[str]:
        """The rounds by whose answers parties come to other seats."""
        return self._told

    def settles(self, act: Act, there: Collection[StaffedSeat], chosen: Collection[int]) -> bool:
        """Whether a round comes to its outcome once these tasks of it are done."""
        numbers = frozenset(self.tasks[at].seat for at in chosen)
        asked = act, numbers, frozenset(seat.number for seat in there), _gone(there)
        if asked not in self.settled:
            spec = self.definition.rounds[act.round]
            self.settled[asked] = settles(spec, act, tuple(there), numbers)
        return self.settled[asked]


def _gone(seats: Collection[StaffedSeat]) -> frozenset[int]:
    return frozenset(seat.number for seat in seats if seat.recused)
