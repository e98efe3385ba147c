"""The package as a zip that nobody has to trust: every bound is checked before a byte is unpacked."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from workflow.dossiers.verifier.strict import Wrong, parsed_object

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
LARGEST_PARCEL = 1024 * MEGABYTE
LARGEST_TOTAL = 2048 * MEGABYTE
LARGEST_LIST = 8 * MEGABYTE
MOST_MEMBERS = 50_000
STEEPEST = 200
PIECE = 256 * KILOBYTE
# What may be in a package, and how large each of them may be.
MEMBERS = tuple(
    (re.compile(pattern, re.ASCII), largest)
    for pattern, largest in (
        (r"dossier\.json", MEGABYTE),
        (r"checkpoint", 64 * KILOBYTE),
        (r"policy\.txt", 64 * KILOBYTE),
        (r"events/[0-9]{4,6}\.json", 16 * KILOBYTE),
        (r"proofs/[0-9]{4,6}\.tlog-proof", 128 * KILOBYTE),
        (r"anchors/[0-9]{1,19}\.(?:checkpoint|consistency)", 64 * KILOBYTE),
        (r"heads/(?:event|membership)\.json", 64 * KILOBYTE),
        (r"heads/event\.tlog-proof", 128 * KILOBYTE),
        (r"openings\.json", 8 * MEGABYTE),
        (r"definitions/[0-9a-f]{64}\.json", 2 * MEGABYTE),
        (r"documents/[0-9a-f]{64}", 256 * MEGABYTE),
        (r"history\.(?:html|pdf|csv)", 64 * MEGABYTE),
        (r"README\.txt|verify\.py", MEGABYTE),
    )
)
UNREADABLE_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError,
    RuntimeError, ValueError, OverflowError,
)  # fmt: skip


class Parcel:
    """An opened package; nothing of it is written to disk, and nothing unbounded is held."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("rb")
        except OSError as fault:
            raise Wrong(f"It cannot be opened: {fault.strerror}.") from None
        try:
            _refuse_disguise(self._file)
            self._zip = zipfile.ZipFile(self._file)
            self._members = _members(self._zip)
            _refuse_overlap(self._file, self._zip.infolist())
        except UNREADABLE_ZIP as fault:
            self._file.close()
            raise Wrong(f"It is not a zip file that can be read: {fault}.") from None
        except Wrong:
            self._file.close()
            raise

    def __enter__(self) -> Parcel:  # noqa: PYI034  # Self came with Python 3.11
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def names(self, folder: str) -> list[str]:
        """The members of one folder, in order; shorter numbers come before longer ones."""
        found = (name for name in self._members if name.startswith(folder))
        return sorted(found, key=lambda name: (len(name), name))

    def read(self, name: str) -> bytes:
        """A member whole."""
        return b"".join(self.pieces(name))

    def read_object(self, name: str) -> dict[str, Any]:
        """A member read as one JSON object."""
        try:
            return parsed_object(self.read(name))
        except Wrong as fault:
            if name not in self:
                raise
            raise Wrong(f"{name} cannot be read: {fault}.") from None

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member piece by piece; one that is not what the list says is refused."""
        member = self._members.get(name)
        if member is None:
            raise Wrong(f"{name} is missing.")
        left = member.file_size
        try:
            with self._zip.open(member) as content:
                while piece := content.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise Wrong(f"{name} is larger than the list of the zip file says.")
                    yield piece
        except UNREADABLE_ZIP as fault:
            raise Wrong(f"{name} cannot be unpacked: {fault}.") from None
        if left:
            raise Wrong(f"{name} is shorter than the list of the zip file says.")


def _refuse_disguise(file: IO[bytes]) -> None:
    """Refuse a file with anything behind the end of the zip, and a list too long to be read."""
    size = file.seek(0, 2)
    if not 22 <= size <= LARGEST_PARCEL:
        raise Wrong(f"Its {size} bytes are too few or too many for a dossier.")
    file.seek(size - 22)
    end = struct.unpack("<4s4H2LH", file.read(22))
    mark, disk, list_disk, here, count, length, offset, comment = end
    if mark != b"PK\x05\x06" or comment or disk or list_disk or here != count:
        raise Wrong("It is not a plain zip file, or something stands behind its end.")
    if count > MOST_MEMBERS or length > LARGEST_LIST:
        raise Wrong(f"It lists {count} members; a dossier has at most {MOST_MEMBERS}.")
    if offset + length + 22 != size:
        raise Wrong("The list of the zip file is not where it has to be.")
    file.seek(0)


def _members(opened: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for member in opened.infolist():
        name = member.filename
        if name in found:
            raise Wrong(f"{name} stands in it twice.")
        _refuse_member(member)
        total += member.file_size
        found[name] = member
    if total > LARGEST_TOTAL:
        raise Wrong(f"It would unpack to {total} bytes; a dossier has at most {LARGEST_TOTAL}.")
    return found


def _refuse_member(member: zipfile.ZipInfo) -> None:
    """Refuse a member that has no place in a dossier, is too large, or is not a plain file."""
    name, mode = member.filename, member.external_attr >> 16
    largest = next((most for pattern, most in MEMBERS if pattern.fullmatch(name)), None)
    if largest is None or member.orig_filename != name:
        raise Wrong(f"{name[:80]!r} has no place in a dossier.")
    if member.file_size > largest:
        raise Wrong(f"{name} has {member.file_size} bytes; at most {largest} are read.")
    if member.flag_bits & 0x2041:
        raise Wrong(f"{name} is encrypted.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Wrong(f"{name} is compressed in a way that is not read.")
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        raise Wrong(f"{name} is not a plain file but a link or a device.")
    if member.file_size > MEGABYTE and member.file_size > STEEPEST * member.compress_size:
        raise Wrong(f"{name} is compressed more than {STEEPEST} times.")
    if member.compress_type == zipfile.ZIP_STORED and member.file_size != member.compress_size:
        raise Wrong(f"{name} says two different sizes.")


def _refuse_overlap(file: IO[bytes], members: list[zipfile.ZipInfo]) -> None:
    """Refuse members that lie over one another, as in a bomb."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise Wrong(f"{member.filename} lies over another member.")
        file.seek(member.header_offset)
        header = file.read(30)
        if len(header) != 30 or header[:4] != b"PK\x03\x04":
            raise Wrong(f"{member.filename} is not where the list of the zip file says.")
        name, extra = struct.unpack("<2H", header[26:])
        end = member.header_offset + 30 + name + extra + member.compress_size
