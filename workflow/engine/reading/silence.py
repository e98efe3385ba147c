"""Reading the terms of a silence procedure, each with what is wrong with it."""

from dataclasses import replace

from workflow.engine.definition import Silence, Undelivered, Within
from workflow.engine.figures import Breaks
from workflow.engine.reading.entry import Entry
from workflow.engine.reading.extension import read_extension
from workflow.engine.reading.names import Names
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
        extension=read_extension(entry, names),
        revives=entry.flag("revives"),
        not_twice_running=entry.flag("not_twice_running"),
        undelivered=_undelivered(entry),
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


def _undelivered(entry: Entry) -> Undelivered:
    """What a mail that reaches nobody of a party does; to stop or extend, somebody must be able to."""
    word = entry.one_of(
        "undelivered", tuple(Undelivered), "word on undelivered mail", optional=True
    )
    found = Undelivered(word or Undelivered.SHOW)
    if found is not Undelivered.SHOW and not entry.has("extension"):
        entry.note("undelivered", f"is '{found}', which needs an extension: by whom and how long")
    return found
