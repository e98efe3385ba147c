"""What a lifecycle says of its child cases, and of what a round asks of them, in the words of one definition."""

from typing import Any, Protocol

from workflow.lifecycles.children.checklist import ChecklistLine
from workflow.lifecycles.children.kinds import EachRow, Recurrence, YearMeant
from workflow.lifecycles.children.waits import WaitsFor
from workflow.lifecycles.difference import spans
from workflow.phrase import Part, Phrase, Term, phrase, together


class Speaks(Protocol):
    """Says values in the words of one definition."""

    def named(self, kind: str, key: str) -> Part:
        """What the thing of this kind with this key is called."""

    def said(self, value: Any, names: str = "") -> Part:
        """The value in words."""


def recurrence(_speak: Speaks, value: Recurrence) -> Phrase:
    """A schedule: how often, until when, and about what."""
    told = (
        phrase("once, at %(share)s", share=str(value.at)) if value.at else None,
        phrase("every %(period)s", period=Term(value.every.value)) if value.every else None,
        phrase("by %(day)s", day=str(value.by)) if value.by else None,
        phrase("about the year ahead") if value.about is YearMeant.AHEAD else None,
        phrase("%(span)s ahead", span=spans.within(value.ahead)) if value.ahead else None,
        phrase("%(span)s after", span=spans.within(value.after)) if value.after else None,
        phrase("from %(begins)s on", begins=value.begins) if value.begins else None,
        phrase("up to %(until)s", until=value.until) if value.until else None,
        phrase("by the reporting calendar of the %(part)s", part=Term(value.reporting_calendar))
        if value.reporting_calendar
        else None,
    )
    return together(told, between=", ")


def each_row(speak: Speaks, value: EachRow) -> Phrase:
    """The rows of a table that open a case each."""
    carried = tuple(
        phrase("%(field)s from %(place)s", field=key, place=str(place))
        for key, place in value.carries
    )
    told = (
        phrase("%(table)s by %(known_by)s", table=str(value.table), known_by=value.known_by),
        phrase("where %(rows)s", rows=speak.said(value.only)) if value.only else None,
        phrase("called after %(column)s", column=value.titled_by) if value.titled_by else None,
        phrase("with %(carried)s", carried=carried) if carried else None,
    )
    return together(told, between=", ")


def waits(speak: Speaks, value: WaitsFor) -> Phrase:
    """What a round waits for."""
    told = (
        phrase(
            "%(many)s of %(kind)s",
            many=Term(value.until.value),
            kind=speak.named("child", value.children),
        ),
        phrase("%(least)s at least", least=value.least) if value.least else None,
        phrase("ended in %(states)s", states=value.ended_in) if value.ended_in else None,
    )
    return together(told, between=", ")


def line(speak: Speaks, value: ChecklistLine) -> Phrase:
    """A line of a checklist: what it is called, what it looks at, and when it does not apply."""
    told = (
        phrase("“%(label)s” (%(key)s)", label=Term(value.label), key=value.key),
        phrase("of %(names)s", names=value.of) if value.of else None,
        phrase("measured by %(measure)s", measure=value.measure) if value.measure else None,
        phrase("ended in %(states)s", states=value.ended_in) if value.ended_in else None,
        phrase("where %(conditions)s", conditions=speak.said(value.when)) if value.when else None,
        phrase("unless %(rounds)s", rounds=speak.said(value.unless, "round"))
        if value.unless
        else None,
        phrase("or with a reason") if value.or_reason else None,
        phrase("by %(source)s", source=value.source),
    )
    return together(told, between=", ")
