"""Every way that the check of permission leaves open in a small house, tried one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from workflow.engine.benches import OfficeKey
from workflow.engine.permissions.check import PermissionContext, deny_reasons
from workflow.engine.permissions.duties import Principal, PriorActs, withheld
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.reachability import CasePosition, walk
from workflow.lifecycles.rules.panel import Answer, PanelSeat
from workflow.lifecycles.seat import SeatRef
from workflow.lifecycles.staffing.house import Doer, StaffedHouse, StaffedSeat

NOBODY = PriorActs()


class Moment(NamedTuple):
    """Where a case stands, what people did in it, and which seats were heard."""

    position: CasePosition
    past: frozenset[tuple[int, PriorActs]]
    heard: frozenset[tuple[str, str, int]] = frozenset()
    written: frozenset[str] = frozenset()

    def did(self, person: int) -> PriorActs:
        return dict(self.past).get(person, NOBODY)

    def with_past(self, person: int, *, signed: str = "", wrote: str = "") -> "Moment":
        before = self.did(person)
        after = PriorActs(
            before.signed | ({signed} if signed else set()),
            before.wrote | ({wrote} if wrote else set()),
        )
        others = {each for each in self.past if each[0] != person}
        return self._replace(past=frozenset(others | {(person, after)}))


@dataclass
class Enforced:
    """All that a case can come to where each answer is put to the check of permission itself."""

    definition: Definition
    house: StaffedHouse
    ends: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)

    def try_everything(self) -> "Enforced":
        steps = walk(self.definition)
        start = next(at for at in steps.came_by if at.state == self.definition.initial)
        waiting, seen = [Moment(start, frozenset())], set[Moment]()
        while waiting:
            standing = waiting.pop()
            if standing in seen:
                continue
            seen.add(standing)
            if self.definition.states[standing.position.state].final:
                self.ends.add(standing.position.state)
            waiting += self._written(standing)
            for step in steps.steps:
                if step.start == standing.position:
                    for after in self._settled(standing, step.round, step.outcome):
                        waiting.append(after._replace(position=step.end))
        return self

    def _written(self, standing: Moment) -> Iterator[Moment]:
        for kind in self.definition.documents.values():
            if standing.position.state in kind.written_in:
                for person in self.house.writers.get(kind.key, ()):
                    after = standing.with_past(person, wrote=kind.key)
                    yield after._replace(written=after.written | {kind.key})

    def _settled(self, standing: Moment, key: str, outcome: str) -> Iterator[Moment]:
        spec = self.definition.rounds[key]
        yield from self._answers(standing, spec, outcome, {}, {})

    def _answers(
        self,
        standing: Moment,
        spec: RoundSpec,
        outcome: str,
        said: dict[int, str],
        who: dict[int, Doer],
    ) -> Iterator[Moment]:
        came = self._came(spec, said, late=False)
        if came is None:
            came = self._came(spec, said, late=True) if spec.at_due else None
        if came == outcome:
            if said:
                self.answered.add(spec.key)
            yield standing
        for seat in self.house.seats[spec.key]:
            if seat.number in said or self._came(spec, said, late=False):
                continue
            able = [*map(Doer, sorted(seat.held_by)), *sorted(seat.mandates)]
            for acting, verdict in product(able, spec.rule.verdicts.values()):
                if verdict.part is not seat.part or not standing.written >= {*verdict.needs}:
                    continue
                if self._may(standing, spec, seat, acting, who, verdict.key):
                    after = standing
                    for each in acting.everybody:
                        after = after.with_past(each, signed=spec.key)
                    heard = after.heard | {(spec.key, seat.role, seat.party)}
                    yield from self._answers(
                        after._replace(heard=heard),
                        spec,
                        outcome,
                        {**said, seat.number: verdict.key},
                        {**who, seat.number: acting},
                    )

    def _came(self, spec: RoundSpec, said: dict[int, str], *, late: bool) -> str | None:
        seats = self.house.seats[spec.key]
        places = [PanelSeat(s.number, s.party_name, s.category, s.part) for s in seats]
        answers = {at: Answer(at, at, verdict) for at, verdict in said.items()}
        return rules.read(spec.rule, places, answers, due_passed=late).outcome

    def _may(
        self,
        standing: Moment,
        spec: RoundSpec,
        seat: StaffedSeat,
        acting: Doer,
        who: dict[int, Doer],
        verdict: str,
    ) -> bool:
        here = set().union(*(each.everybody for each in who.values()))
        whom = acting.principal
        principal = (
            None
            if whom is None
            else Principal(str(whom), standing.did(whom), answered_here=whom in here)
        )
        past = standing.did(acting.person)
        seen = PermissionContext(
            offices={OfficeKey(seat.role, seat.party): 1},
            past=past,
            round_open=True,
            in_state=True,
            answered_here=acting.person in here,
            person=acting.person,
            principal=principal,
            heard=standing.heard,
        )
        place = SeatRef(seat.role, seat.party, seat.party_name, "open")
        if deny_reasons(self.definition, spec, place, seen):
            return False
        return verdict not in withheld(self.definition, spec, past, principal)
