"""Reporting calendars from a file: each line is asked for as it is by hand, all of them or none."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.errors import Fault, FaultyFile, Invalid, Refusal
from workflow.offices.reporting.acts import ReportingOutcome, ReportingWish, ask
from workflow.people.directory.arrivals import named_party
from workflow.phrase import Phrase, phrase

HEADER = ("party", "from", "year_begins_in", "due_after_days")
MOST = 2000
MOST_FAULTS = 20
_NUMBER = re.compile(r"[0-9]{1,3}", re.ASCII)


def enter_file(
    session: Session, text: str, *, by: int, now: datetime
) -> tuple[ReportingOutcome, ...]:
    """Ask for the reporting calendar of each line of a file of comma-separated values.

    Refuses it whole, with every line that is wrong, and then nothing is written: the caller's
    transaction ends.
    """
    found: list[ReportingOutcome] = []
    faults: list[Fault] = []
    for number, row in _lines(text):
        try:
            found.append(_entered(session, row, by=by, now=now))
        except Refusal as refusal:
            faults.append(_at_line(number, refusal.said))
    if not found and not faults:
        faults = [_at_line(2, phrase("There is no reporting calendar in this file."))]
    if faults:
        raise _faulty(faults[:MOST_FAULTS])
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines below the header, with their numbers; empty ones are left out."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error as broken:
        raise _faulty([_at_line(reader.line_num, _wanted())]) from broken
    if not rows or tuple(cell.lower().replace(" ", "_") for cell in rows[0]) != HEADER:
        raise _faulty([_at_line(1, _wanted())])
    if len(rows) > MOST:
        said = phrase("At most %(most)s reporting calendars are read.", most=MOST)
        raise _faulty([Fault(phrase("the file"), said)])
    yield from ((number, row) for number, row in enumerate(rows[1:], start=2) if any(row))


def _entered(session: Session, row: list[str], *, by: int, now: datetime) -> ReportingOutcome:
    if len(row) != len(HEADER):
        raise Invalid(phrase("A line has: %(columns)s.", columns=", ".join(HEADER)))
    party = named_party(session, row[0].lower(), by=by, now=now)
    wish = ReportingWish(_day(row[1]), _number(row[2]), _number(row[3]))
    return ask(session, party, wish, by=by, now=now)


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as fault:
        said = phrase("%(cell)s is no day; one is written 2027-01-01.", cell=f"{cell!r:.40}")
        raise Invalid(said) from fault


def _number(cell: str) -> int:
    if not _NUMBER.fullmatch(cell):
        raise Invalid(phrase("%(cell)s is no number of a month or of days.", cell=f"{cell!r:.40}"))
    return int(cell)


def _wanted() -> Phrase:
    return phrase("A line has: %(columns)s.", columns=", ".join(HEADER))


def _at_line(number: int, problem: Phrase) -> Fault:
    return Fault(phrase("line %(number)s", number=number), problem)


def _faulty(faults: list[Fault]) -> FaultyFile:
    return FaultyFile(phrase("This file of reporting calendars cannot be read."), tuple(faults))
