import hashlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workflow.backups.archive import Archive, ArchiveWriter
from workflow.backups.manifest import BackupMember, Manifest
from workflow.errors import Invalid

PAPER = b"%PDF-1.7 a letter"
DIGEST = hashlib.sha256(PAPER).hexdigest()
FILE = f"files/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"


def a_backup(path: Path, **contents: bytes) -> Path:
    """An archive with a database and one attached file, or with other members."""
    members = contents or {"database.sqlite": b"rows", FILE: PAPER}
    with path.open("wb") as file, ArchiveWriter(file) as writer:
        for name, content in members.items():
            writer.put(name, io.BytesIO(content), packed=name.startswith("database"))
        writer.finish(manifest(*writer.members))
    return path


def manifest(*members: BackupMember) -> Manifest:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return Manifest(at, "0.1.0", "sqlite", "0014", 0, (), members)


def checked(path: Path) -> Manifest:
    with Archive.opened(path) as archive:
        archive.check(lambda _done, _all: None)
        return archive.manifest


def test_what_was_put_in_comes_out(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip")

    with Archive.opened(path) as archive:
        (database, file) = archive.manifest.members
        archive.extract(file, tmp_path / "out")
        rows = archive.text(database)

    assert rows == "rows"
    assert (tmp_path / "out").read_bytes() == PAPER


def test_every_changed_byte_of_what_was_put_in_is_seen(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip")
    whole = path.read_bytes()
    begin = whole.index(PAPER)

    for at in range(begin, begin + len(PAPER)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x20]) + whole[at + 1 :])
        with pytest.raises(Invalid, match="is damaged"):
            checked(path)


def test_every_cut_is_seen(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip")
    whole = path.read_bytes()

    for length in range(4, len(whole) - 1, 7):
        path.write_bytes(whole[:length])
        with pytest.raises(Invalid, match="is damaged"):
            checked(path)


@pytest.mark.parametrize(
    "name",
    ["../escaped", "/etc/passwd", "files/aa/bb/../../x", f"files/00/00/{DIGEST}", "signer/key",
     "database.sqlite/x", f"{FILE}/../x"],
)  # fmt: skip
def test_a_member_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    path = a_backup(tmp_path / "a.zip", **{"database.sqlite": b"rows", name: b"x"})

    with pytest.raises(Invalid, match="does not hold what it lists"):
        checked(path)


def test_a_file_under_another_files_name_is_refused(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip", **{"database.sqlite": b"rows", FILE: b"another letter"})

    with pytest.raises(Invalid, match="is not as listed"):
        checked(path)


def test_a_member_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip")
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("erasures.jsonl", "")

    with pytest.raises(Invalid, match="does not hold what it lists"):
        checked(path)


def test_an_archive_without_a_database_is_refused(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip", **{FILE: PAPER})

    with pytest.raises(Invalid, match="no database in it"):
        checked(path)


def test_an_archive_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr("database.sqlite", "rows")

    with pytest.raises(Invalid, match="is damaged"):
        checked(tmp_path / "a.zip")


def test_a_member_packed_in_a_strange_way_and_damaged_is_refused(tmp_path: Path) -> None:
    path, rows = tmp_path / "a.zip", b"rows" * 100
    listed = BackupMember("database.sqlite", len(rows), hashlib.sha256(rows).hexdigest())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("database.sqlite", rows)
        packed.writestr("manifest.json", manifest(listed).text(), zipfile.ZIP_STORED)
    whole = bytearray(path.read_bytes())
    whole[60:70] = b"\xff" * 10
    path.write_bytes(whole)

    with pytest.raises(Invalid, match="is damaged"):
        checked(path)


def test_a_register_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = a_backup(tmp_path / "a.zip", **{"database.sqlite": b"", "erasures.jsonl": b"\xff"})

    with Archive.opened(path) as archive, pytest.raises(Invalid, match="is damaged"):
        archive.text(archive.manifest.members[1])
