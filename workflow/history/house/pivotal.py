"""What pivotal countries are and said, in words: named, ended, asked, and what they answered."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.register import (
    InterestAsked,
    InterestDeclined,
    InterestEnded,
    InterestRegistered,
    PivotalDesignated,
    PivotalEnded,
)
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, Term, phrase
from workflow.reference import reference


def interest(event: Recorded, what: InterestRegistered, context: HistoryContext) -> Said:
    """A pivotal country named an area in which it wants to lead, or to support others."""
    parts: dict[str, Part] = {
        "party": context.party(what.party),
        "area": _area(what.area),
        "day": what.on,
    }
    sentence = _registered(what, parts)
    return Said(sentence, under=entered_by(event, context), tone="done", reason=what.note)


def asked(event: Recorded, what: InterestAsked, context: HistoryContext) -> Said:
    """A pivotal country was asked whether it wants to lead in an area."""
    sentence = phrase(
        "%(party)s was asked on %(day)s whether it wants to lead in %(area)s",
        party=context.party(what.party), area=_area(what.area), day=what.on,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context))


def declined(event: Recorded, what: InterestDeclined, context: HistoryContext) -> Said:
    """A pivotal country answered that it does not want to lead in an area, or not now."""
    parts: dict[str, Part] = {
        "party": context.party(what.party),
        "area": _area(what.area),
        "day": what.on,
    }
    sentence = (
        phrase("%(party)s answered on %(day)s that it may lead in %(area)s later", **parts)
        if what.answer == "later"
        else phrase("%(party)s answered on %(day)s that it does not lead in %(area)s", **parts)
    )
    return Said(sentence, under=entered_by(event, context), reason=what.note)


def _registered(what: InterestRegistered, parts: dict[str, Part]) -> Phrase:
    """The same as a sentence, with the day up to which it holds where one is said."""
    if what.until is None:
        return (
            phrase("%(party)s offered to support others in %(area)s, on %(day)s", **parts)
            if what.supports
            else phrase(
                "%(party)s registered its interest to lead in %(area)s, on %(day)s", **parts
            )
        )
    parts |= {"until": what.until}
    return (
        phrase(
            "%(party)s offered to support others in %(area)s, on %(day)s; that holds until %(until)s",
            **parts,
        )
        if what.supports
        else phrase(
            "%(party)s registered its interest to lead in %(area)s, on %(day)s; that holds until %(until)s",
            **parts,
        )
    )


def notice(event: Recorded, what: InterestEnded, context: HistoryContext) -> Said:
    """A pivotal country gave notice of what it had registered."""
    sentence = phrase(
        "%(party)s gave notice in %(area)s: what it registered there holds until %(until)s",
        party=context.party(what.party), area=_area(what.area), until=what.until,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context))


def pivotal(event: Recorded, what: PivotalDesignated, context: HistoryContext) -> Said:
    """A country was named as pivotal."""
    sentence = phrase(
        "%(party)s was named a pivotal country, since %(day)s",
        party=context.party(what.party), day=what.since,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context), tone="done", reason=what.evidence)


def ended(event: Recorded, what: PivotalEnded, context: HistoryContext) -> Said:
    """A country ceases to be pivotal."""
    sentence = phrase(
        "%(party)s, a pivotal country since %(since)s, ceases to be one after %(until)s",
        party=context.party(what.party), since=what.since, until=what.until,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context), reason=what.ground)


def _area(key: str) -> Term:
    area = reference().areas.get(key)
    return Term(area.label if area else key)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    InterestRegistered: interest,
    InterestAsked: asked,
    InterestDeclined: declined,
    InterestEnded: notice,
    PivotalDesignated: pivotal,
    PivotalEnded: ended,
}
