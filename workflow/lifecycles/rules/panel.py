"""A round as its rule sees it: who has a say, what they answered, and whether time is up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from workflow.lifecycles.quantities import PARTY
from workflow.lifecycles.rule import Recused, Rule, Stance, Verdict
from workflow.lifecycles.seat import Part
from workflow.phrase import Phrase

BY_SEAT = attrgetter("seat")


class PanelSeat(NamedTuple):
    """A seat as a rule sees it; `party` is the key of whom it belongs to."""

    seat: int
    name: str
    category: str
    part: Part
    recused: bool = False
    party: str = ""

    @property
    def called(self) -> frozenset[str]:
        """What a rule may call it: its category, or its party."""
        return frozenset({self.category, f"{PARTY}{self.party}"})


class Answer(NamedTuple):
    """A standing sign-off as a rule sees it."""

    seat: int
    person: int
    verdict: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a round stands: its outcome if settled, why in words, and what would change it, once asked."""

    outcome: str | None
    why: Phrase
    would_change: Callable[[], tuple[Phrase, ...]] = tuple

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, whoever worked it out."""
        if not isinstance(other, Reading):
            return NotImplemented
        same = (self.outcome, self.why) == (other.outcome, other.why)
        return same and self.changes == other.changes

    def __hash__(self) -> int:
        """A number that readings which say the same have in common."""
        return hash((self.outcome, self.why))

    @property
    def changes(self) -> tuple[Phrase, ...]:
        """What would change how the round stands, each in a sentence."""
        return self.would_change()

    @property
    def explanation(self) -> str:
        """Why, in English, as the trail keeps it."""
        return str(self.why)


class Panel(NamedTuple):
    """The places of a round by the say they have, in the order of their seats.

    `answered` and `open` are the deciding places that have answered and that have not. A recused
    place has no say: it is not waited for, whatever it had answered. Where the rule keeps it, it
    still counts in the whole of which a share is taken.
    """

    rule: Rule
    deciding: tuple[PanelSeat, ...]
    consulted: tuple[PanelSeat, ...]
    recused: tuple[PanelSeat, ...]
    answers: Mapping[int, Answer]
    due_passed: bool
    answered: tuple[PanelSeat, ...]
    open: tuple[PanelSeat, ...]

    @classmethod
    def of(
        cls,
        rule: Rule,
        places: Sequence[PanelSeat],
        answers: Mapping[int, Answer],
        *,
        due_passed: bool,
    ) -> "Panel":
        """The panel of these places; the order they come in does not matter."""
        in_order = sorted(places, key=BY_SEAT)
        present = [place for place in in_order if not place.recused]
        deciding = [place for place in present if place.part is Part.DECIDES]
        return cls(
            rule=rule,
            deciding=tuple(deciding),
            consulted=tuple([place for place in present if place.part is Part.CONSULTED]),
            recused=tuple([place for place in in_order if place.recused]),
            answers=answers,
            due_passed=due_passed,
            answered=tuple([place for place in deciding if place.seat in answers]),
            open=tuple([place for place in deciding if place.seat not in answers]),
        )

    @property
    def offered(self) -> tuple[Verdict, ...]:
        """The verdicts that a deciding place may give."""
        return tuple(v for v in self.rule.verdicts.values() if v.part is Part.DECIDES)

    @property
    def whole(self) -> tuple[PanelSeat, ...]:
        """The deciding places that a share is taken of."""
        if self.rule.recused is Recused.LEAVES:
            return self.deciding
        return (*self.deciding, *(p for p in self.recused if p.part is Part.DECIDES))

    def heard(self, places: Sequence[PanelSeat]) -> tuple[PanelSeat, ...]:
        """Those of `places` that have answered."""
        return tuple([place for place in places if place.seat in self.answers])

    def silent(self, places: Sequence[PanelSeat]) -> tuple[PanelSeat, ...]:
        """Those of `places` that have not answered."""
        return tuple([place for place in places if place.seat not in self.answers])

    def taking(self, stance: Stance) -> tuple[PanelSeat, ...]:
        """The deciding places whose answer takes `stance`."""
        return tuple(place for place in self.answered if self.verdict(place).stance is stance)

    def verdict(self, place: PanelSeat) -> Verdict:
        """What a place that has answered said."""
        return self.rule.verdicts[self.answers[place.seat].verdict]
