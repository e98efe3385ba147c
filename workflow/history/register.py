"""Events of the register, and what auditors did, in words: offices, mandates, keys, heads, readings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from workflow.audit.events.histories import (
    HistoryExported,
    HistoryRead,
    HistoryReviewed,
    TextErased,
)
from workflow.audit.events.log import HeadsStated, KeyIntroduced
from workflow.audit.events.payload import Payload
from workflow.audit.events.register import (
    Appointed,
    AppointmentEnded,
    AppointmentExtended,
    AppointmentLetterFiled,
    AppointmentLetterWithdrawn,
    AppointmentMade,
    AppointmentTied,
    Mandated,
    MandateGranted,
    MandateRevoked,
)
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, Term, phrase

RECORDED = phrase("Access is recorded.")


def was_read(event: Recorded, context: HistoryContext) -> Said:
    """An auditor looked at this history."""
    return Said(phrase("%(who)s read this history", who=context.who(event)), under=(RECORDED,))


def was_exported(event: Recorded, what: HistoryExported, context: HistoryContext) -> Said:
    """Somebody took a copy of this history away, or of several at once."""
    if what.cases is None:
        sentence = phrase("%(who)s took a copy of this history", who=context.who(event))
        return Said(sentence, under=(RECORDED,))
    sentence = phrase(
        "%(who)s took a copy of %(cases)s histories (%(form)s)",
        who=context.who(event) or Term("Somebody at the command line"),
        cases=what.cases, form=what.form or "",
    )  # fmt: skip
    hidden = phrase("People stand in it under pseudonyms.") if what.pseudonymous else None
    return Said(sentence, under=(RECORDED, hidden) if hidden else (RECORDED,))


def erased(event: Recorded, what: TextErased, context: HistoryContext) -> Said:
    """A private text of an earlier event was erased, or erased again after a restore."""
    sentence = phrase(
        "%(fields)s of event %(seq)s: erased",
        fields=tuple(Term(name.capitalize()) for name in what.names), seq=what.event,
    )  # fmt: skip
    if what.first is not None:
        again = phrase(
            "erased again after a backup was restored; erased first on %(day)s",
            day=what.first.date(),
        )
        return Said(sentence, under=(again,), tone="late")
    by = phrase("ordered by %(who)s", who=context.who(event))
    return Said(sentence, under=(by,), tone="late", reason=what.basis)


def appointed(event: Recorded, what: AppointmentMade, context: HistoryContext) -> Said:
    """Somebody was appointed."""
    first, last = what.starts_on, what.ends_on
    sentence = phrase(
        "%(name)s was appointed %(role)s, %(party)s",
        name=_name(event, what, context), role=context.role(what.role),
        party=context.party(what.party),
    )  # fmt: skip
    span = (
        phrase("from %(first)s to %(last)s", first=first, last=last)
        if last
        else phrase("from %(first)s, without an end", first=first)
    )
    letter = context.names.private(event, what.letter)
    paper = (phrase("by the letter %(letter)s", letter=letter),) if letter else ()
    under = (span, *_counts_on(what), *paper, *entered_by(event, context), *_alone(what))
    return Said(sentence, under=under, tone="late" if what.alone else "done")


def _counts_on(what: Appointed) -> tuple[Phrase, ...]:
    return (phrase("on the body %(body)s alone", body=what.body),) if what.body else ()


def _alone(what: AppointmentMade) -> tuple[Phrase, ...]:
    return (phrase("There was no second administrator to see it."),) if what.alone else ()


def tied(event: Recorded, what: AppointmentTied, context: HistoryContext) -> Said:
    """An appointment counts on one body alone from now on."""
    sentence = phrase(
        "The appointment of a %(role)s, %(party)s, was tied to the body %(body)s",
        role=context.role(what.role), party=context.party(what.party), body=what.body or "",
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context), tone="done")


def letter_filed(event: Recorded, what: AppointmentLetterFiled, context: HistoryContext) -> Said:
    """The letter of an appointment was put on record."""
    name = context.names.private(event, what.filename)
    sentence = phrase(
        "The letter of the appointment of a %(role)s, %(party)s, was filed: %(filename)s",
        role=context.role(what.role), party=context.party(what.party),
        filename=name or Term("a file"),
    )  # fmt: skip
    digest = phrase("%(size)s bytes, digest %(digest)s", size=what.size, digest=what.digest)
    erased = (phrase("The name of the file was erased."),) if name is None else ()
    return Said(sentence, under=(digest, *erased, *entered_by(event, context)), tone="done")


def letter_withdrawn(
    event: Recorded, what: AppointmentLetterWithdrawn, context: HistoryContext
) -> Said:
    """A letter of an appointment was filed by mistake."""
    sentence = phrase(
        "A letter of the appointment of a %(role)s, %(party)s, was withdrawn; auditors can still read it",
        role=context.role(what.role), party=context.party(what.party),
    )  # fmt: skip
    digest = phrase("filed as event %(seq)s, digest %(digest)s", seq=what.filed, digest=what.digest)
    under = (digest, *entered_by(event, context))
    return Said(sentence, under=under, tone="late", reason=what.reason)


def extended(event: Recorded, what: AppointmentExtended, context: HistoryContext) -> Said:
    """An appointment lasts longer."""
    parts: dict[str, Part] = {
        "role": context.role(what.role),
        "party": context.party(what.party),
    }
    sentence = (
        phrase(
            "The appointment of a %(role)s, %(party)s, goes on until %(last)s",
            **parts, last=what.ends_on,
        )
        if what.ends_on
        else phrase("The appointment of a %(role)s, %(party)s, goes on without an end", **parts)
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context), tone="done")


def appointment_ended(event: Recorded, what: AppointmentEnded, context: HistoryContext) -> Said:
    """An appointment was brought to its end."""
    sentence = phrase(
        "The appointment of a %(role)s, %(party)s, ends on %(last)s",
        role=context.role(what.role), party=context.party(what.party),
        last=what.ends_on,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context))


def mandated(event: Recorded, what: MandateGranted, context: HistoryContext) -> Said:
    """The holder of an office let somebody else answer for it."""
    sentence = phrase(
        "%(who)s gave %(delegate)s a mandate to answer as %(role)s, %(party)s",
        who=context.who(event), delegate=_delegate(what, context),
        role=context.role(what.role), party=context.party(what.party),
    )  # fmt: skip
    span = phrase(
        "from %(first)s to %(last)s",
        first=what.starts_on, last=what.ends_on,
    )  # fmt: skip
    return Said(sentence, under=(span,), tone="done", reason=what.reason)


def mandate_revoked(event: Recorded, what: MandateRevoked, context: HistoryContext) -> Said:
    """A mandate was taken back."""
    sentence = phrase(
        "%(who)s revoked the mandate of %(delegate)s to answer as %(role)s, %(party)s",
        who=context.who(event), delegate=_delegate(what, context),
        role=context.role(what.role), party=context.party(what.party),
    )  # fmt: skip
    return Said(sentence, tone="late")


def _delegate(what: Mandated, context: HistoryContext) -> str:
    return context.names.people.get(what.delegate, "")


def _name(event: Recorded, what: AppointmentMade, context: HistoryContext) -> str:
    return context.names.private(event, what.name) or Term("Somebody whose name was erased")


ACROSS: Mapping[str, Phrase] = {
    "events": phrase("%(who)s looked through the events of all histories"),
    "access": phrase("%(who)s looked through the record of access"),
    "sample": phrase("%(who)s drew %(drawn)s of %(population)s events as a sample"),
}


def looked(event: Recorded, what: HistoryRead, context: HistoryContext) -> Said:
    """Somebody read one history, or looked across many."""
    across = ACROSS.get(what.scope or "")
    if across is None:
        return was_read(event, context)
    counted = {"drawn": what.drawn or 0, "population": what.population or 0}
    sentence = replace(across, parts={"who": context.who(event), **counted})
    drawn = what.seed is not None
    seed = (phrase("with the seed “%(seed)s”", seed=what.seed or ""),) if drawn else ()
    asked = (phrase("asked for: %(query)s", query=what.query),) if what.query else ()
    return Said(sentence, under=(*seed, *asked, RECORDED))


def reviewed(event: Recorded, what: HistoryReviewed, context: HistoryContext) -> Said:
    """An auditor marked an event, or a history up to one, as reviewed."""
    parts: dict[str, Part] = {"who": context.who(event), "seq": what.seq}
    sentence = (
        phrase("%(who)s marked this history as reviewed up to event %(seq)s", **parts)
        if what.covers == "through"
        else phrase("%(who)s marked event %(seq)s of this history as reviewed", **parts)
    )
    seed = what.sample
    under = (phrase("drawn with the seed “%(seed)s”", seed=seed),) if seed else ()
    return Said(sentence, under=under, tone="done", reason=what.note)


def heads(_event: Recorded, what: HeadsStated, _setting: HistoryContext) -> Said:
    """Where every history ended was stated."""
    sentence = phrase("Where %(cases)s histories end was stated", cases=what.cases)
    return Said(
        sentence,
        under=(
            phrase("Over the first %(size)s events of the log.", size=what.size),
            phrase("Root %(root)s", root=what.root),
        ),
    )


def key(_event: Recorded, what: KeyIntroduced, _setting: HistoryContext) -> Said:
    """A key of the log was introduced: the first, one that follows another, or one after a gap."""
    named = phrase("Key %(key)s", key=what.verifier)
    if what.replaces is not None and what.last is not None:
        sentence = phrase("A new key signs the log %(origin)s", origin=what.origin)
        until = phrase(
            "Signed for by the key before it, which ends at %(size)s events.", size=what.last
        )
        return Said(sentence, under=(until, named), tone="done")
    if what.after is not None:
        sentence = phrase(
            "The log goes on as %(origin)s, after %(before)s was left at %(size)s events",
            origin=what.origin, before=what.after.origin, size=what.after.size,
        )  # fmt: skip
        return Said(sentence, under=(named,), tone="late")
    sentence = phrase("The log %(origin)s has its first key", origin=what.origin)
    return Said(sentence, under=(named,), tone="done")


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    HistoryExported: was_exported,
    TextErased: erased,
    AppointmentMade: appointed,
    AppointmentEnded: appointment_ended,
    AppointmentExtended: extended,
    AppointmentTied: tied,
    AppointmentLetterFiled: letter_filed,
    AppointmentLetterWithdrawn: letter_withdrawn,
    MandateGranted: mandated,
    MandateRevoked: mandate_revoked,
    HistoryRead: looked,
    HistoryReviewed: reviewed,
    HeadsStated: heads,
    KeyIntroduced: key,
}
