"""An event as a line of a history: what happened in a sentence, and what stands behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflow.audit.envelope import UNREADABLE
from workflow.audit.events.about import principal_in
from workflow.audit.events.payload import Garbled, OfHouse, Payload
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.event_sight import keeps_reason
from workflow.history import answers, documents, duties, register, rounds
from workflow.history.cases import begun, groups, mergers, moves, talk
from workflow.history.context import HistoryContext, Text
from workflow.history.house import (
    administration,
    bodies,
    calendars,
    clocks,
    groupings,
    lessons,
    lifecycles,
    money,
    partners,
    pivotal,
    promises,
    reporting,
    sharing,
)
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import TERMINAL

Teller = Callable[[Recorded, Any, HistoryContext], Said]
TELLERS: Mapping[type[Payload], Teller] = {
    **begun.TELLERS,
    **answers.TELLERS,
    **duties.TELLERS,
    **rounds.TELLERS,
    **moves.TELLERS,
    **mergers.TELLERS,
    **groups.TELLERS,
    **documents.TELLERS,
    **talk.TELLERS,
    **register.TELLERS,
    **pivotal.TELLERS,
    **groupings.TELLERS,
    **bodies.TELLERS,
    **calendars.TELLERS,
    **clocks.TELLERS,
    **administration.TELLERS,
    **lifecycles.TELLERS,
    **money.TELLERS,
    **sharing.TELLERS,
    **reporting.TELLERS,
    **promises.TELLERS,
    **partners.TELLERS,
    **lessons.TELLERS,
}
KEPT = phrase("The reason is kept for auditors.")
UNSAID = Said(phrase("This event does not say what it has to say"), tone="objection")


@dataclass(frozen=True, slots=True)
class Line:
    """One event in plain words.

    `reason` is None where there was one that has been erased. `effective` is given only where it
    differs from the time of recording. `tone` is done, now, late, objection, talk or quiet.
    """

    seq: int
    type: str
    tone: str
    at: datetime
    effective: datetime | None
    late: bool
    hash: bytes
    says: Phrase
    under: tuple[Phrase, ...]
    office: Phrase | None
    texts: tuple[Text, ...]
    rule: str
    reason: str | None
    who: str
    role: str
    party: str
    moved: tuple[str, str]
    verdict: str
    statement: str
    content: str


def line(event: Recorded, context: HistoryContext) -> Line:
    """The event in words; one that cannot be read is told as such, for the check to explain."""
    context = context.at(event)
    said = _told(event, context)
    late = context.late(event)
    return Line(
        seq=event.seq,
        type=event.type,
        tone="late" if late else said.tone,
        at=event.at,
        effective=event.effective if event.effective != event.at else None,
        late=late,
        hash=event.hash,
        says=said.says,
        under=(
            *_mandate(event, context),
            *said.under,
            *_terminal(event, context),
            *_erasures(event, context),
        ),
        office=_office(event, context),
        texts=tuple(replace(each, label=context.kind(each.kind)) for each in said.texts),
        rule=said.rule,
        reason=context.names.private(event, said.reason),
        who=context.who(event),
        role=context.role(event.role) if event.role else "",
        party=context.party(event.party) if event.party else "",
        moved=said.moved,
        verdict=said.verdict,
        statement=said.statement,
        content=said.content,
    )


def as_read(sight: CaseSight, event: Recorded, context: HistoryContext) -> Line:
    """The line of an event that is open to somebody, without the words in it that are not."""
    told = line(event, context)
    if told.reason and keeps_reason(sight, event):
        return replace(told, reason="", under=(*told.under, KEPT))
    return told


def _told(event: Recorded, context: HistoryContext) -> Said:
    teller = TELLERS.get(type(event.what))
    if not event.readable:
        return Said(phrase("This event cannot be read: its bytes are damaged"), tone="objection")
    if isinstance(event.what, Garbled):
        return UNSAID
    if teller is None:
        return Said(phrase("Recorded: %(type)s", type=event.type))
    try:
        return teller(event, event.what, context)
    except UNREADABLE:
        return UNSAID


def _mandate(event: Recorded, context: HistoryContext) -> tuple[Phrase, ...]:
    """For whom somebody acted who did not act for an office of their own."""
    principal = principal_in(event.what)
    if principal is None:
        return ()
    name = context.names.people.get(principal, "")
    return (phrase("for %(name)s, under a mandate", name=name),)


def _terminal(event: Recorded, context: HistoryContext) -> tuple[Phrase, ...]:
    """That it was done where nobody proves who they are, and who it was said to be."""
    if not (isinstance(event.what, OfHouse) and event.what.via == TERMINAL):
        return ()
    who = context.who(event)
    if not who:
        return (phrase("at the command line of the machine"),)
    return (
        phrase(
            "at the command line of the machine, which asks nobody who they are; said to be %(who)s",
            who=who,
        ),
    )


def _erasures(event: Recorded, context: HistoryContext) -> tuple[Phrase, ...]:
    """When texts of the event were erased, and on which basis."""
    return tuple(
        phrase(
            "Content erased on %(day)s under “%(basis)s”",
            day=later.at.date(), basis=context.names.private(later, what.basis) or "",
        )
        if later.person is not None
        else phrase("Content erased again on %(day)s, after a restore", day=later.at.date())
        for later, what in context.erasures(event)
    )  # fmt: skip


def _office(event: Recorded, context: HistoryContext) -> Phrase | None:
    """Under which appointment somebody acted."""
    held = context.names.terms.get(event.appointment) if event.appointment else None
    if held is None:
        return None
    role = context.role(held.role)
    if held.ends_on is None:
        return phrase(
            "as %(role)s, appointed %(first)s, without an end", role=role, first=held.starts_on
        )
    return phrase(
        "as %(role)s, appointed %(first)s to %(last)s",
        role=role, first=held.starts_on, last=held.ends_on,
    )  # fmt: skip
