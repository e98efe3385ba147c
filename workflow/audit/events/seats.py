"""What happens at a seat: answers, and the duties of those who answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, PersonId, Private, Spelt
from workflow.audit.events.rounds import NamedSeat, OfRound
from workflow.vocabulary import EventType

_MANDATED = Only("only where somebody acted under a mandate")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedProof:
    """Proof: how somebody proved who they are, and how many seconds before."""

    method: str
    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """Line of a checklist: how it stood as somebody answered, at how many things it looked, and what was left."""

    line: str
    standing: str
    looked_at: int
    left: Annotated[tuple[str, ...], Only("only where something was left open")] = ()
    why_not: Annotated[str, Only("only where it did not apply: why")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSeat(OfRound):
    """A fact about one seat of a round."""

    seat: NamedSeat


@dataclass(frozen=True, slots=True, kw_only=True)
class ActedAtSeat(AtSeat):
    """What somebody did at a seat, for an office of their own or under a mandate."""

    mandate: Annotated[int | None, _MANDATED] = None
    principal: Annotated[PersonId | None, Spelt("for"), _MANDATED] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(ActedAtSeat):
    """An answer on a seat, over the content that this digest names."""

    answer: int
    verdict: str
    content: str
    answers: str
    auth: Annotated[StatedProof | None, Only("only where a proof was asked for")] = None
    overridden: Annotated[
        tuple[str, ...], Only("only where a bar was lifted for whoever answered")
    ] = ()
    replaces: Annotated[int | None, Only("only where the seat had an answer")] = None
    language: Annotated[
        str, Only("only where it was given on a page: the language of the page")
    ] = ""
    checklist: Annotated[
        tuple[ToldLine, ...],
        Only("only of who was for it where a checklist was to be met: how it stood"),
    ] = ()
    reason: Annotated[Private, Committed("Why this was answered.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffGiven(Answered):
    """Somebody, or the timer, answered on a seat."""

    event_type: ClassVar = EventType.SIGNOFF_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffChanged(Answered):
    """Somebody gave another answer on a seat that had one."""

    event_type: ClassVar = EventType.SIGNOFF_CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffVoided(AtSeat):
    """An answer ceased to stand, because the text that it covered was changed."""

    event_type: ClassVar = EventType.SIGNOFF_VOIDED
    answer: int
    because: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignoffLate(ActedAtSeat):
    """Somebody answered after a silence had ended: recorded, and without effect."""

    event_type: ClassVar = EventType.SIGNOFF_LATE
    verdict: str
    content: str
    due: datetime
    language: Annotated[
        str, Only("only where it was given on a page: the language of the page")
    ] = ""
    reason: Annotated[Private, Committed("Why this was answered.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRecused(AtSeat):
    """Somebody stepped back from a seat."""

    event_type: ClassVar = EventType.SEAT_RECUSED
    reason: Annotated[Private, Committed("Why somebody stepped back.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatClaimed(ActedAtSeat):
    """Somebody took a seat, so that nobody else of the office answers it."""

    event_type: ClassVar = EventType.SEAT_CLAIMED


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReleased(AtSeat):
    """Somebody gave a seat back to everybody of the office."""

    event_type: ClassVar = EventType.SEAT_RELEASED
    reason: Annotated[Private, Committed("Why the seat was given back.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatReassigned(AtSeat):
    """Somebody said who answers a seat, and under which appointment."""

    event_type: ClassVar = EventType.SEAT_REASSIGNED
    delegate: Annotated[PersonId, Spelt("to")]
    under: int
    reason: Annotated[Private, Committed("Why the seat was handed over.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared(ActedAtSeat):
    """Somebody said whether they have an interest in what is decided."""

    event_type: ClassVar = EventType.INTEREST_DECLARED
    interest: bool
    reason: Annotated[Private, Committed("Which interest it is.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOverridden(AtSeat):
    """Somebody lifted a bar, so that this person may answer."""

    event_type: ClassVar = EventType.DUTY_OVERRIDDEN
    bar: str
    whom: PersonId
    reason: Annotated[Private, Committed("Why the bar was lifted.")]
