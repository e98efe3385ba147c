"""What a case under another one is called: its kind, for whom or for when, and what that one is called."""

from datetime import date

from workflow.free_text import line
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.children.rows import RowOfCase
from workflow.lifecycles.children.schedule import Occurrence
from workflow.lifecycles.terms import DayOfYear
from workflow.phrase import Phrase, Term, phrase

# As many letters as the title of a case has room for.
LONGEST = 300


def child_title(kind: ChildKind, occurrence: Occurrence | None, party: str, parent: str) -> str:
    """The title that a case of this kind gets for good as it is opened."""
    return line(str(_titled(Term(kind.label), occurrence, party, parent)))[:LONGEST].rstrip()


def row_title(kind: ChildKind, row: RowOfCase, parent: str) -> str:
    """The title of a case of this kind that is opened for a row: called after that, or else after the case above."""
    titled = phrase(
        "%(label)s %(number)s: %(about)s",
        label=Term(kind.label),
        number=row.key,
        about=row.title or parent,
    )
    return line(str(titled))[:LONGEST].rstrip()


def _spelled(day: date) -> str:
    """A day as a title has it, whoever reads it."""
    return f"{DayOfYear(day.month, day.day)} {day.year}"


def _titled(label: Term, occurrence: Occurrence | None, party: str, parent: str) -> Phrase:
    period = occurrence and phrase(
        "%(first)s to %(last)s",
        first=_spelled(occurrence.period_from),
        last=_spelled(occurrence.period_to),
    )
    if party and period:
        return phrase(
            "%(label)s, %(party)s, %(period)s: %(parent)s",
            label=label, party=party, period=period, parent=parent,
        )  # fmt: skip
    if party or period:
        return phrase(
            "%(label)s, %(about)s: %(parent)s",
            label=label,
            about=party or period or "",
            parent=parent,
        )
    return phrase("%(label)s: %(parent)s", label=label, parent=parent)
