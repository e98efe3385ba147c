"""Facets: what many events are searched by, each derived from its own bytes and those before it.

A row of facets repeats what its event says. It is never asked what happened; it is only asked
which events to read. Whoever derives it and whoever verifies it use this one fold.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from workflow.audit.events.about import (
    party_in,
    principal_in,
    proposer_in,
    seat_in,
    verdict_in,
)
from workflow.audit.events.cases import (
    CaseMigrated,
    CaseOpened,
    ImportRevised,
    InState,
    ProgrammeImported,
    ProgrammePlaced,
    StateEntered,
)
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import RoundDue, RoundPaused
from workflow.audit.events.seats import Answered, DutyOverridden, SignoffLate

MOVES = frozenset(
    each.event_type.value
    for each in (
        CaseOpened,
        ProgrammeImported,
        ImportRevised,
        ProgrammePlaced,
        StateEntered,
        CaseMigrated,
    )
)


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
    def what(self) -> Payload:
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
        what = told.what
        seat, principal = seat_in(what), principal_in(what)
        facet = Facet(
            seq=told.seq,
            type=told.type,
            person_id=told.person,
            principal_id=principal,
            at=told.at,
            role=told.role or (seat.role if seat else ""),
            party=told.party or (seat.party if seat else "") or party_in(what) or proposer_in(what),
            verdict=verdict_in(what),
            late=self._late(told),
            mandated=principal is not None,
            overridden=told.type == DutyOverridden.event_type
            or (isinstance(what, Answered) and bool(what.overridden)),
            **self._place(told),
        )
        if isinstance(what, RoundDue):
            self.dues[what.place] = None if isinstance(what, RoundPaused) else what.due
        if isinstance(what, CaseMigrated):
            self.dues |= {(each.now, each.now_turn): each.due for each in what.rounds}
        return facet

    def _place(self, told: Telling) -> dict[str, Any]:
        """Where the case stands after the event, and since when."""
        if told.type in MOVES:
            what = told.what
            moved = (what.state, what.stage) if isinstance(what, InState) else ("", "")
            state, stage = moved[0] or self.state, moved[1] or self.stage
            renamed = told.type == CaseMigrated.event_type
            if (state != self.state and not renamed) or told.type == StateEntered.event_type:
                self.since = told.at
            self.state, self.stage = state, stage
        return {"state": self.state, "stage": self.stage, "since": self.since or told.at}

    def _late(self, told: Telling) -> bool:
        """Whether it was answered after its due time, or recorded after it took effect."""
        if told.type == SignoffLate.event_type:
            return True
        if isinstance(told.what, Answered) and told.person is not None:
            due = self.dues.get(told.what.place)
            return due is not None and told.at > due
        return told.effective < told.at
