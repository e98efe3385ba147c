"""Who entered a fact about the house, as a line under it says."""

from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.phrase import Phrase, phrase


def entered_by(event: Recorded, context: HistoryContext) -> tuple[Phrase, ...]:
    """Whoever entered it; what was there before anybody could sign in came with the house."""
    if event.person is None:
        return (phrase("entered when the house was set up"),)
    return (phrase("entered by %(who)s", who=context.who(event)),)
