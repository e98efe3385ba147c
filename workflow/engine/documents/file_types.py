"""Which kinds of file may be attached, told by their name and by what is really inside: pure."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, NoReturn
from unicodedata import category

from workflow.errors import Invalid
from workflow.free_text import line
from workflow.phrase import Phrase, phrase

LONGEST_NAME = 120
LARGEST_UNPACKED = 200 * 1_048_576
MOST_PARTS = 5000
MOST_SHRUNK = 200
LOOKED_AT = 65_536

FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
# Control characters and those that turn the direction of writing hide what a name really says.
HIDING = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
PLAIN_CONTROLS = frozenset(b"\t\n\r\f")


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file that may be attached; `holds` looks at the content itself."""

    media_type: str
    holds: Callable[[IO[bytes]], bool]


def clean_name(name: str) -> str:
    """`name` without folders, hidden characters and what some system could not store."""
    last = re.split(r"[/\\]", line(name))[-1]
    visible = "".join(letter for letter in last if category(letter) not in HIDING)
    tidy = " ".join(FORBIDDEN.sub("_", visible).split()).strip(". ")
    if RESERVED.match(tidy):
        tidy = f"_{tidy}"
    stem, suffix = PurePosixPath(tidy).stem, PurePosixPath(tidy).suffix
    return f"{stem[: LONGEST_NAME - len(suffix)].strip('. ')}{suffix}" if stem else "file"


def recognise(name: str, content: IO[bytes]) -> str:
    """The media type of a file called `name`; refuses one that is not what its name says."""
    suffix = PurePosixPath(name).suffix.lower()
    known = TYPES.get(suffix)
    if known is None:
        offered = ", ".join(sorted({ending.removeprefix(".") for ending in TYPES}))
        _refuse(
            phrase(
                "Files of this type cannot be attached. These can: %(offered)s.", offered=offered
            )
        )
    content.seek(0)
    if not known.holds(content):
        _refuse(
            phrase(
                "The file is not what its name says: this is no %(removeprefix)s file.",
                removeprefix=suffix.removeprefix("."),
            )
        )
    return known.media_type


def _begins(*marks: bytes) -> Callable[[IO[bytes]], bool]:
    """A file that begins with one of `marks`."""

    def holds(content: IO[bytes]) -> bool:
        return content.read(16).startswith(marks)

    return holds


def _is_text(content: IO[bytes]) -> bool:
    """Text without control characters, that does not begin as a page or a program does."""
    start = content.read(LOOKED_AT)
    while piece := start:
        if any(byte < 32 and byte not in PLAIN_CONTROLS for byte in piece):
            return False
        start = content.read(LOOKED_AT)
    return True


def _office(part: str) -> Callable[[IO[bytes]], bool]:
    """A package of Office Open XML whose main part is `part`, without macros."""

    def holds(content: IO[bytes]) -> bool:
        names = {entry.filename for entry in _entries(content)}
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return not macros and {"[Content_Types].xml", part} <= names

    return holds


def _open_document(media_type: str) -> Callable[[IO[bytes]], bool]:
    """A package of OpenDocument, whose first part names it, unpacked, as `media_type`."""
    mark = b"mimetype" + media_type.encode() + b"PK"

    def holds(content: IO[bytes]) -> bool:
        named = content.read(30 + len(mark))[30:] == mark
        return named and bool(_entries(content))

    return holds


def _entries(content: IO[bytes]) -> list[zipfile.ZipInfo]:
    """What a package lists, unless unpacking it would flood whoever opens it."""
    try:
        with zipfile.ZipFile(content) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return []
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MOST_PARTS
        or unpacked > LARGEST_UNPACKED
        or unpacked > MOST_SHRUNK * max(packed, 4096)
    ):
        _refuse(
            phrase(
                "This file would unpack to far more than it seems to hold; it cannot be attached."
            )
        )
    return entries


def _refuse(said: Phrase) -> NoReturn:
    raise Invalid(said, {"file": said})


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
JPEG = FileType("image/jpeg", _begins(b"\xff\xd8\xff"))
TYPES: dict[str, FileType] = {
    ".pdf": FileType("application/pdf", _begins(b"%PDF-")),
    ".docx": FileType(f"{OFFICE}.wordprocessingml.document", _office("word/document.xml")),
    ".xlsx": FileType(f"{OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml")),
    ".odt": FileType(f"{OPEN}.text", _open_document(f"{OPEN}.text")),
    ".ods": FileType(f"{OPEN}.spreadsheet", _open_document(f"{OPEN}.spreadsheet")),
    ".png": FileType("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".txt": FileType("text/plain", _is_text),
    ".csv": FileType("text/csv", _is_text),
}
