"""The terms of time: how long a round stays open, who may put off its end, and what silence decides."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workflow.lifecycles.quantities import Breaks, WorkingCalendar
from workflow.lifecycles.seat import SeatSpec


@dataclass(frozen=True, slots=True)
class Within:
    """A span from opening to due: hours, calendar days, working days or months.

    Days are those of `zone`, or of the calendar's, or of UTC; `cut_off` is the hour at which the
    last of them ends ("17:00"), the hour of opening if empty. An end that `rolls` moves from a day
    on which nobody works to the next one on which they do.
    """

    amount: int
    unit: str
    calendar: WorkingCalendar | None = None
    zone: str = ""
    cut_off: str = ""
    rolls: bool = False


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class DayOfYear(NamedTuple):
    """A day that comes every year, written as in "30 April"."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.day} {MONTHS[self.month - 1]}"


@dataclass(frozen=True, slots=True)
class YearlyWindow:
    """A part of every year, from its first day to the end of its last, by the days of `zone` or of UTC.

    One whose last day comes before the first goes on into the next year.
    """

    first: DayOfYear
    last: DayOfYear
    zone: str = ""


@dataclass(frozen=True, slots=True)
class AtSession:
    """The next session of a body as the end of a round: its last day, or with `papers_due` the day of its papers.

    Papers are due so many days before its first day; a session for which they would be late is not the next.
    """

    of: str
    papers: int = 0
    papers_due: bool = False
    zone: str = ""


class Undelivered(StrEnum):
    """What a mail that cannot reach a party does to the silence that it speaks of."""

    SHOW = "show"
    EXTEND = "extend"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Extension:
    """Who may put off the end of a round, before it has come, by how much and how often."""

    by: tuple[SeatSpec, ...]
    within: Within
    times: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told, so many days after the due time, that a round is still open."""

    role: str
    of: str
    after: int


@dataclass(frozen=True, slots=True)
class Silence:
    """The terms of a silence procedure.

    `least` is the shortest window that its source allows. With `revives` an objection can be
    withdrawn until the end; without, a break is final at once. `not_twice_running` bars it where
    it decided the last time.
    """

    least: Within
    breaks: Breaks
    subjects: tuple[str, ...]
    extension: Extension | None = None
    revives: bool = False
    not_twice_running: bool = False
    undelivered: Undelivered = Undelivered.SHOW


@dataclass(frozen=True, slots=True)
class SettledFacts:
    """The document whose values are the facts of the case from this outcome on: it was signed.

    Where they are those `of_parent`, they are the facts of the case above as well, once this one has ended.
    """

    outcome: str
    document: str
    of_parent: bool = False


@dataclass(frozen=True, slots=True)
class Appoints:
    """A party's part in the case that an outcome creates.

    Taken from everyone who gave `verdict`, from the party named in the answer `question`, or from whoever
    a word of seats names, `of`; where that names nobody nothing changes.
    """

    outcome: str
    capacity: str
    verdict: str = ""
    question: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Fewer:
    """That after a party left fewer `than` so many have the part `of` a case."""

    of: str
    than: int
