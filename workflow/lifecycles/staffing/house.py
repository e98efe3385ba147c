"""The house as a case would meet it: whom each round would ask, and who can answer there today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.seat import Part
from workflow.phrase import Phrase
from workflow.vocabulary import SYSTEM, Footing


class Doer(NamedTuple):
    """Somebody who acts: in an office of their own, or under a mandate for somebody else."""

    person: int
    principal: int | None = None

    @property
    def everybody(self) -> frozenset[int]:
        """Both whom an act counts for: what bars the one bars the other as well."""
        return frozenset({self.person} if self.principal is None else {self.person, self.principal})


class Given(NamedTuple):
    """The round and the answers by which a party comes to a seat: who offered to lead is asked to."""

    round: str
    verdicts: frozenset[str]


@dataclass(frozen=True, slots=True)
class StaffedSeat:
    """A seat that a round would ask, with those who can answer it.

    `held_by` are people in the office itself, `mandates` those who act for one of them in this round.
    Nobody has it before it is `given` by an answer, where it is. A seat that is `recused` has left the round.
    """

    number: int
    role: str
    party: int
    party_name: str
    party_key: str = ""
    part: Part = Part.DECIDES
    category: str = ""
    held_by: frozenset[int] = frozenset()
    mandates: frozenset[Doer] = frozenset()
    given: Given | None = None
    recused: bool = False

    @property
    def timer(self) -> bool:
        """Whether time answers it, and nobody."""
        return self.role == SYSTEM

    def without(self, person: int) -> "StaffedSeat":
        """The same where somebody can do nothing, in their own name, for others or through them."""
        held = self.held_by - {person}
        left = frozenset(each for each in self.mandates if person not in each.everybody)
        return replace(self, held_by=held, mandates=left)


@dataclass(frozen=True, slots=True)
class StaffedHouse:
    """Everything of the house that bears on who can do what in a case.

    `seats` are those of each round, `openers` the people who may open an initiative, and `writers`
    those who may write a document. A round is `closed` with the reason where nobody can be asked.
    `unsettled` are rounds of which it is not known beforehand whom they ask.
    """

    seats: Mapping[str, tuple[StaffedSeat, ...]]
    openers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    writers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    closed: Mapping[str, Phrase] = field(default_factory=dict)
    unsettled: frozenset[str] = frozenset()

    def asked(self, definition: Definition) -> frozenset[str]:
        """The rounds of managed cases in which people are asked."""
        return frozenset(
            key
            for key, seats in self.seats.items()
            if definition.rounds[key].footing is Footing.MANAGED
            and any(not seat.timer for seat in seats)
        )

    @property
    def known(self) -> tuple[object, ...]:
        """Everything of it, to tell it from another house."""
        parts = (self.seats, self.openers, self.writers, self.closed)
        return (*(tuple(sorted(part.items(), key=itemgetter(0))) for part in parts), self.unsettled)

    def without(self, person: int) -> "StaffedHouse":
        """The house that somebody has left."""
        return replace(
            self,
            seats={key: tuple(s.without(person) for s in each) for key, each in self.seats.items()},
            openers={key: who - {person} for key, who in self.openers.items()},
            writers={key: who - {person} for key, who in self.writers.items()},
        )

    def recusing(self, person: int, round_key: str) -> "StaffedHouse":
        """The house in which somebody steps back in one round; a seat that nobody else can answer leaves it."""
        seats = tuple(_stepped_back(seat, person) for seat in self.seats.get(round_key, ()))
        return replace(self, seats={**self.seats, round_key: seats})


def _stepped_back(seat: StaffedSeat, person: int) -> StaffedSeat:
    left = seat.without(person)
    gone = left != seat and not left.held_by and not left.mandates
    return replace(left, recused=True) if gone else left
