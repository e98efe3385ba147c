"""What happens to a round: it opens, its end moves, and it is settled or overtaken."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Protocol, runtime_checkable

from workflow.audit.events.payload import Committed, Only, Payload, Private, Spelt
from workflow.vocabulary import EventType

_LOST_MAIL = Only("only where mail that reached nobody is why")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRound(Payload):
    """A fact about one opening of a round."""

    round: str
    turn: int

    @property
    def place(self) -> tuple[str, int]:
        """The round and which of its openings."""
        return self.round, self.turn


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSeat:
    """Seat with its part: asked of a role of a party."""

    role: str
    party: str
    part: str
    category: str
    body: Annotated[
        str | None, Only("only of a seat on a board or committee: the one that was asked")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSeat:
    """Seat: the role and party that it asks, and its category."""

    role: str
    party: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOffice:
    """Office: a role of a party."""

    role: str
    party: str


@runtime_checkable
class NamesSeats(Protocol):
    """A fact that names seats of several rounds."""

    @property
    def seated(self) -> frozenset[str]:
        """The parties of these seats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDue(OfRound):
    """A fact that says when a round is due."""

    due: datetime | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOpened(RoundDue):
    """A round opened in this state, with these seats, over the content that this digest names."""

    event_type: ClassVar = EventType.ROUND_OPENED
    state: str
    content: str
    seats: tuple[AskedSeat, ...]
    incidents: tuple[str, ...]
    footing: Annotated[
        str | None, Only("only on a record of what was begun elsewhere: on what footing it stands")
    ] = None
    reason: Annotated[Private, Committed("Why somebody opened it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSettled(OfRound):
    """A round came to its outcome."""

    event_type: ClassVar = EventType.ROUND_SETTLED
    outcome: str
    version: int
    way: Annotated[
        int | None,
        Only(
            "only where conditions held: which of the ways of this outcome was taken, counted from 1"
        ),
    ] = None
    silent: Annotated[
        tuple[str, ...] | None, Only("only of a silence: the parties that said nothing")
    ] = None
    explanation: Annotated[Private, Committed("How the answers came to this outcome.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOvertaken(OfRound):
    """A round ended without an outcome, because the case moved on."""

    event_type: ClassVar = EventType.ROUND_OVERTAKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRebound(OfRound):
    """A changed text was put before an open round."""

    event_type: ClassVar = EventType.ROUND_REBOUND
    content: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReseated(OfRound):
    """Who takes part in the case was changed, so an open round asks some no longer and others from now on."""

    event_type: ClassVar = EventType.ROUND_RESEATED
    gone: tuple[NamedSeat, ...]
    came: tuple[AskedSeat, ...]
    version: int

    @property
    def seated(self) -> frozenset[str]:
        """The parties of the seats that went and came."""
        gone = {seat.party for seat in self.gone}
        return frozenset(gone | {seat.party for seat in self.came})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundExtended(RoundDue):
    """The end of a round was put off, by somebody or because mail reached nobody."""

    event_type: ClassVar = EventType.ROUND_EXTENDED
    due: datetime
    before: Annotated[datetime, Spelt("from")]
    undelivered: Annotated[tuple[str, ...], _LOST_MAIL] = ()
    reason: Annotated[Private, Committed("Why the end was put off.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEscalated(OfRound):
    """Somebody brought a round before the offices that hear of its lateness."""

    event_type: ClassVar = EventType.ROUND_ESCALATED
    offices: Annotated[tuple[NamedOffice, ...], Spelt("to")]
    reason: Annotated[Private, Committed("Why it was brought up.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFreed(OfRound):
    """What a round waited for among the cases under its own has ended, so that it can be answered."""

    event_type: ClassVar = EventType.ROUND_FREED


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPaused(RoundDue):
    """The clock of a round was stopped; `due` is the end that it then had."""

    event_type: ClassVar = EventType.ROUND_PAUSED
    why: str
    undelivered: Annotated[tuple[str, ...], _LOST_MAIL] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResumed(RoundDue):
    """The clock of a round went on; its end comes later by the time that it stood still."""

    event_type: ClassVar = EventType.ROUND_RESUMED
    before: Annotated[datetime | None, Spelt("from")]
    since: datetime | None
    reason: Annotated[Private, Committed("Why somebody let it go on.")]
