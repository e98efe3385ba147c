"""Doubts: when a clock may decide nothing, judged from what is seen and what is kept of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from workflow.phrase import Dated, Phrase, phrase

# By so much two clocks of one installation may differ.
APART = timedelta(minutes=1)
# By so much a clock may be set while a process runs: what a machine that stood still has missed.
SET = timedelta(minutes=10)


class DoubtKind(StrEnum):
    """Why a clock is doubted."""

    DATABASE = "database"
    LEAP = "leap"
    FUTURE = "future"
    STOP = "stop"


SENTENCES = {
    DoubtKind.DATABASE: phrase(
        "The clock of this machine says %(clock)s, that of the database %(expected)s."
    ),
    DoubtKind.LEAP: phrase(
        "The clock of this machine leapt: it said %(clock)s where it should have said %(expected)s."
    ),
    DoubtKind.FUTURE: phrase(
        "The clock of this machine says %(clock)s, but deadlines were settled up to %(expected)s already."
    ),
    DoubtKind.STOP: phrase(
        "The clock of this machine says %(clock)s, but deadlines were last settled at %(expected)s, "
        "and there is no second clock that says how long it has been."
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a clock said when it began to be doubted, and what it should have said."""

    kind: DoubtKind
    clock: datetime
    expected: datetime

    @property
    def said(self) -> Phrase:
        """The doubt as a sentence."""
        parts = {"clock": minute(self.clock), "expected": minute(self.expected)}
        return replace(SENTENCES[self.kind], parts=parts)


@dataclass(frozen=True, slots=True)
class KeptClock:
    """What the database keeps of the clock of this machine."""

    right_at: datetime | None = None
    ahead: timedelta = timedelta()
    doubt: Doubt | None = None
    confirmed: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """What one process sees: its clock, and other measures of the same instant.

    `expected` is what the clock should say by the time that this process has been running since it
    was last right; `database` is what the database's own clock says, and `vouched` whether that is
    a clock of another machine. `longest_stop` is how long nobody may have settled deadlines.
    """

    now: datetime
    expected: datetime | None = None
    database: datetime | None = None
    vouched: bool = False
    longest_stop: timedelta | None = None


def judge(sight: Sight, kept: KeptClock) -> Doubt | None:
    """The doubt there is about a clock; it ends by itself where the clock is set right."""
    now = sight.now
    if sight.database is not None and _differ(now - sight.database, kept.ahead):
        return Doubt(DoubtKind.DATABASE, now, sight.database)
    if leapt(now, sight.expected):
        return Doubt(DoubtKind.LEAP, now, sight.expected or now)
    if kept.doubt is not None and _lasts(kept.doubt, sight):
        return kept.doubt
    last = kept.right_at
    if last is not None and last > now + APART:
        return Doubt(DoubtKind.FUTURE, now, last)
    if last is not None and _stopped_too_long(sight, last):
        return Doubt(DoubtKind.STOP, now, last)
    return None


def leapt(now: datetime, expected: datetime | None) -> bool:
    """Whether a clock was set further than a running process can explain."""
    return expected is not None and abs(now - expected) > SET


def minute(at: datetime) -> Dated:
    """An instant as a sentence says it: 2 Mar 2026, 09:14 UTC."""
    return Dated(at, f"{at:%-d %b %Y, %H:%M} UTC")


def _differ(by: timedelta, accepted: timedelta) -> bool:
    return abs(by) > APART and abs(by - accepted) > APART


def _stopped_too_long(sight: Sight, last: datetime) -> bool:
    """Whether nothing tells a long stop from a clock that was set while nobody ran."""
    if sight.expected is not None or sight.vouched or sight.longest_stop is None:
        return False
    return sight.now - last > sight.longest_stop


def _lasts(doubt: Doubt, sight: Sight) -> bool:
    """Whether a doubt that another process had is one about the time that this one sees."""
    if doubt.kind is DoubtKind.DATABASE or sight.expected is not None:
        return False
    if doubt.clock > doubt.expected:
        return sight.now >= doubt.clock - APART
    return sight.now < doubt.expected
