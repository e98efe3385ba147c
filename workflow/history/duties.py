"""Duties in words: seats taken and handed over, interests declared, bars lifted, rounds brought up."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import OfRound, RoundEscalated
from workflow.audit.events.seats import (
    Answered,
    DutyOverridden,
    InterestDeclared,
    SeatClaimed,
    SeatReassigned,
    SeatReleased,
)
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, phrase


def claimed(event: Recorded, what: SeatClaimed, context: HistoryContext) -> Said:
    """Somebody took a seat."""
    return Said(
        phrase(
            "%(who)s, %(role)s, %(party)s, took the seat in “%(round)s”",
            **_named(event, what, context),
        )
    )


def released(event: Recorded, what: SeatReleased, context: HistoryContext) -> Said:
    """Somebody gave a seat back."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, gave the seat in “%(round)s” back",
        **_named(event, what, context),
    )
    return Said(sentence, reason=what.reason)


def reassigned(event: Recorded, what: SeatReassigned, context: HistoryContext) -> Said:
    """Somebody said who answers a seat."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, gave %(whom)s the seat of %(seat)s in “%(round)s”",
        whom=_called(what.delegate, context), seat=context.party(what.seat.party),
        **_named(event, what, context),
    )  # fmt: skip
    return Said(sentence, reason=what.reason)


def declared(event: Recorded, what: InterestDeclared, context: HistoryContext) -> Said:
    """Somebody said whether they have an interest."""
    if what.interest:
        sentence = phrase(
            "%(who)s, %(role)s, %(party)s, declared an interest in “%(round)s”",
            **_named(event, what, context),
        )
        return Said(sentence, tone="late", reason=what.reason)
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, declared to have no interest in “%(round)s”",
        **_named(event, what, context),
    )
    return Said(sentence)


def lifted(event: Recorded, what: DutyOverridden, context: HistoryContext) -> Said:
    """Somebody lifted a bar for somebody else."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, lifted a bar in “%(round)s”, so that %(whom)s may answer",
        whom=_called(what.whom, context), **_named(event, what, context),
    )  # fmt: skip
    return Said(sentence, under=(_bar(what.bar, context),), tone="late", reason=what.reason)


def escalated(event: Recorded, what: RoundEscalated, context: HistoryContext) -> Said:
    """Somebody brought a round before those who hear of its lateness."""
    offices = tuple(
        f"{context.role(each.role)}, {context.party(each.party)}" for each in what.offices
    )
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, brought “%(round)s” before %(offices)s",
        offices=offices, **_named(event, what, context),
    )  # fmt: skip
    return Said(sentence, tone="late", reason=what.reason)


def overridden(what: Answered, context: HistoryContext) -> tuple[Phrase, ...]:
    """The bars in spite of which an answer was given."""
    return tuple(_bar(bar, context) for bar in what.overridden)


def _named(event: Recorded, what: OfRound, context: HistoryContext) -> dict[str, Part]:
    return {
        "who": context.who(event),
        "role": context.role(event.role),
        "party": context.party(event.party),
        "round": context.round_label(what.round),
    }


def _called(person: int, context: HistoryContext) -> str:
    return context.names.people.get(person, "")


def _bar(bar: str, context: HistoryContext) -> Phrase:
    """A bar that was lifted, as somebody would say it."""
    if bar == "author":
        return phrase("Lifted: whoever wrote the text decides nothing about it.")
    label = context.round_label(bar.rsplit(":", maxsplit=1)[-1])
    if bar.startswith("signed:"):
        return phrase("Lifted: whoever took part in “%(round)s” decides nothing here.", round=label)
    return phrase("Lifted: whose party took part in “%(round)s” decides nothing here.", round=label)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    SeatClaimed: claimed,
    SeatReleased: released,
    SeatReassigned: reassigned,
    InterestDeclared: declared,
    DutyOverridden: lifted,
    RoundEscalated: escalated,
}
