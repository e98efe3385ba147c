"""Reading the terms on which the end of a round may be put off."""

from workflow.engine.definition import Extension
from workflow.engine.reading.entry import Entry
from workflow.engine.reading.names import Names
from workflow.engine.reading.seats import read_opener
from workflow.engine.reading.spans import read_span

UNITS = ("hours", "days", "working days")


def read_extension(entry: Entry, names: Names) -> Extension | None:
    """By whom, by how much and how often; nothing where the file grants no more time."""
    if not entry.has("extension"):
        return None
    below = entry.table("extension")
    by = tuple(read_opener(seat, names) for seat in below.tables("by"))
    times = below.number("times", least=1, most=9, default=1)
    return Extension(by, read_span(below, UNITS), times)
