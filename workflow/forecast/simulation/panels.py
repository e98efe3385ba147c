"""Whom the rounds of a simulated case ask, found by the engine's own reading of seats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workflow.engine.domain import Bench, Found
from workflow.engine.permissions.participants import resolve_participants
from workflow.forecast.simulation.assumptions import Assumptions
from workflow.forecast.simulation.observations import AskedAs
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import Rule, RuleKind

# How many parties a word names where nothing is known of it.
USUAL = {"interested": 3, "board": 4, "beneficiary": 2}
ANSWERED = "answered"


class AskedParty(NamedTuple):
    """A party that a word of the lifecycle names, and the category that its bench gives it."""

    party: int
    key: str
    name: str
    category: str = ""
    bench: int = 0


Places = Mapping[str, tuple[AskedParty, ...]]


@dataclass(slots=True)
class Seating:
    """The seats of one round as they are asked, with every reading of them that was needed so far."""

    rule: Rule
    seats: tuple[rules.PanelSeat, ...]
    roles: tuple[str, ...]
    parties: tuple[int, ...]
    _read: dict[tuple[tuple[str, ...], bool], str | None] = field(default_factory=dict)

    def outcome(self, given: Sequence[str], *, due_passed: bool) -> str | None:
        """What the rule makes of these verdicts, seat by seat; nothing where it is not settled.

        Every seat is answered by a person of its own.
        """
        key = tuple(given), due_passed
        if key not in self._read:
            reading = rules.read(self.rule, self.seats, answers(given), due_passed=due_passed)
            self._read[key] = reading.outcome
        return self._read[key]

    def turns(self, given: Sequence[str]) -> list[int]:
        """The silent seats whose turn it is, where they are asked one category after the other."""
        silent = [n for n, said in enumerate(given) if not said and not self.seats[n].recused]
        if self.rule.kind is not RuleKind.SEQUENTIAL:
            return silent
        said = answers(given)
        return [n for n in silent if not rules.comes_after(self.rule, self.seats, said, n)]


def answers(given: Sequence[str]) -> dict[int, rules.Answer]:
    """Verdicts by seat as a rule reads them."""
    return {
        number: rules.Answer(number, number, verdict)
        for number, verdict in enumerate(given)
        if verdict
    }


@dataclass(frozen=True, slots=True)
class AskedInRun:
    """Whom the words of a lifecycle name in a simulated case."""

    places: Places

    def find(self, of: str) -> Found:
        """The parties; a reason is told nobody."""
        return [(place.party, "") for place in self.places.get(of, ())]

    def sits(self, of: str) -> Bench | None:
        """The bench, if they are on one."""
        benches = [place.bench for place in self.places.get(of, ()) if place.bench]
        return Bench(benches[0], "") if benches else None

    def sorts(self, of: str) -> Mapping[int, str]:
        """The categories that the bench gives, by party."""
        return {each.party: each.category for each in self.places.get(of, ()) if each.category}


def seated(spec: RoundSpec, places: Places) -> Seating:
    """The seats that opening the round freezes; those asked on conditions are, where no case says otherwise."""
    found, _ = resolve_participants(spec, spec.rule.seats, AskedInRun(places))
    unique = {(each.spec.role, each.party_id, each.category): each for each in found}
    known = {place.party: place for group in places.values() for place in group}
    asked = list(unique.values())
    return Seating(
        rule=spec.rule,
        seats=tuple(
            rules.PanelSeat(
                number,
                known[each.party_id].name,
                each.category,
                each.spec.part,
                party=known[each.party_id].key,
            )
            for number, each in enumerate(asked)
        ),
        roles=tuple(each.spec.role for each in asked),
        parties=tuple(each.party_id for each in asked),
    )


def invented(definition: Definition, assumed: Assumptions) -> Places:
    """Parties for every word of a lifecycle where no case says who they are."""
    found: dict[str, tuple[AskedParty, ...]] = {}
    names = dict.fromkeys(_named(definition))
    for of in names:
        count = _size(definition, assumed, of)
        first = -1000 * (len(found) + 1)
        found[of] = tuple(
            AskedParty(first - number, f"{of}-{number + 1}", f"{of} {number + 1}")
            for number in range(count)
        )
    return found


def _named(definition: Definition) -> Iterable[str]:
    """What names those whom rounds ask, save those who answered before and those asked instead of others."""
    for seat in definition.seats():
        if not seat.of.startswith(ANSWERED) and not (seat.if_any and seat.of.startswith("body:")):
            yield seat.of
    for spec in definition.rounds.values():
        yield from (appoints.capacity for appoints in spec.appoints)


def _size(definition: Definition, assumed: Assumptions, of: str) -> int:
    known = [
        assumed.sizes[asked]
        for spec in definition.rounds.values()
        for seat in spec.rule.seats
        if seat.of == of and (asked := AskedAs(spec.key, seat.role, seat.part)) in assumed.sizes
    ]
    return max(known, default=USUAL.get(of, 1))
