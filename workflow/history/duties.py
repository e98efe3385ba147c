"""Duties in words: seats taken and handed over, interests declared, bars lifted, rounds brought up."""

from collections.abc import Callable, Mapping

from workflow.history.context import HistoryContext
from workflow.history.phrase import Part, Phrase, phrase
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.vocabulary import EventType


def claimed(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody took a seat."""
    return Said(
        phrase(
            "%(who)s, %(role)s, %(party)s, took the seat in “%(round)s”", **_named(event, setting)
        )
    )


def released(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody gave a seat back."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, gave the seat in “%(round)s” back", **_named(event, setting)
    )
    return Said(sentence, reason="reason")


def reassigned(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody said who answers a seat."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, gave %(whom)s the seat of %(seat)s in “%(round)s”",
        whom=_whom(event, setting), seat=setting.party(event.what["seat"]["party"]),
        **_named(event, setting),
    )  # fmt: skip
    return Said(sentence, reason="reason")


def declared(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody said whether they have an interest."""
    if event.what["interest"]:
        sentence = phrase(
            "%(who)s, %(role)s, %(party)s, declared an interest in “%(round)s”",
            **_named(event, setting),
        )
        return Said(sentence, tone="late", reason="reason")
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, declared to have no interest in “%(round)s”",
        **_named(event, setting),
    )
    return Said(sentence)


def lifted(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody lifted a bar for somebody else."""
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, lifted a bar in “%(round)s”, so that %(whom)s may answer",
        whom=_whom(event, setting), **_named(event, setting),
    )  # fmt: skip
    return Said(sentence, under=(_bar(event.what["bar"], setting),), tone="late", reason="reason")


def escalated(event: Recorded, setting: HistoryContext) -> Said:
    """Somebody brought a round before those who hear of its lateness."""
    offices = tuple(
        f"{setting.role(each['role'])}, {setting.party(each['party'])}" for each in event.what["to"]
    )
    sentence = phrase(
        "%(who)s, %(role)s, %(party)s, brought “%(round)s” before %(offices)s",
        offices=offices, **_named(event, setting),
    )  # fmt: skip
    return Said(sentence, tone="late", reason="reason")


def overridden(event: Recorded, setting: HistoryContext) -> tuple[Phrase, ...]:
    """The bars in spite of which an answer was given."""
    return tuple(_bar(bar, setting) for bar in event.what.get("overridden", ()))


def _named(event: Recorded, setting: HistoryContext) -> dict[str, Part]:
    return {
        "who": setting.who(event),
        "role": setting.role(event.role),
        "party": setting.party(event.party),
        "round": setting.round_label(event.what["round"]),
    }


def _whom(event: Recorded, setting: HistoryContext) -> str:
    return setting.names.people.get(event.delegate or 0, "")


def _bar(bar: str, setting: HistoryContext) -> Phrase:
    """A bar that was lifted, as somebody would say it."""
    if bar == "author":
        return phrase("Lifted: whoever wrote the text decides nothing about it.")
    label = setting.round_label(bar.rsplit(":", maxsplit=1)[-1])
    if bar.startswith("signed:"):
        return phrase("Lifted: whoever took part in “%(round)s” decides nothing here.", round=label)
    return phrase("Lifted: whose party took part in “%(round)s” decides nothing here.", round=label)


TELLERS: Mapping[str, Callable[[Recorded, HistoryContext], Said]] = {
    EventType.SEAT_CLAIMED: claimed,
    EventType.SEAT_RELEASED: released,
    EventType.SEAT_REASSIGNED: reassigned,
    EventType.INTEREST_DECLARED: declared,
    EventType.DUTY_OVERRIDDEN: lifted,
    EventType.ROUND_ESCALATED: escalated,
}
