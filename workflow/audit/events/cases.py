"""What happens to a case as a whole: it begins, moves, and parties take part in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, PersonId, Private, Spelt
from workflow.audit.events.rounds import AskedSeat, NamedSeat, OfRound, RoundOpened
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class InState(Payload):
    """A fact after which the case stands in this state."""

    state: str
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """Party with its part in a case."""

    capacity: str
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(InState):
    """Somebody began the case for a party, on the lifecycle that this digest names."""

    event_type: ClassVar = EventType.CASE_OPENED
    ref: str
    subject: str
    definition: str
    proposer: str
    version: int
    parent: Annotated[str | None, Only("only of a case that another one opened: which")] = None
    parties: Annotated[
        tuple[TakingPart, ...],
        Only("only of a case that another one opened: who takes part in it from the start"),
    ] = ()
    title: Annotated[Private, Committed("What the case was called when it began.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromRecord(InState):
    """What a record that was begun elsewhere says; `row` is the digest of all of it."""

    external_key: str
    source: str
    confidence: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeImported(FromRecord):
    """A programme that was begun elsewhere was brought in where its record puts it."""

    event_type: ClassVar = EventType.PROGRAMME_IMPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRevised(FromRecord):
    """A newer record brought an imported programme up to date in these columns."""

    event_type: ClassVar = EventType.IMPORT_REVISED
    was: str
    columns: tuple[str, ...]
    version: Annotated[int | None, Only("not in the oldest events")] = None
    changes: Annotated[Private, Committed("What each of the columns said before and says now.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAccepted(Payload):
    """An officer accepted what a later file says of a programme that has moved on here."""

    event_type: ClassVar = EventType.SOURCE_ACCEPTED
    external_key: str
    source: str
    confidence: str
    row: str
    was: str
    columns: tuple[str, ...]
    version: int
    changes: Annotated[Private, Committed("What each of the columns said before and says now.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDeclined(Payload):
    """An officer declined what a later file says of a programme that has moved on here."""

    event_type: ClassVar = EventType.SOURCE_DECLINED
    external_key: str
    row: str
    columns: tuple[str, ...]
    reason: Annotated[Private, Committed("Why it was declined.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePlaced(InState):
    """Somebody proposed in which state a record would live on, on which lifecycle and with whom."""

    event_type: ClassVar = EventType.PROGRAMME_PLACED
    definition: str
    parties: tuple[TakingPart, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEntered(InState):
    """The case moved on, because this round settled with this outcome."""

    event_type: ClassVar = EventType.STATE_ENTERED
    before: Annotated[str, Spelt("from")]
    state: Annotated[str, Spelt("to")]
    round: str
    outcome: str
    version: int
    parent: Annotated[
        str | None,
        Only("only where it ended because the case that had opened it did: which that is"),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOpened(Payload):
    """A case of this kind was opened under this one, on the lifecycle that this digest names."""

    event_type: ClassVar = EventType.CHILD_OPENED
    ref: str
    kind: str
    lifecycle: str
    party: Annotated[str | None, Only("only of one that is about a party")] = None
    since: Annotated[
        date | None, Spelt("period_from"), Only("only of one that is about a period")
    ] = None
    until: Annotated[
        date | None, Spelt("period_to"), Only("only of one that is about a period")
    ] = None
    due_on: Annotated[date | None, Only("only of one that is due on a day")] = None
    calendar: Annotated[
        int | None,
        Only("only of one whose period and due day follow a reporting calendar: its number"),
    ] = None
    row: Annotated[
        str | None, Only("only of one that is about a row of a table: what that is known by")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAmended(Payload):
    """What was signed in the case `ref` under this one changed its facts: they are as that text says them."""

    event_type: ClassVar = EventType.FACTS_AMENDED
    ref: str
    document: str
    version: int
    digest: str
    changes: Annotated[tuple[str, ...] | None, Only("only of a text beside what was in force")] = (
        None
    )
    parties: Annotated[
        tuple[TakingPart, ...], Only("only of parts that it gives to others: who has them")
    ] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsKept(Payload):
    """What was signed in the case `ref` under this one changed nothing: it had ended, or its facts had moved on."""

    event_type: ClassVar = EventType.FACTS_KEPT
    ref: str
    document: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FootingChanged(Payload):
    """What was begun elsewhere is managed here from now on, kept as a record only, or on record again."""

    event_type: ClassVar = EventType.FOOTING_CHANGED
    footing: str
    round: str
    outcome: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedState:
    """State under another key: as it was called, and as it is."""

    before: Annotated[str, Spelt("from")]
    now: Annotated[str, Spelt("to")]


@dataclass(frozen=True, slots=True, kw_only=True)
class MigratedRound:
    """Round as it goes on: what it was called, what it is called, when it is due, which seats went and came."""

    round: str
    turn: int
    now: Annotated[str, Spelt("to")]
    now_turn: Annotated[int, Spelt("to_turn")]
    due: datetime | None
    gone: tuple[NamedSeat, ...]
    came: tuple[AskedSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMigrated(InState):
    """An administrator had the case follow another definition from now on, with its open rounds and those renamed."""

    event_type: ClassVar = EventType.CASE_MIGRATED
    before: Annotated[str, Spelt("from")]
    definition: str
    states: tuple[RenamedState, ...]
    rounds: tuple[MigratedRound, ...]
    version: int
    via: Annotated[
        str | None, Only("only where it was done at the command line of the machine")
    ] = None
    request: Annotated[
        int | None, Only("only where another administrator had asked for it: its number")
    ] = None
    asked_by: Annotated[
        PersonId | None, Only("only where another administrator had asked for it")
    ] = None
    reason: Annotated[Private, Committed("Why the case was moved.")]

    @property
    def seated(self) -> frozenset[str]:
        """The parties of the seats that went and came."""
        gone = {seat.party for each in self.rounds for seat in each.gone}
        return frozenset(gone | {seat.party for each in self.rounds for seat in each.came})


@dataclass(frozen=True, slots=True, kw_only=True)
class InCapacity(Payload):
    """The part of a party in the case."""

    party: str
    capacity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyJoined(InCapacity):
    """A party took a part in the case."""

    event_type: ClassVar = EventType.PARTY_JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLeft(InCapacity):
    """A party gave up its part in the case."""

    event_type: ClassVar = EventType.PARTY_LEFT


def as_called_now(told: Sequence[tuple[int, Payload]]) -> tuple[tuple[int, Payload], ...]:
    """Events of one case, in their order, with states and rounds under the keys that they have by now.

    Where the case was moved to another version that calls them otherwise, its rows bear the new keys.
    """
    if not any(isinstance(what, CaseMigrated) for _, what in told):
        return tuple(told)
    states: dict[str, str] = {}
    rounds: dict[tuple[str, int], tuple[str, int]] = {}
    found: list[tuple[int, Payload]] = []
    for seq, what in reversed(told):
        found.append((seq, _renamed(what, states, rounds)))
        if isinstance(what, CaseMigrated):
            states |= {each.before: states.get(each.now, each.now) for each in what.states}
            moved = {(each.round, each.turn): (each.now, each.now_turn) for each in what.rounds}
            rounds |= {place: rounds.get(now, now) for place, now in moved.items()}
    return tuple(reversed(found))


def _renamed(
    what: Payload, states: dict[str, str], rounds: dict[tuple[str, int], tuple[str, int]]
) -> Payload:
    if isinstance(what, StateEntered):
        what = replace(what, before=states.get(what.before, what.before))
    if isinstance(what, InState):
        return replace(what, state=states.get(what.state, what.state))
    if isinstance(what, OfRound) and what.place in rounds:
        key, turn = rounds[what.place]
        what = replace(what, round=key, turn=turn)
    if isinstance(what, RoundOpened):
        return replace(what, state=states.get(what.state, what.state))
    return what
