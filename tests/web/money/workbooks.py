"""What stands in the cells of a workbook, read without the library that wrote it."""

import io
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Row = dict[str, str | Decimal]


def rows_of(answer: bytes, sheet: int) -> list[Row]:
    """The rows of a sheet, by what stands over each column; empty cells are left out."""
    book = zipfile.ZipFile(io.BytesIO(answer))
    texts = [
        "".join(each.itertext()) for each in ET.fromstring(book.read("xl/sharedStrings.xml"))
    ]  # fmt: skip
    read = ET.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml")).iter(f"{NAMES}row")
    head, *rows = ([*_cells(row, texts)] for row in read)
    named = {column: str(said) for column, said in head}
    return [{named[column]: cell for column, cell in row} for row in rows]


def _cells(row: ET.Element, texts: list[str]) -> list[tuple[str, str | Decimal]]:
    return [
        (
            (cell.get("r") or "").rstrip("0123456789"),
            texts[int(written)] if cell.get("t") == "s" else Decimal(written),
        )
        for cell in row
        if (written := cell.findtext(f"{NAMES}v"))
    ]
