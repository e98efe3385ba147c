"""A case moved to another version of its lifecycle, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.cases import CaseMigrated
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, Term, phrase


def migrated(event: Recorded, what: CaseMigrated, context: HistoryContext) -> Said:
    """An administrator had the case follow another version of its lifecycle."""
    gone = {seat.party for each in what.rounds for seat in each.gone}
    came = {seat.party for each in what.rounds for seat in each.came}
    first = context.names.people.get(what.asked_by or 0, "")
    under = (
        (gone, phrase("no longer asked: %(parties)s", parties=_called(gone, context))),
        (came, phrase("asked now: %(parties)s", parties=_called(came, context))),
        (what.asked_by, phrase("asked for by %(who)s", who=first)),
        (what.via, phrase("at the command line of the machine")),
    )
    told = tuple(said for there, said in under if there)
    return Said(_moved(event, context), under=told, tone="now", reason=what.reason)


def _moved(event: Recorded, context: HistoryContext) -> Phrase:
    """Who moved it from which version to which; a title that both of them have is said once."""
    before, now = context.followed_until(event.seq), context.definition
    who = context.who(event)
    versions = {
        "before": before.version if before else "",
        "now": now.version if now else "",
    }
    old, new = (Term(each.title if each else "") for each in (before, now))
    if old == new:
        return phrase(
            "%(who)s moved this from version %(before)s to version %(now)s of “%(new)s”",
            who=who, new=new, **versions,
        )  # fmt: skip
    return phrase(
        "%(who)s moved this from version %(before)s of “%(old)s” to version %(now)s of “%(new)s”",
        who=who, old=old, new=new, **versions,
    )  # fmt: skip


def _called(parties: set[str], context: HistoryContext) -> tuple[str, ...]:
    return tuple(sorted(map(context.party, parties)))


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    CaseMigrated: migrated,
}
