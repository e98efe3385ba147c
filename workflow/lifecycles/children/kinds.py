"""The kinds of child case that a lifecycle opens, and the schedule by which some of them recur."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workflow.lifecycles.checks.check import OnlyWhere, ValuePlace
from workflow.lifecycles.checks.condition import Conditions
from workflow.lifecycles.terms import DayOfYear, Within

# Who proposes a child case that an outcome opens: the party whose answer brought the outcome about.
ONE_WHO_ANSWERS = "one who answers"


class ChildOpens(StrEnum):
    """What opens a child case."""

    ON_ENTRY = "on entry"
    BY_OUTCOME = "by outcome"
    BY_SCHEDULE = "by schedule"


class Frequency(StrEnum):
    """How often a child case recurs."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months lie between one and the next."""
        return _MONTHS[self]


class YearMeant(StrEnum):
    """Which calendar year a case is about that is due by a day of each year."""

    OVER = "the year over"
    AHEAD = "the year ahead"


_MONTHS: Mapping[Frequency, int] = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A schedule: one child case `every` period, as the period is over.

    Periods are counted from the date field `begins` of the facts, or from the day on which the state
    was entered, up to the date field `until`, or for as long as the case is in the states of its kind.
    One that is due `by` a day of each year opens so long `ahead` of it, and is `about` the last calendar
    year that is over on that day, or about the next one that begins after it: each but the year of
    `begins`, which is planned as the programme begins. One that opens so long `after` its period is over
    opens later, and what opens `at` a share of the time between these dates opens once. Where it has a
    `reporting_calendar`, periods and due days are those of the calendar of the party with this part in
    the case, once that party, or else the house, has one.
    """

    every: Frequency | None
    by: DayOfYear | None = None
    ahead: Within | None = None
    begins: str = ""
    until: str = ""
    about: YearMeant = YearMeant.OVER
    after: Within | None = None
    at: Fraction | None = None
    reporting_calendar: str = ""


@dataclass(frozen=True, slots=True)
class EachRow:
    """One child case for each row of a table: of which, which of its rows, and what each carries.

    A row is known by what stands in its column `known_by`, and opens one case ever. Of all rows those
    alone count that `only` says. What it `carries` is the first version of the child's facts: by its
    field, the column of the row, or of the row of another table that is known by the same. The case is
    called after the column `titled_by`, where one is named.
    """

    table: ValuePlace
    known_by: str
    only: OnlyWhere | None = None
    carries: tuple[tuple[str, ValuePlace], ...] = ()
    titled_by: str = ""

    @property
    def documents(self) -> frozenset[str]:
        """The documents in which what is carried stands."""
        return frozenset({self.table.document, *(place.document for _, place in self.carries)})


@dataclass(frozen=True, slots=True)
class ChildKind:
    """A kind of child case: the lifecycle that it follows, what opens it, for whom, and who proposes it.

    It opens on entry of its `states`, by schedule while the case is in them, or by an outcome that
    names it: one for each party that takes part as `for_each`, or for `each_row` of a table, where that
    is said, else one, and only `when` its conditions hold. The party that takes part as `speaks`, or
    that stands in its row at the place `spoken_for_in`, or whose answer opened it, is its proposer. Where it
    `ends_with` its parent an open one is overtaken as the parent ends; otherwise it goes on by itself.
    """

    key: str
    label: str
    meaning: str
    lifecycle: str
    opens: ChildOpens
    states: tuple[str, ...]
    for_each: str
    speaks: str
    when: Conditions
    recurrence: Recurrence | None
    ends_with: bool
    source: tuple[str, ...]
    each_row: EachRow | None = None
    spoken_for_in: ValuePlace | None = None
