"""Every kind of event has words, in lists and on histories."""

from web.oversight.words import KINDS
from workflow.vocabulary import EventType


def test_every_kind_of_event_is_called_something() -> None:
    assert set(KINDS) == {kind.value for kind in EventType}
