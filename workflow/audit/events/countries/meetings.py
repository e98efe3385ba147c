"""What comes of meetings of countries: cases that are begun for what was committed to there, or for a match."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Only, Payload
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCameOf(Payload):
    """Somebody began the case for what another one says: what was committed to, or a row of its report."""

    event_type: ClassVar = EventType.CASE_CAME_OF
    origin: str
    row: Annotated[str | None, Only("only of a row of a table there: its number")] = None
