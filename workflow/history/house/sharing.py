"""What countries share, in words: worded, confirmed, kept, withdrawn, and used in a programme."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.sharing.entries import (
    OfSharing,
    SharingConfirmed,
    SharingDeclined,
    SharingKept,
    SharingLapsed,
    SharingQuestioned,
    SharingUnused,
    SharingUsed,
    SharingWithdrawn,
    SharingWorded,
)
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Term, phrase


def worded(event: Recorded, what: SharingWorded, context: HistoryContext) -> Said:
    """An entry was worded, and waits for a second person."""
    sentence = phrase(
        "%(who)s worded entry %(number)s, %(kind)s of %(party)s, wording %(wording)s",
        who=context.who(event),
        wording=what.wording,
        **_entry(what, context),
    )
    if what.consented_until is None:
        return Said(sentence)
    consent = phrase(
        "with the consent of the expert, given on %(since)s, to %(until)s",
        since=what.consented_on or "",
        until=what.consented_until,
    )
    return Said(sentence, under=(consent,), reason=what.consent)


def confirmed(event: Recorded, what: SharingConfirmed, context: HistoryContext) -> Said:
    """A second person confirmed a wording."""
    sentence = phrase(
        "%(who)s confirmed wording %(wording)s of entry %(number)s, %(kind)s of %(party)s; "
        "it is listed to %(until)s",
        who=context.who(event),
        wording=what.wording,
        until=what.until,
        **_entry(what, context),
    )
    return Said(sentence, tone="done")


def declined(event: Recorded, what: SharingDeclined, context: HistoryContext) -> Said:
    """A second person declined a wording."""
    sentence = phrase(
        "%(who)s declined wording %(wording)s of entry %(number)s, %(kind)s of %(party)s",
        who=context.who(event),
        wording=what.wording,
        **_entry(what, context),
    )
    return Said(sentence, tone="objection", reason=what.reason)


def questioned(_event: Recorded, what: SharingQuestioned, context: HistoryContext) -> Said:
    """The country was asked whether an entry still holds."""
    return Said(
        phrase(
            "%(party)s was asked whether entry %(number)s, %(kind)s, still holds; unanswered it "
            "lapses after %(until)s",
            until=what.until,
            **_entry(what, context),
        )
    )


def kept(event: Recorded, what: SharingKept, context: HistoryContext) -> Said:
    """The country said that an entry still holds."""
    return Said(
        phrase(
            "%(who)s said that entry %(number)s, %(kind)s of %(party)s, still holds; it is listed to "
            "%(until)s",
            who=context.who(event),
            until=what.until,
            **_entry(what, context),
        ),
        tone="done",
    )


def lapsed(_event: Recorded, what: SharingLapsed, context: HistoryContext) -> Said:
    """Nobody said in time that an entry still holds."""
    return Said(
        phrase(
            "Entry %(number)s, %(kind)s of %(party)s, lapsed: nobody said by %(until)s that it still holds",
            until=what.until,
            **_entry(what, context),
        )
    )


def withdrawn(event: Recorded, what: SharingWithdrawn, context: HistoryContext) -> Said:
    """An entry was withdrawn, by somebody or because a consent had ended."""
    told = _entry(what, context)
    if event.person is None:
        said = phrase(
            "Entry %(number)s, %(kind)s of %(party)s, was withdrawn: the consent had ended", **told
        )
    else:
        said = phrase(
            "%(who)s withdrew entry %(number)s, %(kind)s of %(party)s",
            who=context.who(event),
            **told,
        )
    return Said(said)


def used(event: Recorded, what: SharingUsed, context: HistoryContext) -> Said:
    """The programme uses what a country shares."""
    return Said(
        phrase(
            "%(who)s said that entry %(number)s of what countries share, %(kind)s, is used here",
            who=context.who(event),
            number=what.entry,
            kind=Term(what.kind),
        )
    )


def unused(event: Recorded, what: SharingUnused, context: HistoryContext) -> Said:
    """It was taken back that the programme uses it."""
    return Said(
        phrase(
            "%(who)s took back that entry %(number)s of what countries share, %(kind)s, is used here",
            who=context.who(event),
            number=what.entry,
            kind=Term(what.kind),
        )
    )


def _entry(what: OfSharing, context: HistoryContext) -> dict[str, Part]:
    return {
        "number": what.entry,
        "kind": Term(what.kind),
        "party": context.party(what.party),
    }


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    SharingWorded: worded,
    SharingConfirmed: confirmed,
    SharingDeclined: declined,
    SharingQuestioned: questioned,
    SharingKept: kept,
    SharingLapsed: lapsed,
    SharingWithdrawn: withdrawn,
    SharingUsed: used,
    SharingUnused: unused,
}
