"""Which figures a form holds of money, by the keys of its fields: pure.

A plan has a `year`, or a period within one, and lines with an `amount`; a report has what was `spent` (and `received`) up to
its `period_end`; a statement has the same without a period, and maybe a `balance`; a budget has lines
with an `amount` and a `year` or an `output`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workflow.lifecycles.checks.known import amount_of, is_day
from workflow.lifecycles.documents import DocumentKind, Field

MONEY, LINES = "money", "lines"
AMOUNT, YEAR, OUTPUT = "amount", "year", "output"
RECEIVED, SPENT, BALANCE = "received", "spent", "balance"
PERIOD_START, PERIOD_END = "period_start", "period_end"
Content = Mapping[str, Any]


class PaperShape(StrEnum):
    """What a form says of money."""

    PLAN = "plan"
    REPORT = "report"
    STATEMENT = "statement"


def shape_of(kind: DocumentKind) -> PaperShape | None:
    """What a kind of document says of money beside the budget; nothing where it says nothing of it."""
    fields = {field.key: field for field in kind.fields()}
    if SPENT in fields and fields[SPENT].kind == MONEY:
        return PaperShape.REPORT if PERIOD_END in fields else PaperShape.STATEMENT
    of_year = YEAR in fields or {PERIOD_START, PERIOD_END} <= fields.keys()
    costed = any(_costed(field) for field in fields.values())
    return PaperShape.PLAN if of_year and costed else None


def planned(kind: DocumentKind, content: Content) -> Decimal:
    """What the lines of a plan come to."""
    return sum((_amount(row.get(AMOUNT)) for row in _rows(kind, content)), Decimal(0))


def lines_by(kind: DocumentKind, content: Content, column: str) -> Mapping[str, Decimal]:
    """What the lines of a budget come to by what stands in a column; nothing where there is no such one."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(kind, content):
        named = str(row.get(column) or "").strip()
        if not named:
            return {}
        found[named] += _amount(row.get(AMOUNT))
    return found


def figure(content: Content, key: str) -> Decimal | None:
    """The amount in a field; nothing where none is written."""
    return amount_of(str(content.get(key) or ""))


def day(content: Content, key: str) -> date | None:
    """The day in a field; nothing where none is written."""
    written = str(content.get(key) or "")
    return date.fromisoformat(written) if is_day(written) else None


def year(content: Content) -> int | None:
    """The year of a plan, or the one in which its period lies; nothing where there is no such year."""
    written = str(content.get(YEAR) or "")
    if written.isascii() and written.isdigit():
        return int(written) if MINYEAR <= int(written) < MAXYEAR else None
    first, last = day(content, PERIOD_START), day(content, PERIOD_END)
    return first.year if first and last and first.year == last.year else None


def _costed(field: Field) -> bool:
    """Whether a field has lines with an amount each."""
    return field.kind == LINES and any(
        column.key == AMOUNT and column.kind == MONEY for column in field.columns
    )


def _rows(kind: DocumentKind, content: Content) -> Iterator[Content]:
    for field in kind.fields():
        if _costed(field):
            yield from (row for row in content.get(field.key) or () if isinstance(row, Mapping))


def _amount(written: Any) -> Decimal:
    return amount_of(str(written or "")) or Decimal(0)
