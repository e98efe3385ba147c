"""What the people of a house can do in a lifecycle today, and what nobody could if one of them were gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.reachability import CasePosition, Step
from workflow.lifecycles.staffing.duties import ANSWERS, OPENS, WRITES, Task
from workflow.lifecycles.staffing.effort import BeyondEffort, SearchEffort
from workflow.lifecycles.staffing.field import TaskField
from workflow.lifecycles.staffing.hindrances import hindering, shortest
from workflow.lifecycles.staffing.house import Doer, StaffedHouse
from workflow.lifecycles.staffing.load import borne
from workflow.lifecycles.staffing.outcomes import Act
from workflow.lifecycles.staffing.search import FoundWays, Node, searched, steps_of
from workflow.lifecycles.staffing.separation import bits


class Feasibility(StrEnum):
    """Whether something can be done, cannot, or was not found out in time."""

    CAN = "can"
    CANNOT = "cannot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StaffingFinding:
    """An end or a round by its key: whether it can be had, by which acts and people, or what hinders it.

    `hindered` are the rounds behind it: one that nobody can answer, or several that nobody can together.
    """

    key: str
    standing: Feasibility
    acts: tuple[Act, ...] = ()
    who: Mapping[Task, Doer] | None = None
    hindered: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Loss:
    """What could no longer be had without somebody: at all, or in one `round` from which they step back.

    `hindered` are the rounds behind it: one that nobody could answer, or several that nobody could together.
    """

    person: int
    rounds: tuple[str, ...]
    ends: tuple[str, ...]
    round: str = ""
    hindered: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class StaffingReport:
    """The ends and rounds of a lifecycle in a house, and who cannot be missed; `complete` if nothing was left open."""

    ends: tuple[StaffingFinding, ...]
    rounds: tuple[StaffingFinding, ...]
    leaving: tuple[Loss, ...] = ()
    recusing: tuple[Loss, ...] = ()
    complete: bool = True

    @property
    def sound(self) -> bool:
        """Whether every end can be reached."""
        return all(end.standing is Feasibility.CAN for end in self.ends)


def staffing(
    definition: Definition, house: StaffedHouse, looks: SearchEffort | None = None
) -> StaffingReport:
    """What the people of a house can do in a case, whom it cannot do without, and what hinders it."""
    effort, steps = looks or SearchEffort(), steps_of(definition)
    field = TaskField(definition, house)
    found = searched(field, steps, effort)
    ends = tuple(
        _finding(field, steps, (key, found.states.get(key)), (found, effort))
        for key, state in definition.states.items()
        if state.final and not state.overtaken_by_parent
    )
    rounds = tuple(
        _finding(field, steps, (key, found.rounds.get(key)), (found, effort), of_round=True)
        for key in definition.rounds
        if key in house.asked(definition)
    )
    return _with_losses(StaffingReport(ends, rounds, complete=found.complete), field, steps, effort)


def _finding(
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    came: tuple[str, Node | None],
    known: tuple[FoundWays, SearchEffort],
    *,
    of_round: bool = False,
) -> StaffingFinding:
    (key, node), (found, effort) = came, known
    if node is not None:
        return StaffingFinding(key, Feasibility.CAN, node.path, who_does(field, node))
    if not found.complete:
        return StaffingFinding(key, Feasibility.UNKNOWN)
    hindered = hindering(field, steps, (key, of_round), effort)
    return StaffingFinding(key, Feasibility.CANNOT, hindered=hindered)


def who_does(field: TaskField, node: Node) -> Mapping[Task, Doer]:
    """Somebody for everything on a way, with all duties kept."""
    found = borne(field, node.load, SearchEffort())
    if found is None:
        raise BeyondEffort
    chosen, hard = found
    done = dict(hard)
    wanted = {field.number[Task(WRITES, kind)] for kind in node.written}
    for act in node.path:
        opening = field.number.get(Task(OPENS, act.round))
        wanted |= set() if opening is None else {opening}
        if act.verdict:
            wanted |= chosen.get(act.round, field.certain.intersection(field.seats(act.round)))
    for task in reversed(field.easy):
        if task in wanted:
            taken = set().union(*(done[at].everybody for at in field.near[task] if at in done))
            free = (field.people[at] for at in bits(field.own[task]))
            done[task] = Doer(next(who for who in free if who not in taken))
    return {field.tasks[at]: acting for at, acting in done.items()}


def _with_losses(
    report: StaffingReport,
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    effort: SearchEffort,
) -> StaffingReport:
    """Whom of those on the ways that were found nobody can replace."""
    leaving, recusing = list[Loss](), list[Loss]()
    complete = report.complete
    for person, rounds in sorted(_needed(report, field).items()):
        houses = [("", field.house.without(person))]
        houses += [(key, field.house.recusing(person, key)) for key in sorted(rounds)]
        for key, house in houses:
            left = field.of(house)
            found = searched(left, steps, effort)
            complete &= found.complete
            losses = [replace(each, person=person, round=key) for each in _lost(report, found)]
            (recusing if key else leaving).extend(
                _explained(left, steps, each, effort) for each in losses
            )
    return replace(report, leaving=tuple(leaving), recusing=tuple(recusing), complete=complete)


def _needed(report: StaffingReport, field: TaskField) -> Mapping[int, set[str]]:
    """People on a way for whom it is not certain that somebody else would do, with what they answer."""
    found: dict[int, set[str]] = {}
    for finding in (*report.ends, *report.rounds):
        for task, acting in (finding.who or {}).items():
            at = field.number[task]
            if at in field.certain and field.own[at].bit_count() > len(field.near[at]) * 2 + 1:
                continue
            for person in acting.everybody:
                answers = {task.of} if task.does == ANSWERS else set()
                found.setdefault(person, set()).update(answers)
    return found


def _lost(report: StaffingReport, found: FoundWays) -> Iterator[Loss]:
    """What was possible and is so no longer; nothing where it was not found out."""
    if not found.complete:
        return
    can = Feasibility.CAN
    ends = tuple(e.key for e in report.ends if e.standing is can and e.key not in found.states)
    rounds = tuple(r.key for r in report.rounds if r.standing is can and r.key not in found.rounds)
    if ends or rounds:
        yield Loss(0, rounds, ends)


def _explained(
    field: TaskField,
    steps: Mapping[CasePosition, tuple[Step, ...]],
    loss: Loss,
    effort: SearchEffort,
) -> Loss:
    """With the rounds that are behind it, those of the first way on which each shows."""
    found: list[tuple[str, ...]] = []
    sought = [(key, True) for key in loss.rounds] + [(key, False) for key in loss.ends]
    for to in sought:
        alone = {each[0] for each in found if len(each) == 1}
        way = shortest(field, steps, to, alone)
        if way is not None and not any({s.round for s in way}.issuperset(each) for each in found):
            more = hindering(field, steps, to, effort)
            found += [each for each in more if each not in found]
    return replace(loss, hindered=tuple(found))
