"""A lead group takes a programme on, changes, and lets it go."""

from dataclasses import dataclass
from typing import ClassVar

from workflow.audit.events.cases import TakingPart
from workflow.audit.events.payload import Payload
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeTakenOn(Payload):
    """The lead group leads the programme from now on; it is told on the histories of both."""

    event_type: ClassVar = EventType.PROGRAMME_TAKEN_ON
    group: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeLetGo(Payload):
    """The lead group leads the programme no longer; it is told on the histories of both."""

    event_type: ClassVar = EventType.PROGRAMME_LET_GO
    group: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadGroupChanged(Payload):
    """A member joined the lead group or left it, or another convenes: `parties` lead and convene from now on.

    It is told on the history of the group with what it came by, `why`, and on that of each programme that it leads.
    """

    event_type: ClassVar = EventType.LEAD_GROUP_CHANGED
    group: str
    why: str
    parties: tuple[TakingPart, ...]
    version: int
