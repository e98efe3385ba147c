"""Cases and rounds in words: imported, moved, opened, settled and overtaken."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.cases import (
    FootingChanged,
    ImportRevised,
    ProgrammeImported,
    ProgrammePlaced,
    SourceAccepted,
    SourceDeclined,
    StateEntered,
)
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import (
    RoundExtended,
    RoundOpened,
    RoundOvertaken,
    RoundPaused,
    RoundRebound,
    RoundReseated,
    RoundResumed,
    RoundSettled,
)
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles import next_steps
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Part, Phrase, Term, phrase
from workflow.vocabulary import CONFIDENCE, Footing


def imported(_event: Recorded, what: ProgrammeImported, context: HistoryContext) -> Said:
    """The programme came from elsewhere."""
    state = context.state(what.state)
    sentence = phrase(
        "Imported in state %(state)s from %(source)s: %(confidence)s",
        state=state, source=what.source.rstrip("."),
        confidence=Term(CONFIDENCE.get(what.confidence, what.confidence)),
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def revised(_event: Recorded, what: ImportRevised, context: HistoryContext) -> Said:
    """An import brought the programme up to date."""
    state = context.state(what.state)
    sentence = phrase(
        "An import brought this programme up to date: %(columns)s; state %(state)s",
        columns=what.columns, state=state,
    )  # fmt: skip
    return Said(sentence, tone="now", moved=("", state))


def source_accepted(event: Recorded, what: SourceAccepted, context: HistoryContext) -> Said:
    """An officer accepted what a later file says."""
    sentence = phrase(
        "%(who)s accepted what a later file says of it: %(columns)s",
        who=context.who(event), columns=what.columns,
    )  # fmt: skip
    return Said(sentence)


def source_declined(event: Recorded, what: SourceDeclined, context: HistoryContext) -> Said:
    """An officer declined what a later file says."""
    sentence = phrase(
        "%(who)s declined what a later file says of it: %(columns)s",
        who=context.who(event), columns=what.columns,
    )  # fmt: skip
    return Said(sentence, reason=what.reason)


def placed(event: Recorded, what: ProgrammePlaced, context: HistoryContext) -> Said:
    """An officer said where a record would live on."""
    state = context.state(what.state)
    sentence = phrase(
        "%(who)s placed the imported record in state %(state)s, to be confirmed",
        who=context.who(event), state=state,
    )  # fmt: skip
    parties = tuple(dict.fromkeys(context.party(each.party) for each in what.parties))
    under = (phrase("taking part: %(parties)s", parties=parties),) if parties else ()
    return Said(sentence, under=under, tone="now", moved=("", state))


def state_entered(_event: Recorded, what: StateEntered, context: HistoryContext) -> Said:
    """The case moved on."""
    before, after = context.state(what.before), context.state(what.state)
    cause: tuple[Phrase, ...] = ()
    if what.round:
        cause = (_settled(what.round, what.outcome, context),)
    if what.parent:
        cause = (phrase("because %(parent)s, of which it is a part, ended", parent=what.parent),)
    sentence = phrase("State: %(before)s → %(after)s", before=before, after=after)
    return Said(sentence, under=cause, tone="now", moved=(before, after))


def footing_changed(_event: Recorded, what: FootingChanged, context: HistoryContext) -> Said:
    """What was begun elsewhere is managed here, kept as a record only, or on record again."""
    told = {
        Footing.MANAGED: phrase(
            "Taken into management: what was imported is managed here from now on"
        ),
        Footing.KEPT: phrase("Kept as a record only: nothing is asked or offered on it"),
        Footing.RECORD: phrase("On record again: it may be taken into management"),
    }
    return Said(
        told[Footing(what.footing)],
        under=(_settled(what.round, what.outcome, context),),
        tone="now",
    )


def opened(_event: Recorded, what: RoundOpened, context: HistoryContext) -> Said:
    """A round opened, and asks these parties."""
    spec = context.round(what.round)
    label = context.round_label(what.round)
    due = what.due
    asked = tuple(dict.fromkeys(context.party(seat.party) for seat in what.seats))
    if spec and next_steps.is_timer(spec) and due:
        return Said(phrase("A time was set for “%(round)s”: %(due)s", round=label, due=due))
    again = phrase("opened for time no. %(turn)s", turn=what.turn) if what.turn > 1 else None
    under = (again, phrase("due %(due)s", due=due) if due else None, *_incidents(what))
    return Said(
        phrase("“%(round)s” opened: it asks %(asked)s", round=label, asked=asked),
        under=tuple(each for each in under if each),
        reason=what.reason,
    )


def settled(event: Recorded, what: RoundSettled, context: HistoryContext) -> Said:
    """A round came to its outcome."""
    spec = context.round(what.round)
    return Said(
        _settled(what.round, what.outcome, context),
        under=(*_silent(what, context), *_explained(event, what, context), *_held(spec, what)),
        tone="now",
        rule=spec.rule.words if spec else "",
    )


def overtaken(_event: Recorded, what: RoundOvertaken, context: HistoryContext) -> Said:
    """A round ended without an outcome, because the case moved on."""
    label = context.round_label(what.round)
    return Said(phrase("“%(round)s” was overtaken and needs no answer any more", round=label))


def rebound(_event: Recorded, what: RoundRebound, context: HistoryContext) -> Said:
    """The new text was put before an open round."""
    label = context.round_label(what.round)
    return Said(phrase("The changed text was put before “%(round)s”", round=label))


def reseated(_event: Recorded, what: RoundReseated, context: HistoryContext) -> Said:
    """Who takes part was changed, and an open round asks others since."""
    gone = tuple(sorted({context.party(seat.party) for seat in what.gone}))
    came = tuple(sorted({context.party(seat.party) for seat in what.came}))
    parts = (
        (gone, phrase("no longer asked: %(parties)s", parties=gone)),
        (came, phrase("asked now: %(parties)s", parties=came)),
    )
    sentence = phrase(
        "“%(round)s” asks those who take part now; answers that were given stay",
        round=context.round_label(what.round),
    )
    return Said(sentence, under=tuple(said for there, said in parts if there), tone="now")


def extended(event: Recorded, what: RoundExtended, context: HistoryContext) -> Said:
    """The end of a round was put off, by somebody or because a mail came back."""
    parts: dict[str, Part] = {
        "round": context.round_label(what.round),
        "before": what.before,
        "due": what.due,
    }
    if not event.role:
        sentence = phrase("The end of “%(round)s” moved from %(before)s to %(due)s", **parts)
    else:
        sentence = phrase(
            "%(who)s put off the end of “%(round)s” from %(before)s to %(due)s",
            who=context.who(event), **parts,
        )  # fmt: skip
    return Said(sentence, under=_unreached(what, context), tone="now", reason=what.reason)


def paused(_event: Recorded, what: RoundPaused, context: HistoryContext) -> Said:
    """The clock of a round was stopped: by the state of the case, or by a mail that came back."""
    due = phrase("It was due %(due)s", due=what.due) if what.due else None
    under = (*_unreached(what, context), *((due,) if due else ()))
    label = context.round_label(what.round)
    sentence = phrase("The clock of “%(round)s” was stopped", round=label)
    return Said(sentence, under=under, tone="now")


def resumed(event: Recorded, what: RoundResumed, context: HistoryContext) -> Said:
    """The clock of a round went on; its end came later by what it had stood still."""
    label = context.round_label(what.round)
    due = phrase("Now due %(due)s", due=what.due) if what.due else None
    if what.since is None and what.before is None:
        sentence = phrase("A session is planned at which “%(round)s” ends", round=label)
    elif not event.role:
        sentence = phrase("The clock of “%(round)s” went on", round=label)
    else:
        sentence = phrase(
            "%(who)s let the clock of “%(round)s” go on", who=context.who(event), round=label
        )
    return Said(sentence, under=(due,) if due else (), tone="now", reason=what.reason)


def _settled(key: str, outcome: str, context: HistoryContext) -> Phrase:
    spec = context.round(key)
    said = next_steps.said(spec, outcome) if spec else outcome
    return phrase(
        "“%(round)s” settled: %(outcome)s",
        round=context.round_label(key), outcome=Term(said),
    )  # fmt: skip


def _explained(event: Recorded, what: RoundSettled, context: HistoryContext) -> tuple[Phrase, ...]:
    explanation = context.names.private(event, what.explanation)
    if explanation is None:
        return (phrase("The explanation was erased."),)
    return (phrase("%(explanation)s", explanation=explanation),) if explanation else ()


def _held(spec: RoundSpec | None, what: RoundSettled) -> tuple[Phrase, ...]:
    """The conditions that held, where the outcome leads further by them."""
    if spec is None or what.way is None:
        return ()
    branch = spec.outcomes[what.outcome].branches[what.way - 1]
    words = tuple(map(Term, branch.words))
    return (phrase("This way, because: %(conditions)s", conditions=words),)


def _silent(what: RoundSettled, context: HistoryContext) -> tuple[Phrase, ...]:
    """Who said nothing in a silence: they did not object, which is not to approve."""
    parties = tuple(context.party(key) for key in what.silent or ())
    return (phrase("No objection received from: %(parties)s", parties=parties),) if parties else ()


def _unreached(what: RoundExtended | RoundPaused, context: HistoryContext) -> tuple[Phrase, ...]:
    """The parties that no mail reached, where that is why a clock moved."""
    parties = tuple(context.party(key) for key in what.undelivered)
    return (phrase("No mail reached %(parties)s", parties=parties),) if parties else ()


def _incidents(what: RoundOpened) -> tuple[Phrase, ...]:
    return tuple(phrase("Incident: %(incident)s", incident=each) for each in what.incidents)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    ProgrammeImported: imported,
    ImportRevised: revised,
    ProgrammePlaced: placed,
    SourceAccepted: source_accepted,
    SourceDeclined: source_declined,
    StateEntered: state_entered,
    FootingChanged: footing_changed,
    RoundOpened: opened,
    RoundSettled: settled,
    RoundOvertaken: overtaken,
    RoundRebound: rebound,
    RoundReseated: reseated,
    RoundExtended: extended,
    RoundPaused: paused,
    RoundResumed: resumed,
}
