"""A kind of child case in words: when it opens, for whom, and what becomes of it; and what a round waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflow.lifecycles.children.kinds import (
    ONE_WHO_ANSWERS,
    ChildKind,
    ChildOpens,
    Frequency,
    Recurrence,
    YearMeant,
)
from workflow.lifecycles.children.waits import HowMany, WaitsFor
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.next_steps import said
from workflow.lifecycles.terms import Within
from workflow.phrase import OneOf, Phrase, Term, counted, phrase, together

EVERY: Mapping[Frequency, Phrase] = {
    Frequency.MONTH: phrase("every month"),
    Frequency.QUARTER: phrase("every quarter"),
    Frequency.HALF_YEAR: phrase("every half-year"),
    Frequency.YEAR: phrase("every year"),
}


@dataclass(frozen=True, slots=True)
class ChildInWords:
    """A kind of child case as a page tells of it; `each` is nothing where there is one for the whole case."""

    kind: ChildKind
    opens: Phrase
    speaks: Phrase
    ends: Phrase
    each: Phrase | None


def in_words(definition: Definition) -> tuple[ChildInWords, ...]:
    """Every kind of child case that a lifecycle opens, in the order of the definition."""
    return tuple(_told(definition, kind) for kind in definition.children.values())


def waits_in_words(definition: Definition, spec: RoundSpec) -> tuple[Phrase, ...]:
    """What a round waits for, each as a clause after “it waits”."""
    return tuple(_waits(definition, waits) for waits in spec.waits_for)


def due_in_words(definition: Definition, spec: RoundSpec) -> Phrase | None:
    """Where the day stands on which a round is due; nothing where it is counted otherwise."""
    place = spec.due_on
    if place is None:
        return None
    kind = definition.documents.get(place.document)
    field = (
        next((each for each in kind.fields() if each.key == place.field), None) if kind else None
    )
    if kind is None or field is None:
        return phrase("%(place)s", place=str(place))
    return phrase(
        "“%(field)s” in “%(document)s”", field=Term(field.label), document=Term(kind.label)
    )


def _told(definition: Definition, kind: ChildKind) -> ChildInWords:
    return ChildInWords(
        kind=kind,
        opens=_opens(definition, kind),
        speaks=_speaks(definition, kind),
        ends=phrase("an open one is overtaken as the case ends")
        if kind.ends_with
        else phrase("an open one goes on when the case has ended"),
        each=_each(definition, kind),
    )


def _each(definition: Definition, kind: ChildKind) -> Phrase | None:
    """For what there is one each."""
    if kind.each_row is not None:
        document = definition.documents[kind.each_row.table.document]
        return phrase(
            "one for each line of “%(table)s” in “%(document)s”",
            table=Term(_table(document, kind.each_row.table.field).label),
            document=Term(document.label),
        )
    return (
        phrase("one for each %(capacity)s", capacity=_part(kind.for_each))
        if kind.for_each
        else None
    )


def _speaks(definition: Definition, kind: ChildKind) -> Phrase:
    if kind.speaks == ONE_WHO_ANSWERS:
        return phrase("proposed by the party whose answer opens it")
    if kind.spoken_for_in is None:
        return phrase("proposed by its %(capacity)s", capacity=_part(kind.speaks))
    place = kind.spoken_for_in
    table = _table(definition.documents[place.document], place.field)
    column = next(each for each in table.columns if each.key == place.column)
    return phrase("proposed by whom its line names as “%(column)s”", column=Term(column.label))


def _table(document: DocumentKind, key: str) -> Field:
    return next(field for field in document.fields() if field.key == key)


def _part(capacity: str) -> Term:
    return Term(capacity.replace("_", " "))


def _opens(definition: Definition, kind: ChildKind) -> Phrase:
    labels = (definition.states[key].label for key in kind.states)
    states = OneOf(tuple(phrase("“%(state)s”", state=Term(label)) for label in labels))
    if kind.recurrence is not None:
        clauses = (
            *_recurs(definition, kind.recurrence),
            phrase("while in %(states)s", states=states),
        )
        return together(clauses, between=", ")
    if kind.opens is ChildOpens.ON_ENTRY:
        return phrase("as %(states)s is entered", states=states)
    outcomes = tuple(
        phrase("“%(outcome)s” of “%(round)s”", outcome=Term(outcome), round=Term(spec.label))
        for spec, outcome in _opening(definition, kind)
    )
    return phrase("by %(outcomes)s", outcomes=OneOf(outcomes))


def _opening(definition: Definition, kind: ChildKind) -> Iterator[tuple[RoundSpec, str]]:
    for spec in definition.rounds.values():
        for outcome, target in spec.outcomes.items():
            if any(kind.key in to.children for to in target.every()):
                yield spec, said(spec, outcome)


def _recurs(definition: Definition, recurrence: Recurrence) -> Iterator[Phrase]:
    yield _how_often(recurrence)
    if recurrence.after:
        yield _after(recurrence.after)
    if recurrence.by:
        yield phrase("due by %(day)s", day=str(recurrence.by))
    if recurrence.about is YearMeant.AHEAD:
        yield phrase("about the year ahead")
    if recurrence.ahead:
        yield _ahead(recurrence.ahead)
    if recurrence.begins:
        yield phrase("from “%(field)s” on", field=_field(definition, recurrence.begins))
    if recurrence.until:
        yield phrase("up to “%(field)s”", field=_field(definition, recurrence.until))


def _how_often(recurrence: Recurrence) -> Phrase:
    if recurrence.every is not None:
        return EVERY[recurrence.every]
    return phrase("once, at %(share)s of the time", share=str(recurrence.at))


def _after(span: Within) -> Phrase:
    if span.unit == "days":
        return counted("opened one day after", "opened %(num)s days after", span.amount)
    return counted("opened one month after", "opened %(num)s months after", span.amount)


def _ahead(span: Within) -> Phrase:
    if span.unit == "days":
        return counted("opened one day before", "opened %(num)s days before", span.amount)
    return counted("opened one month before", "opened %(num)s months before", span.amount)


def _field(definition: Definition, key: str) -> Term:
    fields = {each.key: each.label for each in definition.documents[definition.facts].fields()}
    return Term(fields[key])


def _waits(definition: Definition, waits: WaitsFor) -> Phrase:
    label = Term(definition.children[waits.children].label)
    if waits.until is HowMany.ALL:
        told = phrase("until no “%(kind)s” is open any more", kind=label)
        least = phrase("and at least %(num)s was opened", num=waits.least) if waits.least else None
    else:
        told = counted(
            "until one “%(kind)s” is over", "until %(num)s of “%(kind)s” are over", waits.least,
            kind=label,
        )  # fmt: skip
        least = None
    ends = OneOf(tuple(Term(key.replace("_", " ")) for key in waits.ended_in))
    ended = phrase("ended as %(ends)s", ends=ends) if waits.ended_in else None
    return together((told, ended, least), between=", ")
