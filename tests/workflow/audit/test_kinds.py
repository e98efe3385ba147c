"""Every kind of event has words, in lists, on histories and in tables."""

from workflow.audit.kinds import KINDS, kind_called
from workflow.vocabulary import EventType


def test_every_kind_of_event_is_called_something() -> None:
    assert set(KINDS) == {kind.value for kind in EventType}
    assert str(kind_called(EventType.SIGNOFF_GIVEN)) == "Answer given"


def test_a_kind_that_is_new_speaks_for_itself() -> None:
    assert str(kind_called("lesson.drawn_up")) == "Lesson drawn up"
