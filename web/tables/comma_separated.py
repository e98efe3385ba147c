"""Tables to take away: comma-separated values that a spreadsheet opens without running them."""

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

from flask import Response

from web.orders.hand_out import answer
from workflow.exports.cells import safe

BYTE_ORDER_MARK = "\ufeff"


def comma_separated(
    filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> Response:
    """The rows as a file to be saved, in UTF-8 with the mark that spreadsheets look for.

    They are written aside before anything is sent, so that a fault among them is an error and not
    half a file, and no more of them are in memory than the writing of one takes.
    """
    aside = tempfile.TemporaryFile()  # noqa: SIM115 # Whoever sends the answer closes it.
    try:
        write_table(aside, header, rows)
    except BaseException:
        aside.close()
        raise
    return answer(aside, filename, "text/csv; charset=utf-8")


def write_table(to: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write the rows as the same table into a file, a row in memory at a time."""
    text = io.TextIOWrapper(to, encoding="utf-8", newline="", write_through=False)
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()
