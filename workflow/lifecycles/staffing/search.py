"""Looking for a way through a lifecycle that the people of a house can go, to every end and every round."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.reachability import CasePosition, Step, walk
from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.load import NOTHING, PeopleLoad, borne
from workflow.lifecycles.staffing.outcomes import Act
from workflow.lifecycles.staffing.papers import Papers

# What one way may take of the whole effort, so that a hard one leaves something for others.
SHARE = 10


@dataclass(frozen=True, slots=True)
class Node:
    """A case somewhere on its way: what was done, what it asks of people, and what was or may have been written.

    That a document `may` have been written by now counts only of one for which a writer is always left:
    it bars nobody who could not be replaced.
    """

    position: CasePosition
    load: PeopleLoad = NOTHING
    path: tuple[Act, ...] = ()
    written: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()

    def no_worse_than(self, other: "Node", papers: Papers) -> bool:
        """Whether whatever can follow the other can follow this one; papers matter that it still needs later."""
        there = self.written | self.may
        answered = frozenset(act.round for act in other.load.acts)
        needed = (other.written | other.may) & papers.needed_after(answered)
        return there >= needed and self.load.no_more_than(other.load)


@dataclass(slots=True)
class FoundWays:
    """The first ways that were found: to each state and each round; whether there can be no others."""

    states: dict[str, Node] = field(default_factory=dict)
    rounds: dict[str, Node] = field(default_factory=dict)
    complete: bool = True


@dataclass(slots=True)
class Search:
    """A search through the ways of a case, those with fewer acts first."""

    known: TaskField
    steps: Mapping[CasePosition, tuple[Step, ...]]
    effort: SearchEffort
    sought: tuple[frozenset[str], frozenset[str]]
    papers: Papers
    found: FoundWays = field(default_factory=FoundWays)
    seen: dict[CasePosition, list[Node]] = field(default_factory=dict)

    def run(self) -> FoundWays:
        """Every end and round to which a way was found within the effort."""
        try:
            self._look()
        except BeyondEffort:
            self.found.complete = False
        self.found.complete |= self._is_over()
        return self.found

    def _look(self) -> None:
        first = self._first()
        waiting = deque([first] if self._is_borne(first.load) else [])
        while waiting and not self._is_over():
            node = waiting.popleft()
            here = self.seen.setdefault(node.position, [])
            self.effort.spend(len(here) + 1)
            if any(each.no_worse_than(node, self.papers) for each in here):
                continue
            here.append(node)
            self.found.states.setdefault(node.position.state, node)
            for step in self.steps.get(node.position, ()):
                waiting += self._after(node, step)

    def _is_over(self) -> bool:
        """Whether a way was found to every end and every round that people answer."""
        ends, rounds = self.sought
        return ends <= self.found.states.keys() and rounds <= self.found.rounds.keys()

    def _first(self) -> Node:
        definition = self.known.definition
        start = next(at for at in self.steps if at.state == definition.initial)
        node = Node(start, may=self.papers.easily[definition.initial])
        facts = {definition.facts} & definition.documents.keys()
        return self._writing(node, frozenset(facts))

    def _after(self, node: Node, step: Step) -> Iterator[Node]:
        """Where a case stands after a round, once for each way in which its outcome can come about."""
        spec = self.known.definition.rounds[step.round]
        if self._is_closed(spec, step) or self._leads_nowhere(spec, step):
            return
        if spec.key in self.known.house.unsettled:
            self.found.complete = False
            return
        ways = self.known.ways_to(step.round, step.outcome)
        self.found.complete &= ways.complete or step.end == step.start
        for verdict, before in product(ways.verdicts, self._in_time(node, step)):
            act = Act(step.round, step.outcome, verdict)
            if self._is_answered(before, spec, act):
                self.found.complete &= self._has_been(before, spec, act, step.end)
                continue
            after = self._doing(before, spec, act)
            if after is None:
                continue
            if verdict:
                self.found.rounds.setdefault(spec.key, after)
            may = node.may | self.papers.easily[step.end.state]
            yield replace(after, position=step.end, may=may)

    def _leads_nowhere(self, spec: RoundSpec, step: Step) -> bool:
        """Whether a round that was answered on some way leaves a case as it was, with no text written."""
        needs = any(each.needs for each in spec.rule.verdicts.values())
        return step.end == step.start and spec.key in self.found.rounds and not needs

    def _in_time(self, node: Node, step: Step) -> Iterator[Node]:
        """The case as it is, and with what can be written until this step and not after it."""
        hardly = self.papers.hardly
        leaving = hardly[step.start.state] - hardly[step.end.state] - node.written
        ending = sorted(leaving & self.papers.later.keys())
        for number in range(len(ending) + 1):
            for kinds in combinations(ending, number):
                written = self._writing(node, frozenset(kinds))
                if not kinds or self._is_borne(written.load):
                    yield written

    def _is_closed(self, spec: RoundSpec, step: Step) -> bool:
        """Whether nobody can be asked in the round, or in one that would open with its outcome."""
        closed = self.known.house.closed
        stays = step.end.state == step.start.state
        opened = step.end.asked - (step.start.asked if stays else frozenset())
        return spec.key in closed or not opened.isdisjoint(closed)

    def _doing(self, node: Node, spec: RoundSpec, act: Act) -> Node | None:
        """The case after an act, if people are left for everything that was asked so far."""
        needs = frozenset(spec.rule.verdicts[act.verdict].needs) if act.verdict else frozenset()
        if not needs <= node.written | node.may | self.papers.hardly[node.position.state]:
            return None
        after = self._writing(node, needs)
        waited = self._waited(spec)
        acts = [*([waited] if waited and act.verdict else []), act]
        for each in acts:
            after = replace(after, load=after.load.doing(self.known, each))
            self.effort.spend(len(after.load.apart) // 10 + 20)
        after = replace(after, path=(*after.path, act))
        if after.load == node.load:
            return after
        return after if self._is_borne(after.load) else None

    def _is_answered(self, node: Node, spec: RoundSpec, act: Act) -> bool:
        """Whether people were already looked for who answer in the round, or in the one before it."""
        waited = self._waited(spec) if act.verdict else None
        asked = {act.round} | ({waited.round} if waited else set())
        return any(done.round in asked for done in node.load.acts)

    def _has_been(self, node: Node, spec: RoundSpec, act: Act, end: CasePosition) -> bool:
        """Whether a case came to this end at no greater cost, so that answering again brings nothing new."""
        needs = frozenset(spec.rule.verdicts[act.verdict].needs) if act.verdict else frozenset()
        again = replace(
            node, written=node.written | needs, may=node.may | self.papers.easily[end.state]
        )
        return any(each.no_worse_than(again, self.papers) for each in self.seen.get(end, ()))

    def _waited(self, spec: RoundSpec) -> Act | None:
        """The round that everybody has to have answered first, where time does not do instead."""
        if not spec.after_round:
            return None
        earlier = self.known.definition.rounds[spec.after_round]
        if earlier.within is not None:
            return None
        return Act(earlier.key, "", next(iter(earlier.rule.verdicts)))

    def _is_borne(self, load: PeopleLoad) -> bool:
        share = SearchEffort(self.effort.left // SHARE)
        before = share.left
        try:
            return borne(self.known, load, share) is not None
        except BeyondEffort:
            self.found.complete = False
            return False
        finally:
            self.effort.spend(before - max(share.left, 0) + 1)

    def _writing(self, node: Node, kinds: frozenset[str]) -> Node:
        """With documents written; those that everybody could have written are not kept in mind."""
        load = node.load
        for kind in sorted(kinds - node.written):
            load = load.writing(self.known, kind)
        return replace(node, load=load, written=node.written | kinds)


def steps_of(definition: Definition) -> Mapping[CasePosition, tuple[Step, ...]]:
    """Everything that can happen to a case, by where it stands."""
    walked = walk(definition)
    found: dict[CasePosition, list[Step]] = {at: [] for at in walked.came_by}
    for step in walked.steps:
        found[step.start].append(step)
    return {at: tuple(each) for at, each in found.items()}


def searched(
    known: TaskField, steps: Mapping[CasePosition, tuple[Step, ...]], effort: SearchEffort
) -> FoundWays:
    """Every end and every round to which the people of a house can bring a case."""
    states = known.definition.states.items()
    ends = frozenset(key for key, state in states if state.final)
    sought = ends & {at.state for at in steps}, known.house.asked(known.definition)
    return Search(known, steps, effort, sought, Papers.of(known)).run()
