"""A programme that nobody has begun: its parties, and whom a lifecycle would ask in it today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from workflow.bodies.seats import BOARD
from workflow.engine.domain import Bench, Found
from workflow.engine.permissions.participants import parties
from workflow.lifecycles.clauses.remarks import verdicts_named
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.loader.names import NEXT_CONVENOR
from workflow.lifecycles.seat import Part
from workflow.lifecycles.staffing.house import Given
from workflow.phrase import Phrase
from workflow.programmes.approaches.lines import APPROACHED
from workflow.programmes.lead_groups.changes import FEWEST, JOINING, LEAVING, TERMS
from workflow.programmes.lead_groups.turns import CONVENOR, LEAD, SUBJECT
from workflow.programmes.meetings.lines import INVITED
from workflow.programmes.participants import (
    NO_CASE,
    Seated,
    board_lacks,
    bodies_under,
    body_of,
    places_of,
)

ANSWERED, OFFICE, INTERESTED = "answered:", "office:", "interested"


# Cases of lead groups, and how many pivotal countries stand for whom one is asked as.
OF_GROUP = (SUBJECT, LEAVING, JOINING, TERMS)
MEMBERS: Mapping[str, int] = {LEAD: FEWEST, CONVENOR: 1, NEXT_CONVENOR: 1}


@dataclass(frozen=True, slots=True)
class CaseToBe:
    """The parties of a programme by capacity, and the framework under which it would be, if under one."""

    taking: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    framework: int | None = None


@dataclass(frozen=True)
class AskedOfCaseToBe:
    """Whom the words of a lifecycle would name in such a programme on a day.

    Of a capacity that an answer gives, those are named who may come to it; of the country that is approached
    or invited to a meeting it is one of the pivotal ones, of the members of a lead group it is two.
    """

    session: Session
    definition: Definition
    case: CaseToBe
    today: date

    def find(self, of: str) -> Found:
        """The parties, each with the reason it is asked."""
        given = self.given(of)
        if given is not None:
            asked = self.definition.rounds[given.round].rule.seats
            found = [each for seat in asked if seat.of != of for each in self.find(seat.of)]
            return list(dict.fromkeys(found))
        if of in (APPROACHED, INVITED) and of not in self.case.taking:
            return self.find(INTERESTED)[:1]
        if self.definition.subject in OF_GROUP and of in MEMBERS and of not in self.case.taking:
            return self.find(INTERESTED)[: MEMBERS[of]]
        if of.startswith(OFFICE) or of.partition(":")[0] == INTERESTED:
            return parties(self.session, NO_CASE, of, self.today)
        if of.partition(":")[0] in {BOARD, "body"}:
            return self._seated(of)
        return [(party, of) for party in self.case.taking.get(of, ())]

    def _seated(self, of: str) -> Found:
        if of.partition(":")[0] == BOARD and BOARD not in self.bodies:
            return parties(self.session, NO_CASE, of, self.today)
        return [(party, of) for party, _ in places_of(of, self.bodies)]

    def sits(self, of: str) -> Bench | None:
        """The bench, if they are on one."""
        body = body_of(of, self.bodies)
        return Bench(body.id, body.key) if body else None

    def sorts(self, of: str) -> Mapping[int, str]:
        """The categories that the bench gives, by party."""
        return dict(places_of(of, self.bodies))

    @cached_property
    def bodies(self) -> Mapping[str, Seated]:
        """The bodies to which it would go, by kind."""
        return bodies_under(self.session, self.case.framework, self.today)

    def given(self, of: str) -> Given | None:
        """By which answers a party comes to be named so, where it is by an answer."""
        if of.startswith(ANSWERED):
            _, key, verdicts = of.split(":")
            return Given(key, verdicts_named(self.definition.rounds[key], verdicts.split("+")))
        for spec in self.definition.rounds.values():
            for each in spec.appoints:
                if each.capacity == of and each.verdict and of not in self.case.taking:
                    return Given(spec.key, frozenset({each.verdict}))
        return None

    def unsettled(self, spec: RoundSpec) -> bool:
        """Whether it is only known once somebody has named a party whom the round asks."""
        named = {
            each.capacity
            for other in self.definition.rounds.values()
            for each in other.appoints
            if each.question
        }
        return any(seat.of in named - self.case.taking.keys() for seat in spec.rule.seats)

    def lacks(self, spec: RoundSpec) -> Phrase | None:
        """Why nobody can be asked in a round: a body that would decide there has too few seats."""
        for seat in spec.rule.seats:
            if seat.part is Part.CONSULTED or seat.of.partition(":")[0] not in {BOARD, "body"}:
                continue
            body = body_of(seat.of, self.bodies)
            if body is not None and (why := body.lacks()) is not None:
                return why
            if body is None and seat.of.partition(":")[0] == BOARD:
                why = board_lacks(self.session, NO_CASE, "", self.today)
                if why is not None:
                    return why
        return None
