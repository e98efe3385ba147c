"""The names that a file defines, gathered before anything in it refers to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.engine.figures import WorkingCalendar

CAPACITIES = ("proposer", "beneficiary", "donor", "executing_agency", "lead", "convenor")
VOCABULARIES = (
    "frameworks",
    "areas",
    "sectors",
    "sdg_goals",
    "mdg_goals",
    "agencies",
    "donors",
    "countries",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What may be referred to, in the order of the file; `verdicts` are those of each round."""

    sources: tuple[str, ...]
    roles: tuple[str, ...]
    states: tuple[str, ...]
    final: frozenset[str]
    documents: tuple[str, ...]
    rules: tuple[str, ...]
    rounds: tuple[str, ...]
    verdicts: Mapping[str, tuple[str, ...]]
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Any, calendars: Mapping[str, WorkingCalendar]) -> "Names":
        """The names in `raw`, however broken the rest of it is."""
        states, rounds = _table(raw, "states"), _table(raw, "rounds")
        return cls(
            sources=tuple(_table(raw, "sources")),
            roles=tuple(_table(raw, "roles")),
            states=tuple(states),
            final=frozenset(key for key in states if _table(states, key).get("final") is True),
            documents=tuple(_table(raw, "documents")),
            rules=tuple(_table(raw, "rules")),
            rounds=tuple(rounds),
            verdicts={key: _verdicts(raw, _table(rounds, key).get("rule")) for key in rounds},
            calendars=calendars,
        )


def _verdicts(raw: Any, rule: Any) -> tuple[str, ...]:
    rules = _table(raw, "rules")
    return tuple(_table(_table(rules, rule), "verdicts")) if isinstance(rule, str) else ()


def _table(raw: Any, key: str) -> dict[str, Any]:
    found = raw.get(key) if isinstance(raw, dict) else None
    return found if isinstance(found, dict) else {}
