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
    """Who leads and convenes in a lead group changed, and `why`: `parties` do from now on, in the group and in each programme that it leads."""

    event_type: ClassVar = EventType.LEAD_GROUP_CHANGED
    group: str
    why: str
    parties: tuple[TakingPart, ...]
    version: int
