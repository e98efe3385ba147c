"""What a change of a lead group says of who takes part in it, and in the programmes that it leads."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.lead_groups.groups import LeadGroupChanged
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import parties_name


def _changed(story: ExpectedRows, _told: ToldEvent, what: LeadGroupChanged) -> None:
    for capacity in ("lead", "convenor"):
        taking = {part.party for part in what.parties if part.capacity == capacity}
        story.things[parties_name(capacity)] = {"parties": taking}
    story.version_is(what.version)


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    LeadGroupChanged: _changed,
}
