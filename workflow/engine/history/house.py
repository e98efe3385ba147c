"""Readings of a history, and the facts of the register: appointments and pivotal countries."""

from collections.abc import Callable, Mapping
from datetime import date

from workflow.clock import read
from workflow.engine.history.phrase import Phrase, Term, phrase
from workflow.engine.history.recorded import Recorded
from workflow.engine.history.said import Said
from workflow.engine.history.setting import Setting
from workflow.reference import reference
from workflow.vocabulary import EventType

RECORDED = phrase("Access is recorded.")


def was_read(event: Recorded, setting: Setting) -> Said:
    """An auditor looked at this history."""
    return Said(phrase("%(who)s read this history", who=setting.who(event)), under=(RECORDED,))


def was_exported(event: Recorded, setting: Setting) -> Said:
    """Somebody took a copy of this history away, or of several at once."""
    if "cases" not in event.what:
        sentence = phrase("%(who)s took a copy of this history", who=setting.who(event))
        return Said(sentence, under=(RECORDED,))
    sentence = phrase(
        "%(who)s took a copy of %(cases)s histories (%(form)s)",
        who=setting.who(event) or Term("Somebody at the command line"),
        cases=event.what["cases"], form=event.what["form"],
    )  # fmt: skip
    hidden = phrase("People stand in it under pseudonyms.") if event.what["pseudonymous"] else None
    return Said(sentence, under=(RECORDED, hidden) if hidden else (RECORDED,))


def erased(event: Recorded, setting: Setting) -> Said:
    """A private text of an earlier event was erased, or erased again after a restore."""
    what = event.what
    sentence = phrase(
        "%(fields)s of event %(seq)s: erased",
        fields=tuple(Term(str(name).capitalize()) for name in what["fields"]), seq=what["event"],
    )  # fmt: skip
    if event.person is None:
        again = phrase(
            "erased again after a backup was restored; erased first on %(day)s",
            day=read(what["first"]).date(),
        )
        return Said(sentence, under=(again,), tone="late")
    by = phrase("ordered by %(who)s", who=setting.who(event))
    return Said(sentence, under=(by,), tone="late", reason="basis")


def appointed(event: Recorded, setting: Setting) -> Said:
    """Somebody was appointed."""
    what = event.what
    first = date.fromisoformat(what["starts_on"])
    sentence = phrase(
        "%(name)s was appointed %(role)s, %(party)s",
        name=_name(event, setting), role=setting.role(what["role"]),
        party=setting.party(what["party"]),
    )  # fmt: skip
    last = date.fromisoformat(what["ends_on"]) if what["ends_on"] else None
    span = (
        phrase("from %(first)s to %(last)s", first=first, last=last)
        if last
        else phrase("from %(first)s, without an end", first=first)
    )
    return Said(sentence, under=(span, *_by(event, setting)), tone="done")


def appointment_ended(event: Recorded, setting: Setting) -> Said:
    """An appointment was brought to its end."""
    what = event.what
    sentence = phrase(
        "The appointment of a %(role)s, %(party)s, ends on %(last)s",
        role=setting.role(what["role"]), party=setting.party(what["party"]),
        last=date.fromisoformat(what["ends_on"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting))


def interest(event: Recorded, setting: Setting) -> Said:
    """A pivotal country named an area in which it wants to lead."""
    what, area = event.what, reference().areas.get(event.what["area"])
    sentence = phrase(
        "%(party)s registered its interest to lead in %(area)s, on %(day)s",
        party=setting.party(what["party"]), area=Term(area.label if area else what["area"]),
        day=date.fromisoformat(what["on"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting), tone="done", reason="note")


def pivotal(event: Recorded, setting: Setting) -> Said:
    """A country was named as pivotal."""
    sentence = phrase(
        "%(party)s was named a pivotal country, since %(day)s",
        party=setting.party(event.what["party"]), day=date.fromisoformat(event.what["since"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting), tone="done", reason="evidence")


def mandated(event: Recorded, setting: Setting) -> Said:
    """The holder of an office let somebody else answer for it."""
    what = event.what
    sentence = phrase(
        "%(who)s gave %(delegate)s a mandate to answer as %(role)s, %(party)s",
        who=setting.who(event), delegate=_delegate(event, setting),
        role=setting.role(what["role"]), party=setting.party(what["party"]),
    )  # fmt: skip
    span = phrase(
        "from %(first)s to %(last)s",
        first=date.fromisoformat(what["starts_on"]), last=date.fromisoformat(what["ends_on"]),
    )  # fmt: skip
    return Said(sentence, under=(span,), tone="done", reason="reason")


def mandate_revoked(event: Recorded, setting: Setting) -> Said:
    """A mandate was taken back."""
    what = event.what
    sentence = phrase(
        "%(who)s revoked the mandate of %(delegate)s to answer as %(role)s, %(party)s",
        who=setting.who(event), delegate=_delegate(event, setting),
        role=setting.role(what["role"]), party=setting.party(what["party"]),
    )  # fmt: skip
    return Said(sentence, tone="late")


def _delegate(event: Recorded, setting: Setting) -> str:
    return setting.names.people.get(event.delegate or 0, "")


def _name(event: Recorded, setting: Setting) -> str:
    return setting.names.private(event, "name") or Term("Somebody whose name was erased")


def _by(event: Recorded, setting: Setting) -> tuple[Phrase, ...]:
    if event.person is None:
        return (phrase("entered when the house was set up"),)
    return (phrase("entered by %(who)s", who=setting.who(event)),)


TELLERS: Mapping[str, Callable[[Recorded, Setting], Said]] = {
    EventType.HISTORY_READ: was_read,
    EventType.HISTORY_EXPORTED: was_exported,
    EventType.TEXT_ERASED: erased,
    EventType.APPOINTMENT_MADE: appointed,
    EventType.APPOINTMENT_ENDED: appointment_ended,
    EventType.MANDATE_GRANTED: mandated,
    EventType.MANDATE_REVOKED: mandate_revoked,
    EventType.INTEREST_REGISTERED: interest,
    EventType.PIVOTAL_DESIGNATED: pivotal,
}
