"""Tables: one row for each event, as comma-separated values or as a workbook."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflow.audit.events.about import party_in, seat_in
from workflow.audit.events.documents import OfKind
from workflow.clock import written
from workflow.deferred import deferred
from workflow.exports.called import IN_WORDS, in_words
from workflow.exports.cells import safe
from workflow.exports.facts import activity, facts, people
from workflow.exports.pseudonyms import Naming
from workflow.exports.traces import Happening, Trace

if TYPE_CHECKING:
    from xlsxwriter import Workbook
else:
    Workbook = deferred("xlsxwriter", "Workbook")

COLUMNS = (
    "case", "title", *IN_WORDS, "lifecycle", "seq", "type", "activity", "recorded_at", "effective_at",
    "person", "on_behalf_of", "role", "party", "round", "turn", "seat_role", "seat_party",
    "verdict", "outcome", "state_before", "state_after", "stage", "document", "version", "digest",
    "content", "due", "event", "text",
)  # fmt: skip
WIDTHS = {
    **dict.fromkeys(IN_WORDS, 24),
    "title": 40,
    "text": 60,
    "recorded_at": 20,
    "effective_at": 20,
    "due": 20,
    "event": 66,
}
USUAL_WIDTH = 16
LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
BYTE_ORDER_MARK = "\ufeff"
# What the register commits to about a person stays at home.
NAMES = frozenset({"name"})
Cell = str | int | datetime | None


def write_csv(target: Path, traces: Iterable[Trace], naming: Naming) -> None:
    """Write the rows in UTF-8, with the mark that spreadsheets look for."""
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write(BYTE_ORDER_MARK)
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row in rows(traces, naming):
            writer.writerow([_text(cell) for cell in row])


def write_xlsx(
    target: Path,
    traces: Iterable[Trace],
    naming: Naming,
    *,
    right_to_left: bool = False,
    note: str = "",
    last_row: int = LAST_ROW,
) -> None:
    """Write the rows as text, numbers and instants, a row in memory at a time; never a formula.

    The note of a checkpoint stands among the properties of the workbook.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": False,
    }
    with Workbook(target, options) as book:
        if note:
            book.set_properties({"comments": note})
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "instant": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"}),
        }
        sheet, line = None, last_row
        for row in rows(traces, naming):
            if sheet is None or line >= last_row:
                sheet, line = _sheet(book, formats["head"], right_to_left=right_to_left), 1
            _write(sheet, line, row, formats["instant"])
            line += 1
        if sheet is None:
            _sheet(book, formats["head"], right_to_left=right_to_left)


def rows(traces: Iterable[Trace], naming: Naming) -> Iterator[tuple[Cell, ...]]:
    """One row for each event, in the order of each case's chain."""
    for trace in traces:
        for event in trace.events:
            yield _row(trace, event, naming)


def _row(trace: Trace, event: Happening, naming: Naming) -> tuple[Cell, ...]:
    said: dict[str, Any] = dict(facts(event))
    parts = {part: naming.person(known_as) for part, known_as in people(event)}
    seat = seat_in(event.what)
    told: dict[str, Cell] = {
        "case": trace.ref,
        "title": trace.title,
        "lifecycle": trace.lifecycle,
        "seq": event.seq,
        "type": event.type,
        "activity": activity(event),
        "recorded_at": event.at,
        "effective_at": event.effective,
        "person": parts.get("by"),
        "on_behalf_of": parts.get("on behalf of"),
        "role": event.role,
        "party": event.party or party_in(event.what),
        "seat_role": seat.role if seat else None,
        "seat_party": seat.party if seat else None,
        "state_before": said.get("from"),
        "state_after": said.get("to") or said.get("state"),
        "document": said.get("kind") if isinstance(event.what, OfKind) else None,
        "event": naming.event(event.hash),
        "text": "; ".join(
            f"{name}: {text}" for name, text in event.texts.items() if name not in NAMES
        ),
    }
    keys = {column: told.get(column, said.get(column)) for column in COLUMNS}
    return tuple({**keys, **in_words(trace, keys)}.values())


def _text(cell: Cell) -> str:
    return written(cell) if isinstance(cell, datetime) else safe(cell)


def _sheet(book: Any, head: Any, *, right_to_left: bool) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 1)
    if right_to_left:
        sheet.right_to_left()
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(column, USUAL_WIDTH))
        sheet.write_string(0, place, column, head)
    return sheet


def _write(sheet: Any, line: int, row: tuple[Cell, ...], instant: Any) -> None:
    for place, cell in enumerate(row):
        match cell:
            case datetime():
                utc = cell.astimezone(UTC).replace(tzinfo=None)
                sheet.write_datetime(line, place, utc, instant)
            case int():
                sheet.write_number(line, place, cell)
            case str() if cell:
                sheet.write_string(line, place, cell[:LONGEST_CELL])
