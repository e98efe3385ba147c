"""Answers in words: given, changed, void, and seats that somebody stepped back from."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.seats import (
    Answered,
    SeatRecused,
    SignoffChanged,
    SignoffGiven,
    SignoffLate,
    SignoffVoided,
)
from workflow.history.context import HistoryContext
from workflow.history.duties import overridden
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles.children.checklist import LineStanding
from workflow.lifecycles.rule import Stance
from workflow.lifecycles.texts.translation import ENGLISH, LANGUAGES
from workflow.phrase import Phrase, Term, phrase, together, verbatim

TONES = {Stance.FOR: "done", Stance.AGAINST: "objection", Stance.NEUTRAL: "quiet"}


def given(event: Recorded, what: SignoffGiven, context: HistoryContext) -> Said:
    """Somebody answered on a seat."""
    label = context.round_label(what.round)
    if event.person is None:
        sentence = phrase(
            "The timer answered “%(verdict)s” in “%(round)s”",
            verdict=_verdict(what, context), round=label,
        )  # fmt: skip
    else:
        sentence = phrase(
            "%(who)s, %(role)s, %(party)s, answered “%(verdict)s” in “%(round)s”",
            who=context.who(event), role=context.role(event.role),
            party=context.party(event.party), verdict=_verdict(what, context), round=label,
        )  # fmt: skip
    return _answer(event, what, context, sentence)


def changed(event: Recorded, what: SignoffChanged, context: HistoryContext) -> Said:
    """Somebody gave another answer on a seat that had one."""
    earlier = context.before(event, what)
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, changed the answer in “%(round)s” from “%(earlier)s” "
        "to “%(verdict)s”",
        who=context.who(event), role=context.role(event.role),
        party=context.party(event.party), round=context.round_label(what.round),
        earlier=_verdict(earlier, context) if earlier else Term("an earlier answer"),
        verdict=_verdict(what, context),
    )  # fmt: skip
    return _answer(event, what, context, sentence)


def voided(_event: Recorded, what: SignoffVoided, context: HistoryContext) -> Said:
    """An answer ceased to stand because the text it covered was changed."""
    sentence = phrase(
        "The answer of %(party)s in “%(round)s” became void, because the text was changed",
        party=context.party(what.seat.party), round=context.round_label(what.round),
    )  # fmt: skip
    return Said(sentence, tone="late")


def late(event: Recorded, what: SignoffLate, context: HistoryContext) -> Said:
    """Somebody answered after the silence had ended."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, answered “%(verdict)s” in “%(round)s” after its end at "
        "%(due)s: recorded as late, without effect",
        who=context.who(event), role=context.role(event.role), party=context.party(event.party),
        verdict=_verdict(what, context), round=context.round_label(what.round),
        due=what.due,
    )  # fmt: skip
    return Said(
        sentence,
        under=_read_in(what),
        tone="late",
        reason=what.reason,
        verdict=_verdict(what, context),
    )


def recused(event: Recorded, what: SeatRecused, context: HistoryContext) -> Said:
    """Somebody stepped back from a seat."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, stepped back in “%(round)s”",
        who=context.who(event), role=context.role(event.role),
        party=context.party(event.party), round=context.round_label(what.round),
    )  # fmt: skip
    return Said(sentence, reason=what.reason)


def _answer(event: Recorded, what: Answered, context: HistoryContext, sentence: Phrase) -> Said:
    verdict, spec = context.verdict(what), context.round(what.round)
    meaning = Term(verdict.meaning) if verdict else ""
    said = (phrase("“%(meaning)s”", meaning=meaning),) if meaning else ()
    return Said(
        sentence,
        under=(*said, *_checklist(what, context), *_read_in(what), *overridden(what, context)),
        tone=TONES[verdict.stance] if verdict else "quiet",
        texts=context.covered(event, what.round),
        rule=spec.rule.words if spec else "",
        reason=what.reason,
        verdict=_verdict(what, context),
        statement=verdict.meaning if verdict else "",
        content=what.content,
    )


def _checklist(what: Answered, context: HistoryContext) -> Iterator[Phrase]:
    """How the checklist stood that was to be met, line by line."""
    spec = context.round(what.round)
    labels = {line.key: line.label for line in spec.checklist} if spec else {}
    for told in what.checklist:
        label = Term(labels.get(told.line, told.line))
        more = together(map(verbatim, (*told.left, *filter(None, [told.why_not]))), between="; ")
        if told.standing == LineStanding.MET:
            yield phrase("“%(line)s”: met", line=label)
        elif told.standing == LineStanding.OPEN:
            yield phrase("“%(line)s”: open, %(left)s", line=label, left=more)
        else:
            yield phrase("“%(line)s”: does not apply. %(why)s", line=label, why=more)


def _read_in(what: Answered | SignoffLate) -> tuple[Phrase, ...]:
    """The language of the page on which it was given, where that was not English."""
    if what.language in {"", ENGLISH}:
        return ()
    language = LANGUAGES.get(what.language, what.language)
    return (phrase("given on a page in %(language)s", language=language),)


def _verdict(what: Answered | SignoffLate, context: HistoryContext) -> Term:
    verdict = context.verdict(what)
    return Term(verdict.label if verdict else what.verdict)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    SignoffGiven: given,
    SignoffChanged: changed,
    SignoffVoided: voided,
    SignoffLate: late,
    SeatRecused: recused,
}
