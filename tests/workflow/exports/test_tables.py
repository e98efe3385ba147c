"""The tables: a row for each event, texts as texts, instants as instants, and never a formula."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.workflow.exports.conftest import Exported
from workflow.audit.events.payload import Unknown
from workflow.exports.cells import safe
from workflow.exports.pseudonyms import Plain
from workflow.exports.tables import COLUMNS, write_csv, write_xlsx
from workflow.exports.traces import Happening, Trace

pytestmark = pytest.mark.proof

Trail = dict[str, list[dict[str, Any]]]
AT = datetime(2026, 3, 2, 9, 0, 0, 1000, tzinfo=UTC)
PAYLOADS = (
    "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("//example.org","x")', '=IMPORTXML(A1,"//a")',
    "=WEBSERVICE(A1)", "=2+5+cmd|'/C calc'!A0", "={1;2}", "==1", " =1+1", "\u00a0=1+1",
    "\u200b=1+1", "\ufeff=1+1", "+1+1", "+A1", "+cmd|'/C calc'!A0", "-1+1", "-2+3+cmd|'/C calc'!A0",
    "-A1", "@SUM(1+1)", "@A1", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", "\uff1d1+1", "\uff0b1+1",
    "\uff0d1+1", "\uff20SUM(1)", "\x00=1+1", "=\u202e1+1",
)  # fmt: skip


def test_thirty_payloads_are_tried() -> None:
    assert len(set(PAYLOADS)) == 30


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_the_values_begins_a_formula(tmp_path: Path, payload: str) -> None:
    write_csv(tmp_path / "one.csv", [a_trace(payload)], Plain())

    (row,) = read_csv(tmp_path / "one.csv")

    texts = [row["title"], row["case"], row["text"]]
    assert [text.startswith("'") for text in texts[:2]] == [True, True]
    assert not any(
        cell[:1] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" for cell in row.values() if cell
    )


def test_a_copy_without_the_marks_would_hold_formulas(tmp_path: Path) -> None:
    book = Workbook()
    for line, payload in enumerate(PAYLOADS, 1):
        book.active.cell(line, 1, payload.replace("\x00", ""))
    book.save(tmp_path / "naive.xlsx")

    assert len(formulas(tmp_path / "naive.xlsx")) >= 9


def test_no_cell_of_the_workbook_is_a_formula(tmp_path: Path) -> None:
    traces = [a_trace(payload) for payload in PAYLOADS]
    write_xlsx(tmp_path / "one.xlsx", traces, Plain())

    titles = [row[1].value for row in sheet(tmp_path / "one.xlsx").iter_rows(min_row=2)]

    assert formulas(tmp_path / "one.xlsx") == []
    assert titles[:4] == list(PAYLOADS[:4])
    with ZipFile(tmp_path / "one.xlsx") as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [safe(cell) for cell in ("a=b", "é", "", None, 12, "'x")] == [
        "a=b", "é", "", "", "12", "'x",
    ]  # fmt: skip


def test_the_values_hold_every_event_in_order(exported: Exported, trail: Trail) -> None:
    rows = read_csv(exported("csv"))

    assert [(row["case"], int(row["seq"]), row["type"], row["recorded_at"]) for row in rows] == [
        (ref, event["seq"], event["type"], event["at"])
        for ref, events in trail.items()
        for event in events
    ]


def test_the_workbook_holds_every_event_in_order_with_its_instant(
    exported: Exported, trail: Trail
) -> None:
    rows = [
        dict(zip(COLUMNS, row, strict=True))
        for row in sheet(exported("xlsx")).iter_rows(min_row=2, values_only=True)
    ]
    told = [event for events in trail.values() for event in events]

    assert [(row["case"], row["seq"]) for row in rows] == [(e["case"], e["seq"]) for e in told]
    for row, event in zip(rows, told, strict=True):
        meant = datetime.fromisoformat(event["at"]).replace(tzinfo=None)
        assert abs(row["recorded_at"] - meant) <= timedelta(milliseconds=1)


def test_the_header_stays_in_sight_and_an_arabic_copy_runs_from_the_right(tmp_path: Path) -> None:
    for name, arabic in (("left", False), ("right", True)):
        write_xlsx(tmp_path / f"{name}.xlsx", [a_trace("x")], Plain(), right_to_left=arabic)

    left, right = sheet(tmp_path / "left.xlsx"), sheet(tmp_path / "right.xlsx")

    assert (left.freeze_panes, right.freeze_panes) == ("B2", "B2")
    assert (left.sheet_view.rightToLeft, right.sheet_view.rightToLeft) == (None, True)


def test_rows_beyond_one_sheet_go_on_in_the_next(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "many.xlsx", [a_trace("x")] * 7, Plain(), last_row=4)

    book = load_workbook(tmp_path / "many.xlsx")

    assert [each.max_row for each in book] == [4, 4, 2]
    assert {each["A1"].value for each in book} == {"case"}


def test_without_cases_there_is_a_header_and_nothing_else(tmp_path: Path) -> None:
    write_csv(tmp_path / "none.csv", [], Plain())
    write_xlsx(tmp_path / "none.xlsx", [], Plain())

    assert read_csv(tmp_path / "none.csv") == []
    assert sheet(tmp_path / "none.xlsx").max_row == 1


def a_trace(text: str) -> Trace:
    event = Happening(
        text, 1, "signoff.given", AT, AT, "p1", "", "", b"\x01" * 32, Unknown(), {"reason": text}
    )
    return Trace(text, "programme", text, "", "", (event,))


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(path: Path) -> Worksheet:
    return load_workbook(path).active


def formulas(path: Path) -> list[Any]:
    cells: Iterable[Any] = (cell for row in sheet(path).iter_rows() for cell in row)
    return [cell.value for cell in cells if cell.data_type == "f"]
