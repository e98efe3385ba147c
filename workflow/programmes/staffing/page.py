"""Whether people are left for a lifecycle, as a page and the command line say it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.staffing.duties import ANSWERS, OPENS, Task
from workflow.lifecycles.staffing.findings import (
    Feasibility,
    StaffingFinding,
    StaffingReport,
    staffing,
)
from workflow.lifecycles.staffing.house import Doer, StaffedHouse
from workflow.people.models import Person
from workflow.phrase import Phrase, Term
from workflow.programmes.staffing.house import house_of
from workflow.programmes.staffing.question import Asked, StaffingQuestion, question
from workflow.programmes.staffing.sentences import leaving, recusing, standing_of

# So many answers are kept, each until somebody comes or goes.
KEPT = 64


@dataclass(frozen=True, slots=True)
class Doing:
    """One who answers a seat on a way, or `opens` the round for others: who, and in which office."""

    person: str
    role: str = ""
    party: str = ""
    behalf: str = ""
    opens: bool = False


@dataclass(frozen=True, slots=True)
class WayLine:
    """A round on a way, with who would do what in it; nobody where time alone settles it."""

    round: Term
    doing: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class StaffingLine:
    """An end or a round: what it is called, how it stands in a word and a sentence, and a way to it."""

    label: Term
    standing: Feasibility
    said: Phrase
    way: tuple[WayLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedCause:
    """What keeps ends or rounds from people, in a sentence, with what these are called; all stand alike."""

    labels: tuple[Term, ...]
    standing: Feasibility
    said: Phrase


def _causes(lines: Sequence[StaffingLine]) -> tuple[SharedCause, ...]:
    found: dict[str, SharedCause] = {}
    for line in lines:
        if line.standing is not Feasibility.CAN:
            known = found.get(str(line.said))
            labels = (*(known.labels if known else ()), line.label)
            found[str(line.said)] = SharedCause(labels, line.standing, line.said)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class StaffingPage:
    """A lifecycle with the people of today: what can be reached, and whom it cannot do without.

    It is about programmes like the one in `question`, and `complete` if everything was found out.
    """

    definition: Definition
    question: StaffingQuestion
    ends: tuple[StaffingLine, ...]
    rounds: tuple[StaffingLine, ...]
    losses: tuple[Phrase, ...]
    recusals: tuple[Phrase, ...]
    complete: bool

    @property
    def missed(self) -> tuple[SharedCause, ...]:
        """Why nobody can answer some rounds or they are not come to, each cause once with its rounds."""
        return _causes(self.rounds)

    @property
    def unreached(self) -> tuple[SharedCause, ...]:
        """Why some ends are not reached, or not known to be, each cause once with its ends."""
        return _causes(self.ends)

    @property
    def sound(self) -> bool:
        """Whether every end can be reached."""
        return all(line.standing is Feasibility.CAN for line in self.ends)


def staffing_page(
    session: Session, definition: Definition, asked: Asked, today: date
) -> StaffingPage:
    """What the people in office today can do in such a programme; refuses a party that is not there."""
    of = question(session, definition, asked, today)
    house = house_of(session, definition, of.case, today)
    report = _found(_Known(definition.digest, house.known, definition, house))
    names = _names(session, report)
    teller = _Teller(definition, house, names)
    return StaffingPage(
        definition,
        of,
        tuple(teller.end(each) for each in report.ends),
        tuple(teller.round(each) for each in report.rounds),
        leaving(definition, report.leaving, names),
        recusing(definition, report.recusing, names),
        report.complete,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """A lifecycle in a house; where both are the same, so is what is found."""

    digest: str
    known: tuple[object, ...]
    definition: Definition = field(compare=False)
    house: StaffedHouse = field(compare=False)


@lru_cache(KEPT)
def _found(known: _Known) -> StaffingReport:
    return staffing(known.definition, known.house)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says what was found in the words of the lifecycle and the names of the house."""

    definition: Definition
    house: StaffedHouse
    names: Mapping[int, str]

    def end(self, found: StaffingFinding) -> StaffingLine:
        label = Term(self.definition.states[found.key].label)
        said = standing_of(self.definition, found, self.house.closed)
        return StaffingLine(label, found.standing, said, tuple(self._way(found)))

    def round(self, found: StaffingFinding) -> StaffingLine:
        label = Term(self.definition.rounds[found.key].label)
        said = standing_of(self.definition, found, self.house.closed, of_round=True)
        return StaffingLine(label, found.standing, said)

    def _way(self, found: StaffingFinding) -> Iterator[WayLine]:
        done = found.who or {}
        for act in found.acts:
            here = [
                (t, who) for t, who in done.items() if t.of == act.round and _shown(t, act.verdict)
            ]
            label = Term(self.definition.rounds[act.round].label)
            yield WayLine(label, tuple(self._doing(task, who) for task, who in sorted(here)))

    def _doing(self, task: Task, who: Doer) -> Doing:
        behalf = "" if who.principal is None else self.names[who.principal]
        person = self.names[who.person]
        if task.does == OPENS:
            return Doing(person, opens=True)
        seat = next(s for s in self.house.seats[task.of] if s.number == task.seat)
        role = Term(self.definition.roles[seat.role].label)
        return Doing(person, role, seat.party_name, behalf)


def _shown(task: Task, verdict: str) -> bool:
    return task.does == OPENS or (task.does == ANSWERS and bool(verdict))


def _names(session: Session, report: StaffingReport) -> Mapping[int, str]:
    found = {
        person
        for finding in (*report.ends, *report.rounds)
        for acting in (finding.who or {}).values()
        for person in acting.everybody
    }
    found |= {loss.person for loss in (*report.leaving, *report.recusing)}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(sorted(found))))
    return dict(rows.all())
