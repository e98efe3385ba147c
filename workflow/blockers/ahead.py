"""To whom a blocker goes up and when, as the clock of its open round and its lifecycle say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow.lifecycles.checks import hold
from workflow.lifecycles.checks.known import KnownValues
from workflow.lifecycles.definition import Definition, Opens, RoundSpec, Target
from workflow.lifecycles.next_steps import is_timer

OFFICE = "office:"


@dataclass(frozen=True, slots=True)
class GoesUp:
    """When a blocker goes up, and to whom: parties in a capacity of the case, or a role of the house."""

    on: datetime
    parties: tuple[str, ...]
    capacity: str
    role: str

    @property
    def to_house(self) -> bool:
        """Whether an office of the house is asked, which is called by its role."""
        return not self.capacity


def goes_up(
    definition: Definition,
    state: str,
    due: Mapping[str, datetime],
    known: KnownValues,
    parties: Mapping[str, tuple[str, ...]],
) -> GoesUp | None:
    """What time does with a case that stands in `state`; nothing where it leaves it there.

    `due` are its open rounds with their ends, `parties` the names of those who take part, by capacity.
    """
    for spec in definition.rounds_in(state):
        if spec.key in due and is_timer(spec):
            onward = _way(spec, known).state
            if onward is not None:
                return _to(definition, onward, due[spec.key], parties)
    return None


def _way(spec: RoundSpec, known: KnownValues) -> Target:
    leads = spec.outcomes[spec.rule.verdicts[spec.at_due].outcome]
    return next((each.to for each in leads.branches if hold(each.when, known)), leads)


def _to(
    definition: Definition, state: str, on: datetime, parties: Mapping[str, tuple[str, ...]]
) -> GoesUp | None:
    """Whom the first round of a state asks that opens as it is entered."""
    opening = (
        spec
        for spec in definition.rounds_in(state)
        if spec.opens is Opens.ON_ENTRY and not is_timer(spec)
    )
    first = next(opening, None)
    if first is None:
        return None
    seat = first.rule.seats[0]
    capacity = "" if seat.of.startswith(OFFICE) else seat.of
    role = definition.roles[seat.role].label
    return GoesUp(on, parties.get(capacity, ()), capacity, role)
