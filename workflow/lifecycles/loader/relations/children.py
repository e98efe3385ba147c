"""Reading kinds of child case, their schedules, and the waiting of rounds for them."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from workflow.lifecycles.children.kinds import (
    ONE_WHO_ANSWERS,
    ChildKind,
    ChildOpens,
    Frequency,
    Recurrence,
    YearMeant,
)
from workflow.lifecycles.children.schedule import occurrences
from workflow.lifecycles.children.waits import HowMany, WaitsFor
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.loader.names import CAPACITIES, KEY, NAME, NOT_A_NAME, KnownNames
from workflow.lifecycles.loader.relations.conditions import read_conditions
from workflow.lifecycles.loader.relations.declared import read_share
from workflow.lifecycles.loader.relations.rows import (
    check_each_row,
    read_each_row,
    read_spoken_for,
)
from workflow.lifecycles.loader.spans import read_day_of_year, read_span
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.terms import Within
from workflow.phrase import phrase
from workflow.vocabulary import PROPOSER

SCHEDULE = ("every", "by", "ahead", "after", "at", "begins", "until", "about", "reporting_calendar")
SPANS = ("days", "months")
SPEAKING = (*CAPACITIES, ONE_WHO_ANSWERS)
# Any year will do to look at the first two periods of a schedule.
SOME_DAY = date(2001, 1, 1)
DAYS_OF_A_YEAR, MONTHS_OF_A_YEAR = 366, 12
BEFORE_THE_YEAR = {
    YearMeant.OVER: phrase("opens a case before the year that it is about has begun"),
    YearMeant.AHEAD: phrase("opens a case more than a year before the day on which it is due"),
}


def read_children(entry: TomlTable, names: KnownNames) -> Mapping[str, ChildKind]:
    """The kinds of child case that a lifecycle opens; most have none."""
    if not entry.has("children"):
        return {}
    return {key: _kind(key, below, names) for key, below in entry.named("children")}


def _kind(key: str, entry: TomlTable, names: KnownNames) -> ChildKind:
    opens = entry.one_of("opens", tuple(ChildOpens), phrase("way to open"))
    capacity = phrase("capacity")
    each = entry.one_of("for_each", CAPACITIES, capacity, optional=True)
    column = read_spoken_for(entry)
    speaks = "" if column else entry.one_of("speaks", SPEAKING, capacity, optional=True)
    kind = ChildKind(
        key=key,
        label=entry.text("label"),
        meaning=entry.text("meaning"),
        lifecycle=entry.text("lifecycle"),
        opens=ChildOpens(opens or ChildOpens.BY_OUTCOME),
        states=entry.many_of("states", names.states, phrase("state"), optional=True),
        for_each=each,
        speaks=speaks or each or PROPOSER,
        when=read_conditions(entry),
        recurrence=_recurrence(entry) if opens == ChildOpens.BY_SCHEDULE else None,
        ends_with=entry.flag("ends_with"),
        source=entry.many_of("source", names.sources, phrase("source")),
        each_row=read_each_row(entry),
        spoken_for_in=column,
    )
    if kind.lifecycle and not KEY.fullmatch(kind.lifecycle):
        entry.note("lifecycle", phrase("is not the key of a lifecycle, such as 'progress-report'"))
    if opens:
        _check_opening(entry, kind)
    entry.done()
    return kind


def _recurrence(entry: TomlTable) -> Recurrence:
    once = entry.has("at")
    every = entry.one_of("every", tuple(Frequency), phrase("period"), optional=once)
    by = read_day_of_year(entry, "by") if entry.has("by") else None
    ahead = read_span(entry.table("ahead"), SPANS) if entry.has("ahead") else None
    about = entry.one_of("about", tuple(YearMeant), phrase("year"), optional=True)
    recurrence = Recurrence(
        every=Frequency(every or Frequency.YEAR) if every or not once else None,
        by=by,
        ahead=ahead,
        begins=entry.name("begins", optional=True),
        until=entry.name("until", optional=True),
        about=YearMeant(about or YearMeant.OVER),
        after=read_span(entry.table("after"), SPANS) if entry.has("after") else None,
        at=read_share(entry, "at"),
        reporting_calendar=entry.one_of(
            "reporting_calendar", CAPACITIES, phrase("capacity"), optional=True
        ),
    )
    if once:
        _check_once(entry)
    if by and every and every != Frequency.YEAR:
        entry.note("by", phrase('is a day of every year; say every = "year"'))
    elif by and not ahead:
        entry.note("ahead", phrase("is missing; say how long before that day the case opens"))
    elif by and ahead and _reaches_back(recurrence, ahead):
        entry.note("ahead", BEFORE_THE_YEAR[recurrence.about])
    if about and not by:
        entry.note("about", phrase("belongs to a day of every year; say 'by'"))
    if ahead and not by:
        entry.note("ahead", phrase("belongs to a day of every year; say 'by'"))
    if recurrence.after and by:
        entry.note("after", phrase("belongs to what opens once its period is over; no 'by' does"))
    return recurrence


def _check_once(entry: TomlTable) -> None:
    """What opens at a share of a time is asked how long that is, and nothing of what recurs."""
    if not entry.has("until"):
        entry.note("until", phrase("is missing; a share of a time that has no end is none"))
    for word in ("every", "by", "after", "reporting_calendar"):
        if entry.has(word):
            entry.note(word, phrase("belongs to what recurs; 'at' opens it once"))


def _check_opening(entry: TomlTable, kind: ChildKind) -> None:
    """What each way to open needs, and what belongs to another one."""
    if kind.opens is ChildOpens.BY_OUTCOME and entry.has("states"):
        entry.note("states", phrase("do not belong to what an outcome opens"))
    if kind.speaks == ONE_WHO_ANSWERS and kind.opens is not ChildOpens.BY_OUTCOME:
        entry.note("speaks", phrase("belongs to what an outcome opens; nobody answers here"))
    if kind.opens is not ChildOpens.BY_OUTCOME and not entry.has("states"):
        entry.note("states", phrase("is missing; a list is expected"))
    if kind.for_each and kind.recurrence and kind.recurrence.reporting_calendar:
        entry.note(
            "reporting_calendar",
            phrase("is that of one party; 'for_each' opens for several at once"),
        )
    for word in SCHEDULE if kind.opens is not ChildOpens.BY_SCHEDULE else ():
        if entry.has(word):
            entry.value(word)
            entry.note(word, phrase("belongs to what opens by schedule"))


def read_waits(entry: TomlTable, names: KnownNames) -> tuple[WaitsFor, ...]:
    """The child cases that a round waits for; none where nothing is said."""
    return tuple(_waits(below, names) for below in entry.tables("waits_for", optional=True))


def _waits(entry: TomlTable, names: KnownNames) -> WaitsFor:
    until = entry.one_of("until", tuple(HowMany), phrase("measure"))
    some = until == HowMany.SOME
    waits = WaitsFor(
        children=entry.one_of("children", names.children, phrase("kind of child case")),
        until=HowMany(until or HowMany.ALL),
        least=entry.number("least", least=1, most=1000, default=1 if some else 0),
        ended_in=entry.texts("ended_in", optional=True),
    )
    for at, state in enumerate(waits.ended_in):
        if not NAME.fullmatch(state):
            entry.note(f"ended_in[{at}]", NOT_A_NAME)
    entry.done()
    return waits


def check_children(entry: TomlTable, definition: Definition) -> None:
    """Note what a kind of child case and the rest of its lifecycle ask of each other."""
    opened = {key for target in _targets(definition) for key in target}
    for kind in definition.children.values():
        place = f"children.{kind.key}"
        if kind.opens is ChildOpens.BY_OUTCOME and kind.key not in opened:
            entry.note(place, phrase("is opened by no outcome; name it in one: children = [...]"))
        if kind.lifecycle and kind.lifecycle == definition.key:
            entry.note(
                f"{place}.lifecycle",
                phrase(
                    "names this lifecycle itself, of which each case would open another for ever"
                ),
            )
        check_each_row(entry, definition, kind)
        _check_dates(entry, definition, kind)
        _check_ends(entry, definition, kind)
    for spec in definition.rounds.values():
        _check_round(entry, definition, spec)
    _check_overtaken(entry, definition)


def _targets(definition: Definition) -> Iterator[tuple[str, ...]]:
    for spec in definition.rounds.values():
        for target in spec.outcomes.values():
            yield from (to.children for to in target.every())


def _check_dates(entry: TomlTable, definition: Definition, kind: ChildKind) -> None:
    """What a schedule is counted from and up to are dates among the facts."""
    facts = definition.documents.get(definition.facts)
    fields = {each.key: each for each in facts.fields()} if facts else {}
    for word in ("begins", "until") if kind.recurrence else ():
        key = getattr(kind.recurrence, word)
        if key and key not in fields:
            problem = phrase(
                "names '%(key)s', which is no field of '%(facts)s'", key=key, facts=definition.facts
            )
            entry.note(f"children.{kind.key}.{word}", problem)
        elif key and fields[key].kind != "date":
            problem = phrase(
                "names '%(key)s', a field of kind '%(kind)s'; a date is expected",
                key=key,
                kind=fields[key].kind,
            )
            entry.note(f"children.{kind.key}.{word}", problem)


def _check_ends(entry: TomlTable, definition: Definition, kind: ChildKind) -> None:
    """A schedule comes to an end, and nothing opens at an end to be overtaken by it."""
    final = [key for key in kind.states if definition.states[key].final]
    for key in final:
        if kind.recurrence and not kind.recurrence.until:
            problem = phrase(
                "has no end: '%(state)s' is never left; say 'until', or name other states",
                state=key,
            )
            entry.note(f"children.{kind.key}", problem)
        if kind.ends_with:
            problem = phrase("is said of what opens in '%(state)s', which is an end", state=key)
            entry.note(f"children.{kind.key}.ends_with", problem)


def _check_round(entry: TomlTable, definition: Definition, spec: RoundSpec) -> None:
    """An outcome opens what outcomes open; a round that waits is not settled by time meanwhile."""
    for outcome, target in spec.outcomes.items():
        for key in dict.fromkeys(key for to in target.every() for key in to.children):
            opens = definition.children[key].opens
            if opens is not ChildOpens.BY_OUTCOME:
                problem = phrase(
                    "opens '%(key)s', which opens %(opens)s; say opens = \"by outcome\"",
                    key=key,
                    opens=opens.value,
                )
                entry.note(f"rounds.{spec.key}.outcomes.{outcome}", problem)
    if spec.waits_for and (spec.rule.silence or spec.at_due == "settle"):
        problem = phrase("belongs to no round that its time settles, since nobody could answer it")
        entry.note(f"rounds.{spec.key}.waits_for", problem)


def _check_overtaken(entry: TomlTable, definition: Definition) -> None:
    """Whatever ends with its parent ends in one state."""
    named = [state for state in definition.states.values() if state.overtaken_by_parent]
    for state in named:
        place = f"states.{state.key}.overtaken_by_parent"
        if not state.final:
            entry.note(place, phrase("is said of a state that is no end"))
    for state in named[1:]:
        entry.note(
            f"states.{state.key}.overtaken_by_parent",
            phrase("is said of '%(first)s' already; one is expected", first=named[0].key),
        )


def _reaches_back(recurrence: Recurrence, ahead: Within) -> bool:
    """Whether a case opens before the year has begun that it is about; the first one never does."""
    if ahead.amount > DAYS_OF_A_YEAR:
        return True
    if recurrence.about is YearMeant.AHEAD:
        return ahead.unit == "months" and ahead.amount > MONTHS_OF_A_YEAR
    first_two = islice(occurrences(recurrence, SOME_DAY), 2)
    return any(each.opens_on < each.period_from for each in first_two)
