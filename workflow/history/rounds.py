"""Cases and rounds in words: begun, imported, moved, opened, settled and overtaken."""

from collections.abc import Callable, Mapping

from workflow.clock import read
from workflow.history.context import HistoryContext
from workflow.history.phrase import Part, Phrase, Term, phrase
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles import next_steps
from workflow.vocabulary import EventType


def case_opened(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody began the case for a party."""
    known = setting.definition
    sentence = phrase(
        "%(who)s began this proposal for %(party)s",
        who=setting.who(event), party=setting.party(event.what["proposer"]),
    )  # fmt: skip
    runs = phrase(
        "lifecycle “%(title)s”, version %(version)s",
        title=Term(known.title) if known else "", version=known.version if known else "",
    )  # fmt: skip
    state = setting.state(event.what["state"])
    return Said(sentence, under=(runs,) if known else (), tone="now", moved=("", state))


def imported(event: Recorded, setting: HistoryContext) -> Said:
    """The programme came from elsewhere."""
    what, state = event.what, setting.state(event.what["state"])
    sentence = phrase(
        "Imported in state %(state)s from %(source)s, confidence %(confidence)s",
        state=state, source=what["source"].rstrip("."), confidence=Term(what["confidence"]),
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def revised(event: Recorded, setting: HistoryContext) -> Said:
    """An import brought the programme up to date."""
    what, state = event.what, setting.state(event.what["state"])
    sentence = phrase(
        "An import brought this programme up to date: %(columns)s; state %(state)s",
        columns=tuple(str(name) for name in what["columns"]), state=state,
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def state_entered(event: Recorded, setting: HistoryContext) -> Said:
    """The case moved on."""
    what = event.what
    before, after = setting.state(what["from"]), setting.state(what["to"])
    cause: tuple[Phrase, ...] = ()
    if what["round"]:
        cause = (_settled(event, setting),)
    sentence = phrase("State: %(before)s → %(after)s", before=before, after=after)
    return Said(sentence, under=cause, tone="now", moved=(before, after))


def opened(event: Recorded, setting: HistoryContext) -> Said:
    """A round opened, and asks these parties."""
    what, spec = event.what, setting.round(event.what["round"])
    label = setting.round_label(what["round"])
    due = read(what["due"]) if what["due"] else None
    asked = tuple(dict.fromkeys(setting.party(place["party"]) for place in what["seats"]))
    if spec and next_steps.is_timer(spec) and due:
        return Said(phrase("A time was set for “%(round)s”: %(due)s", round=label, due=due))
    again = phrase("opened for time no. %(turn)s", turn=what["turn"]) if what["turn"] > 1 else None
    under = (again, phrase("due %(due)s", due=due) if due else None, *_incidents(event))
    return Said(
        phrase("“%(round)s” opened: it asks %(asked)s", round=label, asked=asked),
        under=tuple(each for each in under if each),
        reason="reason",
    )


def settled(event: Recorded, setting: HistoryContext) -> Said:
    """A round came to its outcome."""
    spec = setting.round(event.what["round"])
    return Said(
        _settled(event, setting),
        under=(*_silent(event, setting), *_explained(event, setting)),
        tone="now",
        rule=spec.rule.words if spec else "",
    )


def overtaken(event: Recorded, setting: HistoryContext) -> Said:
    """A round ended without an outcome, because the case moved on."""
    label = setting.round_label(event.what["round"])
    return Said(phrase("“%(round)s” was overtaken and needs no answer any more", round=label))


def rebound(event: Recorded, setting: HistoryContext) -> Said:
    """The new text was put before an open round."""
    label = setting.round_label(event.what["round"])
    return Said(phrase("The changed text was put before “%(round)s”", round=label))


def extended(event: Recorded, setting: HistoryContext) -> Said:
    """The end of a round was put off, by somebody or because a mail came back."""
    what = event.what
    parts: dict[str, Part] = {
        "round": setting.round_label(what["round"]),
        "before": read(what["from"]),
        "due": read(what["due"]),
    }
    if not event.role:
        sentence = phrase("The end of “%(round)s” moved from %(before)s to %(due)s", **parts)
    else:
        sentence = phrase(
            "%(who)s put off the end of “%(round)s” from %(before)s to %(due)s",
            who=setting.who(event), **parts,
        )  # fmt: skip
    return Said(sentence, under=_unreached(event, setting), tone="now", reason="reason")


def paused(event: Recorded, setting: HistoryContext) -> Said:
    """The clock of a round was stopped: by the state of the case, or by a mail that came back."""
    what = event.what
    due = phrase("It was due %(due)s", due=read(what["due"])) if what["due"] else None
    under = (*_unreached(event, setting), *((due,) if due else ()))
    label = setting.round_label(what["round"])
    sentence = phrase("The clock of “%(round)s” was stopped", round=label)
    return Said(sentence, under=under, tone="now")


def resumed(event: Recorded, setting: HistoryContext) -> Said:
    """The clock of a round went on; its end came later by what it had stood still."""
    what = event.what
    label = setting.round_label(what["round"])
    due = phrase("Now due %(due)s", due=read(what["due"])) if what["due"] else None
    if not event.role:
        sentence = phrase("The clock of “%(round)s” went on", round=label)
    else:
        sentence = phrase(
            "%(who)s let the clock of “%(round)s” go on", who=setting.who(event), round=label
        )
    return Said(sentence, under=(due,) if due else (), tone="now", reason="reason")


def _settled(event: Recorded, setting: HistoryContext) -> Phrase:
    what, spec = event.what, setting.round(event.what["round"])
    outcome = next_steps.said(spec, what["outcome"]) if spec else what["outcome"]
    return phrase(
        "“%(round)s” settled: %(outcome)s",
        round=setting.round_label(what["round"]), outcome=Term(outcome),
    )  # fmt: skip


def _explained(event: Recorded, setting: HistoryContext) -> tuple[Phrase, ...]:
    explanation = setting.names.private(event, "explanation")
    if explanation is None:
        return (phrase("The explanation was erased."),)
    return (phrase("%(explanation)s", explanation=explanation),) if explanation else ()


def _silent(event: Recorded, setting: HistoryContext) -> tuple[Phrase, ...]:
    """Who said nothing in a silence: they did not object, which is not to approve."""
    parties = tuple(setting.party(key) for key in event.what.get("silent", ()))
    return (phrase("No objection received from: %(parties)s", parties=parties),) if parties else ()


def _unreached(event: Recorded, setting: HistoryContext) -> tuple[Phrase, ...]:
    """The parties that no mail reached, where that is why a clock moved."""
    parties = tuple(setting.party(key) for key in event.what.get("undelivered", ()))
    return (phrase("No mail reached %(parties)s", parties=parties),) if parties else ()


def _incidents(event: Recorded) -> tuple[Phrase, ...]:
    found = event.what.get("incidents", ())
    return tuple(phrase("Incident: %(incident)s", incident=str(each)) for each in found)


TELLERS: Mapping[str, Callable[[Recorded, HistoryContext], Said]] = {
    EventType.CASE_OPENED: case_opened,
    EventType.PROGRAMME_IMPORTED: imported,
    EventType.IMPORT_REVISED: revised,
    EventType.STATE_ENTERED: state_entered,
    EventType.ROUND_OPENED: opened,
    EventType.ROUND_SETTLED: settled,
    EventType.ROUND_OVERTAKEN: overtaken,
    "round.rebound": rebound,
    EventType.ROUND_EXTENDED: extended,
    EventType.ROUND_PAUSED: paused,
    EventType.ROUND_RESUMED: resumed,
}
