"""Cases and rounds in words: begun, imported, moved, opened, settled and overtaken."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.cases import (
    CaseOpened,
    ImportRevised,
    ProgrammeImported,
    StateEntered,
)
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import (
    RoundExtended,
    RoundOpened,
    RoundOvertaken,
    RoundPaused,
    RoundRebound,
    RoundResumed,
    RoundSettled,
)
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles import next_steps
from workflow.phrase import Part, Phrase, Term, phrase


def case_opened(event: Recorded, what: CaseOpened, setting: HistoryContext) -> Said:
    """Somebody began the case for a party."""
    known = setting.definition
    sentence = phrase(
        "%(who)s began this proposal for %(party)s",
        who=setting.who(event), party=setting.party(what.proposer),
    )  # fmt: skip
    runs = phrase(
        "lifecycle “%(title)s”, version %(version)s",
        title=Term(known.title) if known else "", version=known.version if known else "",
    )  # fmt: skip
    state = setting.state(what.state)
    return Said(sentence, under=(runs,) if known else (), tone="now", moved=("", state))


def imported(_event: Recorded, what: ProgrammeImported, setting: HistoryContext) -> Said:
    """The programme came from elsewhere."""
    state = setting.state(what.state)
    sentence = phrase(
        "Imported in state %(state)s from %(source)s, confidence %(confidence)s",
        state=state, source=what.source.rstrip("."), confidence=Term(what.confidence),
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def revised(_event: Recorded, what: ImportRevised, setting: HistoryContext) -> Said:
    """An import brought the programme up to date."""
    state = setting.state(what.state)
    sentence = phrase(
        "An import brought this programme up to date: %(columns)s; state %(state)s",
        columns=what.columns, state=state,
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def state_entered(_event: Recorded, what: StateEntered, setting: HistoryContext) -> Said:
    """The case moved on."""
    before, after = setting.state(what.before), setting.state(what.state)
    cause: tuple[Phrase, ...] = ()
    if what.round:
        cause = (_settled(what.round, what.outcome, setting),)
    sentence = phrase("State: %(before)s → %(after)s", before=before, after=after)
    return Said(sentence, under=cause, tone="now", moved=(before, after))


def opened(_event: Recorded, what: RoundOpened, setting: HistoryContext) -> Said:
    """A round opened, and asks these parties."""
    spec = setting.round(what.round)
    label = setting.round_label(what.round)
    due = what.due
    asked = tuple(dict.fromkeys(setting.party(seat.party) for seat in what.seats))
    if spec and next_steps.is_timer(spec) and due:
        return Said(phrase("A time was set for “%(round)s”: %(due)s", round=label, due=due))
    again = phrase("opened for time no. %(turn)s", turn=what.turn) if what.turn > 1 else None
    under = (again, phrase("due %(due)s", due=due) if due else None, *_incidents(what))
    return Said(
        phrase("“%(round)s” opened: it asks %(asked)s", round=label, asked=asked),
        under=tuple(each for each in under if each),
        reason=what.reason,
    )


def settled(event: Recorded, what: RoundSettled, setting: HistoryContext) -> Said:
    """A round came to its outcome."""
    spec = setting.round(what.round)
    return Said(
        _settled(what.round, what.outcome, setting),
        under=(*_silent(what, setting), *_explained(event, what, setting)),
        tone="now",
        rule=spec.rule.words if spec else "",
    )


def overtaken(_event: Recorded, what: RoundOvertaken, setting: HistoryContext) -> Said:
    """A round ended without an outcome, because the case moved on."""
    label = setting.round_label(what.round)
    return Said(phrase("“%(round)s” was overtaken and needs no answer any more", round=label))


def rebound(_event: Recorded, what: RoundRebound, setting: HistoryContext) -> Said:
    """The new text was put before an open round."""
    label = setting.round_label(what.round)
    return Said(phrase("The changed text was put before “%(round)s”", round=label))


def extended(event: Recorded, what: RoundExtended, setting: HistoryContext) -> Said:
    """The end of a round was put off, by somebody or because a mail came back."""
    parts: dict[str, Part] = {
        "round": setting.round_label(what.round),
        "before": what.before,
        "due": what.due,
    }
    if not event.role:
        sentence = phrase("The end of “%(round)s” moved from %(before)s to %(due)s", **parts)
    else:
        sentence = phrase(
            "%(who)s put off the end of “%(round)s” from %(before)s to %(due)s",
            who=setting.who(event), **parts,
        )  # fmt: skip
    return Said(sentence, under=_unreached(what, setting), tone="now", reason=what.reason)


def paused(_event: Recorded, what: RoundPaused, setting: HistoryContext) -> Said:
    """The clock of a round was stopped: by the state of the case, or by a mail that came back."""
    due = phrase("It was due %(due)s", due=what.due) if what.due else None
    under = (*_unreached(what, setting), *((due,) if due else ()))
    label = setting.round_label(what.round)
    sentence = phrase("The clock of “%(round)s” was stopped", round=label)
    return Said(sentence, under=under, tone="now")


def resumed(event: Recorded, what: RoundResumed, setting: HistoryContext) -> Said:
    """The clock of a round went on; its end came later by what it had stood still."""
    label = setting.round_label(what.round)
    due = phrase("Now due %(due)s", due=what.due) if what.due else None
    if not event.role:
        sentence = phrase("The clock of “%(round)s” went on", round=label)
    else:
        sentence = phrase(
            "%(who)s let the clock of “%(round)s” go on", who=setting.who(event), round=label
        )
    return Said(sentence, under=(due,) if due else (), tone="now", reason=what.reason)


def _settled(key: str, outcome: str, setting: HistoryContext) -> Phrase:
    spec = setting.round(key)
    said = next_steps.said(spec, outcome) if spec else outcome
    return phrase(
        "“%(round)s” settled: %(outcome)s",
        round=setting.round_label(key), outcome=Term(said),
    )  # fmt: skip


def _explained(event: Recorded, what: RoundSettled, setting: HistoryContext) -> tuple[Phrase, ...]:
    explanation = setting.names.private(event, what.explanation)
    if explanation is None:
        return (phrase("The explanation was erased."),)
    return (phrase("%(explanation)s", explanation=explanation),) if explanation else ()


def _silent(what: RoundSettled, setting: HistoryContext) -> tuple[Phrase, ...]:
    """Who said nothing in a silence: they did not object, which is not to approve."""
    parties = tuple(setting.party(key) for key in what.silent or ())
    return (phrase("No objection received from: %(parties)s", parties=parties),) if parties else ()


def _unreached(what: RoundExtended | RoundPaused, setting: HistoryContext) -> tuple[Phrase, ...]:
    """The parties that no mail reached, where that is why a clock moved."""
    parties = tuple(setting.party(key) for key in what.undelivered)
    return (phrase("No mail reached %(parties)s", parties=parties),) if parties else ()


def _incidents(what: RoundOpened) -> tuple[Phrase, ...]:
    return tuple(phrase("Incident: %(incident)s", incident=each) for each in what.incidents)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    CaseOpened: case_opened,
    ProgrammeImported: imported,
    ImportRevised: revised,
    StateEntered: state_entered,
    RoundOpened: opened,
    RoundSettled: settled,
    RoundOvertaken: overtaken,
    RoundRebound: rebound,
    RoundExtended: extended,
    RoundPaused: paused,
    RoundResumed: resumed,
}
