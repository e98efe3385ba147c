"""What was said in the discussion, in words: another thing than what was answered or signed."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.discussions.messages import (
    MessageRetracted,
    MessageSaid,
    OfDiscussion,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, phrase

TALK = "talk"
NO_SIGN_OFF = phrase("Talk in the discussion, and no sign-off.")


def said(event: Recorded, what: MessageSaid, context: HistoryContext) -> Said:
    """Somebody said something."""
    parts = _parts(event, what, context)
    if what.answers is not None:
        sentence = _where(
            what,
            phrase("%(who)s answered message %(first)s in the discussion", **parts, first=what.answers),
            phrase(
                "%(who)s answered message %(first)s in the discussion of “%(section)s”, %(document)s",
                **parts, first=what.answers,
            ),
        )  # fmt: skip
    else:
        sentence = _where(
            what,
            phrase("%(who)s said something in the discussion", **parts),
            phrase(
                "%(who)s said something in the discussion of “%(section)s”, %(document)s", **parts
            ),
        )
    people = (context.names.people.get(each, "") for each in what.names)
    named = tuple(phrase("It names %(name)s.", name=name) for name in people if name)
    return Said(sentence, under=(NO_SIGN_OFF, *named), tone=TALK, reason=what.text)


def retracted(event: Recorded, what: MessageRetracted, context: HistoryContext) -> Said:
    """Somebody took back what they had said."""
    sentence = phrase(
        "%(who)s took back message %(message)s of the discussion",
        who=context.who(event), message=what.message,
    )  # fmt: skip
    return Said(sentence, under=(NO_SIGN_OFF,), tone=TALK)


def _where(what: OfDiscussion, whole: Phrase, section: Phrase) -> Phrase:
    return section if what.document else whole


def _parts(event: Recorded, what: OfDiscussion, context: HistoryContext) -> dict[str, Part]:
    return {
        "who": context.who(event),
        "section": context.section(what.document, what.section),
        "document": context.kind(what.document),
    }


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    MessageSaid: said,
    MessageRetracted: retracted,
}
