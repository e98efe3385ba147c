"""Facets: what many events are searched by, each derived from its own bytes and those before it.

A row of facets repeats what its event says. It is never asked what happened; it is only asked
which events to read. Whoever derives it and whoever verifies it use this one fold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from workflow.clock import read

MOVES = frozenset(
    {"case.opened", "programme.imported", "programme.import_revised", "state.entered"}
)
ANSWERS = frozenset({"signoff.given", "signoff.changed"})
LATE, OVERRIDDEN, PAUSED = "signoff.late", "duty.overridden", "round.paused"


class Telling(Protocol):
    """An event as its bytes tell it."""

    @property
    def seq(self) -> int:
        """Its number on its case."""

    @property
    def type(self) -> str:
        """What kind of event it is."""

    @property
    def person(self) -> int | None:
        """Who did it."""

    @property
    def at(self) -> datetime:
        """When it was recorded."""

    @property
    def effective(self) -> datetime:
        """When it took effect."""

    @property
    def role(self) -> str:
        """In which role somebody acted."""

    @property
    def party(self) -> str:
        """For which party somebody acted."""

    @property
    def what(self) -> Mapping[str, Any]:
        """What it says."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What one event is found by; `state` and `stage` are those its case stood in after it."""

    seq: int
    type: str
    person_id: int | None
    principal_id: int | None
    at: datetime
    role: str
    party: str
    verdict: str
    state: str
    stage: str
    since: datetime
    late: bool
    mandated: bool
    overridden: bool


@dataclass(slots=True)
class Faceting:
    """The facets of one case, as far as its events have been heard."""

    state: str = ""
    stage: str = ""
    since: datetime | None = None
    dues: dict[tuple[str, int], datetime | None] = field(default_factory=dict)

    def hear(self, told: Telling) -> Facet:
        """Take in the next event of the case; what cannot be read is found by its columns alone."""
        try:
            return self._heard(told, dict(told.what))
        except (ValueError, TypeError, LookupError, AttributeError):
            return self._heard(told, {})

    def _heard(self, told: Telling, what: Mapping[str, Any]) -> Facet:
        facet = Facet(
            seq=told.seq,
            type=told.type,
            person_id=told.person,
            principal_id=_person(what.get("for")),
            at=told.at,
            role=told.role or _text(_seat(what).get("role")),
            party=next(_parties(told, what), ""),
            verdict=_text(what.get("verdict")),
            late=self._late(told, what),
            mandated=what.get("for") is not None,
            overridden=told.type == OVERRIDDEN or bool(what.get("overridden")),
            **self._place(told, what),
        )
        if told.type.startswith("round.") and "turn" in what:
            self._due(told, what)
        return facet

    def _due(self, told: Telling, what: Mapping[str, Any]) -> None:
        """When the round is due from now on; nothing is while its clock stands still."""
        place = what["round"], what["turn"]
        if told.type == PAUSED:
            self.dues[place] = None
        elif "due" in what:
            self.dues[place] = read(what["due"]) if what["due"] else None

    def _place(self, told: Telling, what: Mapping[str, Any]) -> dict[str, Any]:
        """Where the case stands after the event, and since when."""
        if told.type in MOVES:
            state = _text(what.get("to") or what.get("state")) or self.state
            if state != self.state or told.type == "state.entered":
                self.since = told.at
            self.state, self.stage = state, _text(what.get("stage")) or self.stage
        return {"state": self.state, "stage": self.stage, "since": self.since or told.at}

    def _late(self, told: Telling, what: Mapping[str, Any]) -> bool:
        """Whether it was answered after its due time, or recorded after it took effect."""
        if told.type == LATE:
            return True
        if told.type in ANSWERS and told.person is not None and "turn" in what:
            due = self.dues.get((what["round"], what["turn"]))
            return due is not None and told.at > due
        return told.effective < told.at


def _parties(told: Telling, what: Mapping[str, Any]) -> Iterator[str]:
    """For whom somebody acted, or else whom it is about; the nearest first."""
    named = (told.party, _seat(what).get("party"), what.get("party"), what.get("proposer"))
    return (_text(each) for each in named if each)


def _seat(what: Mapping[str, Any]) -> Mapping[str, Any]:
    seat = what.get("seat")
    return seat if isinstance(seat, Mapping) else {}


def _person(opaque: Any) -> int | None:
    known = isinstance(opaque, str) and opaque.startswith("p") and opaque[1:].isdecimal()
    return int(opaque[1:]) if known else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
