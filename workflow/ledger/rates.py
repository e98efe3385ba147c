"""Rates of exchange: how many units of a currency one dollar was on a day; read from a file: pure.

The form is that of the operational rates of the United Nations: a rate holds from its day until the
next one of its currency, and no longer than its month.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise

from workflow.errors import Fault, FaultyFile, Invalid
from workflow.ledger.currency import USD, is_code, step
from workflow.phrase import Phrase, phrase

HEADER = ("date", "currency", "units_per_usd")
MOST = 20_000
MOST_FAULTS = 20
# No currency changes so much within a month or a few: a point was misplaced, or it was written upside down.
FAR = 10
_UNITS = re.compile(r"[0-9]{1,10}(\.[0-9]{1,10})?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """So many units of a currency are one dollar from a day on."""

    currency: str
    day: date
    units: Decimal

    def holds_on(self, day: date) -> bool:
        """Whether it is of the month of that day and not later than it."""
        return self.day <= day and (self.day.year, self.day.month) == (day.year, day.month)

    def in_dollars(self, amount: Decimal) -> Decimal:
        """The amount in dollars and cents; half a cent goes to the even one."""
        return (amount / self.units).quantize(step(USD), ROUND_HALF_EVEN)

    @property
    def line(self) -> str:
        """The rate as a line of the file."""
        return f"{self.day.isoformat()},{self.currency},{plain(self.units)}"


def plain(units: Decimal) -> str:
    """A rate in digits, without zeros at its end."""
    return f"{units.normalize():f}"


def in_force(rates: Iterable[Rate], currency: str, day: date) -> Rate | None:
    """The rate of a currency that holds on a day; a dollar is always a dollar."""
    if currency == USD:
        return Rate(USD, day, Decimal(1))
    held = [each for each in rates if each.currency == currency and each.holds_on(day)]
    return max(held, default=None, key=lambda each: each.day)


def rate_for(rates: Iterable[Rate], currency: str, day: date, stated: date | None) -> Rate:
    """The rate that holds on a day; refuses a currency without one, and one stated of another day."""
    found = in_force(rates, currency, day)
    if found is None:
        said = phrase(
            "No rate of %(currency)s holds on %(day)s: enter the rates of that month first.",
            currency=currency,
            day=day,
        )
        raise Invalid(said, {"currency": said})
    if stated is not None and currency != USD and stated != found.day:
        said = phrase(
            "The rate that holds on %(day)s is that of %(right)s: %(units)s %(currency)s for a dollar.",
            day=day,
            right=found.day,
            units=plain(found.units),
            currency=currency,
        )
        raise Invalid(said, {"rate_on": said})
    return found


def digest(rates: Iterable[Rate]) -> str:
    """What the rates of a file hash to, in the order of currency and day."""
    lines = "".join(f"{each.line}\n" for each in sorted(rates))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_rates(text: str) -> tuple[Rate, ...]:
    """The rates of a file of comma-separated values; refuses it whole, with every line that is wrong."""
    rows = _rows(text)
    head = tuple(cell.strip().lower().replace(" ", "_") for cell in rows[0]) if rows else ()
    if head != HEADER:
        raise _faulty([_at_line(1, _wanted())])
    found: dict[tuple[str, date], Rate] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            fault = _take(row, found)
            if fault is not None:
                faults.append(_at_line(number, fault))
    if not found and not faults:
        faults = [Fault(phrase("line 2"), phrase("There is no rate in this file."))]
    if len(found) > MOST:
        faults = [Fault(phrase("the file"), phrase("At most %(most)s rates are read.", most=MOST))]
    if faults:
        raise _faulty(faults[:MOST_FAULTS])
    return tuple(sorted(found.values()))


def _rows(text: str) -> list[list[str]]:
    """The cells of each line; refuses a file of which one cannot be read."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        return list(reader)
    except csv.Error as broken:
        raise _faulty([_at_line(reader.line_num, _wanted())]) from broken


def _take(row: list[str], found: dict[tuple[str, date], Rate]) -> Phrase | None:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(HEADER):
        return _wanted()
    day, units = _day(cells[0]), _units(cells[2])
    if day is None:
        return phrase("%(cell)s is no day; one is written 2026-03-01.", cell=f"{cells[0]!r:.40}")
    if not is_code(cells[1]) or cells[1] == USD:
        return phrase(
            "%(cell)s is no currency to be changed; one is written EUR.", cell=f"{cells[1]!r:.40}"
        )
    if units is None:
        return phrase("%(cell)s is no rate; one is written 0.9215.", cell=f"{cells[2]!r:.40}")
    rate = Rate(cells[1], day, units)
    if found.setdefault((rate.currency, day), rate) != rate:
        return phrase("Another line gives another rate of that currency and day.")
    return None


def conflicts(entered: Mapping[tuple[str, date], Rate], rates: Iterable[Rate]) -> tuple[Fault, ...]:
    """A fault for each rate that says otherwise than one that was entered before."""
    return tuple(
        Fault(
            phrase("%(currency)s, %(day)s", currency=each.currency, day=each.day),
            phrase(
                "%(units)s was entered for this day before, and movements may stand on it.",
                units=plain(entered[each.currency, each.day].units),
            ),
        )
        for each in rates
        if entered.get((each.currency, each.day), each) != each
    )


def refuse_conflicts(entered: Mapping[tuple[str, date], Rate], rates: Iterable[Rate]) -> None:
    """Refuse rates of which one was entered otherwise before."""
    faults = conflicts(entered, rates)
    if faults:
        raise _faulty(list(faults[:MOST_FAULTS]))


def refuse_strange(entered: Mapping[tuple[str, date], Rate], rates: Iterable[Rate]) -> None:
    """Refuse new rates that are far from the one before or after them, until it is said that they are meant."""
    asked = {
        (each.currency, each.day)
        for each in rates
        if entered.get((each.currency, each.day)) != each
    }
    known = sorted({**entered, **{(each.currency, each.day): each for each in rates}}.values())
    beside = [
        (each, other)
        for one, next_ in pairwise(known)
        if one.currency == next_.currency
        for each, other in ((next_, one), (one, next_))
        if (each.currency, each.day) in asked and _far(each, other)
    ]
    faults = {
        (each.currency, each.day): Fault(
            phrase("%(currency)s, %(day)s", currency=each.currency, day=each.day),
            phrase(
                "%(units)s is far from %(other)s of %(since)s. If it is meant, say so; else write it anew.",
                units=plain(each.units),
                other=plain(other.units),
                since=other.day,
            ),
        )
        for each, other in reversed(beside)
    }
    if faults:
        raise _faulty(list(faults.values())[:MOST_FAULTS])


def _far(one: Rate, other: Rate) -> bool:
    return not other.units / FAR < one.units < other.units * FAR


def _faulty(faults: list[Fault]) -> FaultyFile:
    return FaultyFile(phrase("These rates cannot be taken; nothing was entered."), tuple(faults))


def _at_line(number: int, problem: Phrase) -> Fault:
    return Fault(phrase("line %(number)s", number=number), problem)


def _wanted() -> Phrase:
    return phrase("The columns are %(columns)s.", columns=", ".join(HEADER))


def _day(cell: str) -> date | None:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.isoformat() == cell else None


def _units(cell: str) -> Decimal | None:
    units = Decimal(cell) if _UNITS.fullmatch(cell) else Decimal(0)
    return Decimal(plain(units)) if units else None
