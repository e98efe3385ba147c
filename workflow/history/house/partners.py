"""What the register says of partners, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.house import SanctionsListed
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import counted


def listed(event: Recorded, what: SanctionsListed, context: HistoryContext) -> Said:
    """A sanctions list was entered."""
    sentence = counted(
        "The sanctions list “%(title)s” of %(day)s was entered: %(num)s entry",
        "The sanctions list “%(title)s” of %(day)s was entered: %(num)s entries",
        what.entries,
        title=what.title,
        day=what.dated,
    )
    return Said(sentence, under=entered_by(event, context))


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    SanctionsListed: listed,
}
