"""Reading reminders: how long before its end a round calls, and who hears that it is late."""

from workflow.engine.definition import Escalation
from workflow.engine.reading.entry import Entry
from workflow.engine.reading.names import Names
from workflow.engine.reading.seats import read_writer

LONGEST = 365


def read_reminders(entry: Entry) -> tuple[int, ...]:
    """The days before the due time on which those who still owe an answer are reminded."""
    days = entry.items("remind", optional=True)
    faulty = [day for day in days if type(day) is not int or not 1 <= day <= LONGEST]
    if faulty:
        entry.note("remind", f"has {faulty[0]!r}; days before the due time are 1 to {LONGEST}")
        return ()
    _needs_end(entry, "remind")
    return tuple(sorted(set(days), reverse=True))


def read_escalations(entry: Entry, names: Names) -> tuple[Escalation, ...]:
    """Who is told, how many days after the due time, that a round is still open."""
    _needs_end(entry, "escalate")
    return tuple(_escalation(below, names) for below in entry.tables("escalate", optional=True))


def _escalation(entry: Entry, names: Names) -> Escalation:
    after = entry.number("after", least=0, most=LONGEST)
    told = read_writer(entry, names)
    return Escalation(told.role, told.of, after)


def _needs_end(entry: Entry, key: str) -> None:
    if entry.has(key) and not entry.has("within"):
        entry.note(key, "needs a due time; say 'within'")
