"""Reading the terms of a silence procedure, each with what is wrong with it."""

from dataclasses import replace

from workflow.lifecycles.loader.names import KnownNames
from workflow.lifecycles.loader.seats import read_opener, read_writer
from workflow.lifecycles.loader.spans import read_span
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.loader.votes import read_share
from workflow.lifecycles.quantities import Breaks
from workflow.lifecycles.terms import Escalation, Extension, Silence, Undelivered, Within
from workflow.phrase import phrase

LEAST_UNITS = ("hours", "days")
ONE = Breaks()


def read_silence(entry: TomlTable, names: KnownNames) -> Silence:
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


def _least(entry: TomlTable) -> Within:
    """The shortest window; hours and days mean the same everywhere, working days do not."""
    return read_span(entry.table("least"), LEAST_UNITS)


def _breaks(entry: TomlTable) -> Breaks:
    if not entry.has("breaks"):
        return ONE
    below = entry.table("breaks")
    said = [key for key in ("number", "all_but", "share") if below.has(key)]
    breaks = Breaks(
        number=below.number("number", least=1, most=1000, default=1),
        of_one_category=bool(below.one_of("of", ("one category",), phrase("group"), optional=True)),
        share=read_share(below, "share"),
    )
    spared = below.number("all_but", least=1, most=1000, default=0)
    if len(said) != 1:
        below.note("", phrase("must say exactly one of: number, all_but, share"))
    if breaks.of_one_category and "number" not in said:
        below.note("of", phrase("belongs to a number"))
    below.done()
    return replace(breaks, number=spared + 1) if spared else breaks


def _undelivered(entry: TomlTable) -> Undelivered:
    """What a mail that reaches nobody of a party does; to stop or extend, somebody must be able to."""
    word = entry.one_of(
        "undelivered", tuple(Undelivered), phrase("word on undelivered mail"), optional=True
    )
    found = Undelivered(word or Undelivered.SHOW)
    if found is not Undelivered.SHOW and not entry.has("extension"):
        entry.note(
            "undelivered",
            phrase("is '%(found)s', which needs an extension: by whom and how long", found=found),
        )
    return found


UNITS = ("hours", "days", "working days")


def read_extension(entry: TomlTable, names: KnownNames) -> Extension | None:
    """By whom, by how much and how often; nothing where the file grants no more time."""
    if not entry.has("extension"):
        return None
    below = entry.table("extension")
    by = tuple(read_opener(seat, names) for seat in below.tables("by"))
    times = below.number("times", least=1, most=9, default=1)
    return Extension(by, read_span(below, UNITS), times)


LONGEST = 365


def read_reminders(entry: TomlTable) -> tuple[int, ...]:
    """The days before the due time on which those who still owe an answer are reminded."""
    days = entry.items("remind", optional=True)
    faulty = [day for day in days if type(day) is not int or not 1 <= day <= LONGEST]
    if faulty:
        entry.note(
            "remind",
            phrase(
                "has %(faulty)s; days before the due time are 1 to %(longest)s",
                faulty=repr(faulty[0]),
                longest=LONGEST,
            ),
        )
        return ()
    _needs_end(entry, "remind")
    return tuple(sorted(set(days), reverse=True))


def read_escalations(entry: TomlTable, names: KnownNames) -> tuple[Escalation, ...]:
    """Who is told, how many days after the due time, that a round is still open."""
    _needs_end(entry, "escalate")
    return tuple(_escalation(below, names) for below in entry.tables("escalate", optional=True))


def _escalation(entry: TomlTable, names: KnownNames) -> Escalation:
    after = entry.number("after", least=0, most=LONGEST)
    told = read_writer(entry, names)
    return Escalation(told.role, told.of, after)


def _needs_end(entry: TomlTable, key: str) -> None:
    if entry.has(key) and not any(map(entry.has, ("within", "window", "session", "due"))):
        entry.note(key, phrase("needs a due time; say 'within'"))
