"""What each kind of event is called in a list, in the language of the page."""

from web.wording import plainly
from workflow.audit.kinds import kind_called


def kind_label(kind: str) -> str:
    """What a kind of event is called."""
    return plainly(kind_called(kind))
