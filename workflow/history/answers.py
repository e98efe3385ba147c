"""Answers in words: given, changed, void, and seats that somebody stepped back from."""

from collections.abc import Callable, Mapping

from workflow.clock import read
from workflow.history.context import HistoryContext
from workflow.history.duties import overridden
from workflow.history.phrase import Phrase, Term, phrase
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles.definition import Stance
from workflow.vocabulary import EventType

TONES = {Stance.FOR: "done", Stance.AGAINST: "objection", Stance.NEUTRAL: "quiet"}


def given(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody answered on a seat."""
    label = setting.round_label(event.what["round"])
    if event.person is None:
        sentence = phrase(
            "The timer answered “%(verdict)s” in “%(round)s”",
            verdict=_verdict(event, setting), round=label,
        )  # fmt: skip
    else:
        sentence = phrase(
            "%(who)s, %(role)s, %(party)s, answered “%(verdict)s” in “%(round)s”",
            who=setting.who(event), role=setting.role(event.role),
            party=setting.party(event.party), verdict=_verdict(event, setting), round=label,
        )  # fmt: skip
    return _answer(event, setting, sentence)


def changed(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody gave another answer on a seat that had one."""
    earlier = setting.before(event)
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, changed the answer in “%(round)s” from “%(earlier)s” "
        "to “%(verdict)s”",
        who=setting.who(event), role=setting.role(event.role),
        party=setting.party(event.party), round=setting.round_label(event.what["round"]),
        earlier=_verdict(earlier, setting) if earlier else Term("an earlier answer"),
        verdict=_verdict(event, setting),
    )  # fmt: skip
    return _answer(event, setting, sentence)


def voided(event: Recorded, setting: HistoryContext) -> Said:
    """An answer ceased to stand because the text it covered was changed."""
    seat = event.what["seat"]
    sentence = phrase(
        "The answer of %(party)s in “%(round)s” became void, because the text was changed",
        party=setting.party(seat["party"]), round=setting.round_label(event.what["round"]),
    )  # fmt: skip
    return Said(sentence, tone="late")


def late(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody answered after the silence had ended."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, answered “%(verdict)s” in “%(round)s” after its end at "
        "%(due)s: recorded as late, without effect",
        who=setting.who(event), role=setting.role(event.role), party=setting.party(event.party),
        verdict=_verdict(event, setting), round=setting.round_label(event.what["round"]),
        due=read(event.what["due"]),
    )  # fmt: skip
    return Said(sentence, tone="late", reason="reason", verdict=event.what["verdict"])


def recused(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody stepped back from a seat."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, stepped back in “%(round)s”",
        who=setting.who(event), role=setting.role(event.role),
        party=setting.party(event.party), round=setting.round_label(event.what["round"]),
    )  # fmt: skip
    return Said(sentence, reason="reason")


def _answer(event: Recorded, setting: HistoryContext, sentence: Phrase) -> Said:
    verdict, spec = setting.verdict(event), setting.round(event.what["round"])
    meaning = Term(verdict.meaning) if verdict else ""
    said = (phrase("“%(meaning)s”", meaning=meaning),) if meaning else ()
    return Said(
        sentence,
        under=(*said, *overridden(event, setting)),
        tone=TONES[verdict.stance] if verdict else "quiet",
        texts=setting.covered(event),
        rule=spec.rule.words if spec else "",
        reason="reason",
        verdict=event.what["verdict"],
        statement=verdict.meaning if verdict else "",
        content=event.what["content"],
    )


def _verdict(event: Recorded, setting: HistoryContext) -> Term:
    verdict = setting.verdict(event)
    return Term(verdict.label if verdict else event.what["verdict"])


TELLERS: Mapping[str, Callable[[Recorded, HistoryContext], Said]] = {
    EventType.SIGNOFF_GIVEN: given,
    EventType.SIGNOFF_CHANGED: changed,
    EventType.SIGNOFF_VOIDED: voided,
    EventType.SIGNOFF_LATE: late,
    EventType.SEAT_RECUSED: recused,
}
