"""Reading the terms of a silence procedure, each with what is wrong with it."""

from dataclasses import replace

from workflow.engine.definition import Extension, Silence, Within
from workflow.engine.figures import Breaks
from workflow.engine.reading.entry import Entry
from workflow.engine.reading.names import Names
from workflow.engine.reading.seats import read_opener
from workflow.engine.reading.spans import read_span
from workflow.engine.reading.votes import read_share

LEAST_UNITS = ("hours", "days")
ONE = Breaks()


def read_silence(entry: Entry, names: Names) -> Silence:
    """The terms under which silence adopts, and what breaks it."""
    return Silence(
        least=_least(entry),
        breaks=_breaks(entry),
        subjects=entry.texts("subjects"),
        extension=_extension(entry, names),
        revives=entry.flag("revives"),
        not_twice_running=entry.flag("not_twice_running"),
    )


def _least(entry: Entry) -> Within:
    """The shortest window; hours and days mean the same everywhere, working days do not."""
    return read_span(entry.table("least"), LEAST_UNITS)


def _breaks(entry: Entry) -> Breaks:
    if not entry.has("breaks"):
        return ONE
    below = entry.table("breaks")
    said = [key for key in ("number", "all_but", "share") if below.has(key)]
    breaks = Breaks(
        number=below.number("number", least=1, most=1000, default=1),
        of_one_category=bool(below.one_of("of", ("one category",), "group", optional=True)),
        share=read_share(below, "share"),
    )
    spared = below.number("all_but", least=1, most=1000, default=0)
    if len(said) != 1:
        below.note("", "must say exactly one of: number, all_but, share")
    if breaks.of_one_category and "number" not in said:
        below.note("of", "belongs to a number")
    below.done()
    return replace(breaks, number=spared + 1) if spared else breaks


def _extension(entry: Entry, names: Names) -> Extension | None:
    if not entry.has("extension"):
        return None
    below = entry.table("extension")
    by = tuple(read_opener(seat, names) for seat in below.tables("by"))
    times = below.number("times", least=1, most=9, default=1)
    return Extension(by, read_span(below, ("hours", "days", "working days")), times)
