"""Readings of a history, and the facts of the register: appointments and pivotal countries."""

from collections.abc import Callable, Mapping
from datetime import date

from workflow.clock import read
from workflow.history.context import HistoryContext
from workflow.history.phrase import Phrase, Term, phrase
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.reference import reference
from workflow.vocabulary import EventType

RECORDED = phrase("Access is recorded.")


def was_read(event: Recorded, setting: HistoryContext) -> Said:
    """An auditor looked at this history."""
    return Said(phrase("%(who)s read this history", who=setting.who(event)), under=(RECORDED,))


def was_exported(event: Recorded, setting: HistoryContext) -> Said:
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


def erased(event: Recorded, setting: HistoryContext) -> Said:
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


def appointed(event: Recorded, setting: HistoryContext) -> Said:
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


def appointment_ended(event: Recorded, setting: HistoryContext) -> Said:
    """An appointment was brought to its end."""
    what = event.what
    sentence = phrase(
        "The appointment of a %(role)s, %(party)s, ends on %(last)s",
        role=setting.role(what["role"]), party=setting.party(what["party"]),
        last=date.fromisoformat(what["ends_on"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting))


def interest(event: Recorded, setting: HistoryContext) -> Said:
    """A pivotal country named an area in which it wants to lead."""
    what, area = event.what, reference().areas.get(event.what["area"])
    sentence = phrase(
        "%(party)s registered its interest to lead in %(area)s, on %(day)s",
        party=setting.party(what["party"]), area=Term(area.label if area else what["area"]),
        day=date.fromisoformat(what["on"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting), tone="done", reason="note")


def pivotal(event: Recorded, setting: HistoryContext) -> Said:
    """A country was named as pivotal."""
    sentence = phrase(
        "%(party)s was named a pivotal country, since %(day)s",
        party=setting.party(event.what["party"]), day=date.fromisoformat(event.what["since"]),
    )  # fmt: skip
    return Said(sentence, under=_by(event, setting), tone="done", reason="evidence")


def mandated(event: Recorded, setting: HistoryContext) -> Said:
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


def mandate_revoked(event: Recorded, setting: HistoryContext) -> Said:
    """A mandate was taken back."""
    what = event.what
    sentence = phrase(
        "%(who)s revoked the mandate of %(delegate)s to answer as %(role)s, %(party)s",
        who=setting.who(event), delegate=_delegate(event, setting),
        role=setting.role(what["role"]), party=setting.party(what["party"]),
    )  # fmt: skip
    return Said(sentence, tone="late")


def _delegate(event: Recorded, setting: HistoryContext) -> str:
    return setting.names.people.get(event.delegate or 0, "")


def _name(event: Recorded, setting: HistoryContext) -> str:
    return setting.names.private(event, "name") or Term("Somebody whose name was erased")


def _by(event: Recorded, setting: HistoryContext) -> tuple[Phrase, ...]:
    if event.person is None:
        return (phrase("entered when the house was set up"),)
    return (phrase("entered by %(who)s", who=setting.who(event)),)


ACROSS: Mapping[str, Phrase] = {
    "events": phrase("%(who)s looked through the events of all histories"),
    "access": phrase("%(who)s looked through the record of access"),
    "sample": phrase("%(who)s drew %(drawn)s of %(population)s events as a sample"),
}


def looked(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody read one history, or looked across many."""
    what = event.what
    across = ACROSS.get(what.get("scope", ""))
    if across is None:
        return was_read(event, setting)
    parts = {name: what[name] for name in ("drawn", "population") if name in what}
    sentence = Phrase(across.words, {"who": setting.who(event), **parts})
    seed = (phrase("with the seed “%(seed)s”", seed=what["seed"]),) if "seed" in what else ()
    asked = (phrase("asked for: %(query)s", query=what["query"]),) if what["query"] else ()
    return Said(sentence, under=(*seed, *asked, RECORDED))


def reviewed(event: Recorded, setting: HistoryContext) -> Said:
    """An auditor marked an event, or a history up to one, as reviewed."""
    what = event.what
    parts = {"who": setting.who(event), "seq": what["seq"]}
    sentence = (
        phrase("%(who)s marked this history as reviewed up to event %(seq)s", **parts)
        if what["covers"] == "through"
        else phrase("%(who)s marked event %(seq)s of this history as reviewed", **parts)
    )
    seed = what["sample"]
    under = (phrase("drawn with the seed “%(seed)s”", seed=seed),) if seed else ()
    return Said(sentence, under=under, tone="done", reason="note")


def heads(event: Recorded, _setting: HistoryContext) -> Said:
    """Where every history ended was stated."""
    sentence = phrase("Where %(cases)s histories end was stated", cases=event.what["cases"])
    return Said(
        sentence,
        under=(
            phrase("Over the first %(size)s events of the log.", size=event.what["size"]),
            phrase("Root %(root)s", root=event.what["root"]),
        ),
    )


def key(event: Recorded, _setting: HistoryContext) -> Said:
    """A key of the log was introduced: the first, one that follows another, or one after a gap."""
    what = event.what
    named = phrase("Key %(key)s", key=what["verifier"])
    if "replaces" in what:
        sentence = phrase("A new key signs the log %(origin)s", origin=what["origin"])
        until = phrase(
            "Signed for by the key before it, which ends at %(size)s events.", size=what["last"]
        )
        return Said(sentence, under=(until, named), tone="done")
    if "after" in what:
        sentence = phrase(
            "The log goes on as %(origin)s, after %(before)s was left at %(size)s events",
            origin=what["origin"], before=what["after"]["origin"], size=what["after"]["size"],
        )  # fmt: skip
        return Said(sentence, under=(named,), tone="late")
    sentence = phrase("The log %(origin)s has its first key", origin=what["origin"])
    return Said(sentence, under=(named,), tone="done")


TELLERS: Mapping[str, Callable[[Recorded, HistoryContext], Said]] = {
    EventType.HISTORY_EXPORTED: was_exported,
    EventType.TEXT_ERASED: erased,
    EventType.APPOINTMENT_MADE: appointed,
    EventType.APPOINTMENT_ENDED: appointment_ended,
    EventType.MANDATE_GRANTED: mandated,
    EventType.MANDATE_REVOKED: mandate_revoked,
    EventType.INTEREST_REGISTERED: interest,
    EventType.PIVOTAL_DESIGNATED: pivotal,
    EventType.HISTORY_READ: looked,
    EventType.HISTORY_REVIEWED: reviewed,
    EventType.HEADS_STATED: heads,
    EventType.KEY_INTRODUCED: key,
}
