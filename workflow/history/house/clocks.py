"""Events about clocks in words."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.clocks import ClockConfirmed, ClockDoubted, OfAClock
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, phrase


def doubted(_event: Recorded, what: ClockDoubted, _context: HistoryContext) -> Said:
    """A clock was doubted."""
    sentence = phrase("A clock was in doubt, and nothing was decided by it from then on")
    return Said(sentence, under=(_apart(what),), tone="late")


def confirmed(event: Recorded, what: ClockConfirmed, context: HistoryContext) -> Said:
    """Somebody confirmed that a clock in doubt was right."""
    sentence = phrase("%(who)s confirmed a clock that was in doubt", who=context.who(event))
    return Said(sentence, under=(_apart(what),), tone="done")


def _apart(what: OfAClock) -> Phrase:
    return phrase(
        "It said %(clock)s where it should have said %(expected)s.",
        clock=what.clock, expected=what.expected,
    )  # fmt: skip


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    ClockDoubted: doubted,
    ClockConfirmed: confirmed,
}
