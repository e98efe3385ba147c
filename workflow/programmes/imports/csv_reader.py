"""Reading a file of programmes: every row of it, or every fault in it in one run."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from workflow.errors import Fault, FaultyFile
from workflow.phrase import Phrase, counted, phrase
from workflow.programmes.imports.row_checks import RowCheck, as_kept, column_of, line_of, shown
from workflow.programmes.imports.rows import COLUMNS, ProgrammeRow

LARGEST = 50 * 1024 * 1024
NAMES = tuple(COLUMNS)


def read_file(path: str | Path) -> tuple[ProgrammeRow, ...]:
    """The programmes in a file of comma-separated values in UTF-8; refuses a file with faults."""
    file = Path(path)
    try:
        content = file.read_bytes()
    except OSError as failure:
        raise _faulty(
            file.name,
            [
                Fault(
                    file.name,
                    phrase("cannot be read: %(strerror)s.", strerror=str(failure.strerror)),
                )
            ],
        ) from failure
    return read_content(file.name, content)


def read_content(name: str, content: bytes) -> tuple[ProgrammeRow, ...]:
    """As `read_file`, for content that came another way; `name` is how faults call it."""
    reading = _Reading(name)
    reading.take(content)
    if reading.faults:
        raise _faulty(name, reading.faults)
    return tuple(reading.rows)


class _Reading:
    """The rows and faults found so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[ProgrammeRow] = []
        self.faults: list[Fault] = []
        self.lines: dict[str, int] = {}

    def take(self, content: bytes) -> None:
        text = self._text(content)
        if text is None:
            return
        records = self._records(text)
        first = next(records, None)
        if first is None:
            self._fault(
                1,
                "id",
                phrase("The file is empty; a line with the names of its columns is expected."),
            )
        elif self._is_header(first[1]):
            for line, cells in records:
                self._row(line, cells)

    def _text(self, content: bytes) -> str | None:
        if len(content) > LARGEST:
            size = f"{LARGEST // 1024 // 1024} MB"
            self._fault(1, "id", phrase("The file is larger than %(size)s; split it.", size=size))
            return None
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as failure:
            before = content[: failure.start]
            line = before.count(b"\n") + 1
            byte = f"0x{content[failure.start]:02X}"
            column = before[before.rfind(b"\n") + 1 :].count(b",")
            self._fault(
                line,
                NAMES[min(column, len(NAMES) - 1)],
                phrase(
                    "The byte %(byte)s is not UTF-8; save the file as UTF-8 and try again.",
                    byte=byte,
                ),
            )
            return None

    def _records(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Every line that is not blank, with the number of the line on which it begins."""
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        begins = 1
        try:
            for cells in reader:
                if cells:
                    yield begins, [cell.strip() for cell in cells]
                begins = reader.line_num + 1
        except csv.Error as failure:
            self._fault(
                begins,
                "id",
                phrase(
                    "The quotation marks do not add up (%(failure)s); cells with commas, quotation "
                    "marks or line breaks stand in quotation marks, and those inside are doubled. What "
                    "follows was not read.",
                    failure=str(failure),
                ),
            )

    def _is_header(self, cells: list[str]) -> bool:
        """Whether the first line names the columns in their order; notes how it does not."""
        before = len(self.faults)
        for name in NAMES:
            if name not in cells:
                self._fault(1, name, phrase("This column is missing."))
        for name in dict.fromkeys(cells):
            if name not in COLUMNS:
                self._fault(1, shown(name), phrase("This column is unknown."))
            elif cells.count(name) > 1:
                self._fault(1, name, phrase("This column stands there more than once."))
        if len(self.faults) == before and tuple(cells) != NAMES:
            self._out_of_order(cells)
        return len(self.faults) == before

    def _out_of_order(self, cells: list[str]) -> None:
        for place, (found, expected) in enumerate(zip(cells, NAMES, strict=True), start=1):
            if found != expected:
                self._fault(
                    1,
                    found,
                    phrase(
                        "This column is out of order: it stands at place %(place)s, where %(expected)s is "
                        "expected.",
                        place=place,
                        expected=expected,
                    ),
                )

    def _row(self, line: int, cells: list[str]) -> None:
        if len(cells) != len(NAMES):
            last = NAMES[min(len(cells), len(NAMES)) - 1]
            self._fault(
                line,
                last,
                phrase(
                    "The line has %(count)s cells; %(expected)s are expected.",
                    count=len(cells),
                    expected=len(NAMES),
                ),
            )
            return
        kept = {name: as_kept(name, cell) for name, cell in zip(NAMES, cells, strict=True)}
        check = RowCheck(line_of(self.name, line), kept)
        row = check.row()
        self.faults += check.faults
        self._note_key(line, kept[NAMES[0]])
        if row is not None:
            self.rows.append(row)

    def _note_key(self, line: int, key: str) -> None:
        first = self.lines.setdefault(key, line)
        if key and first != line:
            self._fault(
                line,
                "id",
                phrase(
                    "%(key)s stands already on line %(first)s; each id once is expected.",
                    key=shown(key),
                    first=first,
                ),
            )

    def _fault(self, line: int, column: str, problem: Phrase) -> None:
        self.faults.append(Fault(column_of(line_of(self.name, line), column), problem))


def _faulty(name: str, faults: list[Fault]) -> FaultyFile:
    said = counted(
        "%(name)s has one fault; nothing of it was imported.",
        "%(name)s has %(num)s faults; nothing of it was imported.",
        len(faults),
        name=name,
    )
    return FaultyFile(said, tuple(faults))
