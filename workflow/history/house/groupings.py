"""Groupings of countries in words: entered, and who belongs to them from when to when."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.countries.groupings import (
    GroupingEntered,
    MembershipChanged,
    MembershipEntered,
    MembershipStruck,
    OfMembership,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.people.groupings.days import MembershipDays
from workflow.phrase import Part, Phrase, Term, counted, phrase
from workflow.reference import reference


def entered(event: Recorded, what: GroupingEntered, context: HistoryContext) -> Said:
    """A grouping was entered, perhaps with the countries of a list."""
    sentence = phrase("The grouping %(label)s was entered", label=Term(what.label))
    members = counted("with %(num)s membership", "with %(num)s memberships", len(what.members))
    under = (members, *entered_by(event, context)) if what.members else entered_by(event, context)
    return Said(sentence, under=under, tone="done")


def member_entered(event: Recorded, what: MembershipEntered, context: HistoryContext) -> Said:
    """A country was entered in a grouping."""
    sentence = phrase("%(country)s was entered in the grouping %(grouping)s", **_parts(what))
    return _said(event, what, context, sentence)


def member_changed(event: Recorded, what: MembershipChanged, context: HistoryContext) -> Said:
    """From when to when a country belongs to a grouping was changed."""
    sentence = phrase(
        "The membership of %(country)s in the grouping %(grouping)s was changed", **_parts(what)
    )
    return _said(event, what, context, sentence)


def member_struck(event: Recorded, what: MembershipStruck, context: HistoryContext) -> Said:
    """A membership that never was had been entered."""
    sentence = phrase(
        "The membership of %(country)s in the grouping %(grouping)s was struck: it never was",
        **_parts(what),
    )
    return Said(sentence, under=entered_by(event, context), reason=what.ground)


def _said(event: Recorded, what: OfMembership, context: HistoryContext, sentence: Phrase) -> Said:
    member = what.member
    days = MembershipDays(member.since, member.until, member.to_the_day)
    held = phrase(
        "from %(since)s to %(until)s",
        since=days.said_since or Term("an unknown day"),
        until=days.said_until or Term("no end"),
    )
    return Said(sentence, under=(held, *entered_by(event, context)), reason=what.ground)


def _parts(what: OfMembership) -> dict[str, Part]:
    country = reference().countries.get(what.member.country)
    return {
        "country": Term(country.name if country else what.member.country),
        "grouping": Term(what.label),
    }


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    GroupingEntered: entered,
    MembershipEntered: member_entered,
    MembershipChanged: member_changed,
    MembershipStruck: member_struck,
}
