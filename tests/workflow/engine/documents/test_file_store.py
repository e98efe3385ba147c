import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from workflow.engine.documents.file_store import FileStore
from workflow.engine.documents.file_types import clean_name
from workflow.errors import Invalid, NotFound

PDF = b"%PDF-1.7\n1 0 obj\n"
WORD = ("[Content_Types].xml", "word/document.xml")
EXCEL = ("[Content_Types].xml", "xl/workbook.xml")
TEXT_DOCUMENT = "application/vnd.oasis.opendocument.text"


def package(*names: str, mimetype: str = "", filling: bytes = b"<x/>") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        if mimetype:
            parts.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            parts.writestr(name, filling)
    return written.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files", largest=2_000_000)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("Letter.PDF", PDF, "application/pdf"),
        ("map.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("photo.jpg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("notes.txt", "São Tomé\n".encode(), "text/plain"),
        ("budget.csv", "a;b\r\n1;2\r\n".encode("cp1252"), "text/csv"),
        ("letter.odt", package("content.xml", mimetype=TEXT_DOCUMENT), TEXT_DOCUMENT),
    ],
)
def test_a_file_of_an_allowed_type_is_kept(
    store: FileStore, name: str, content: bytes, media_type: str
) -> None:
    file = store.keep(name, io.BytesIO(content))

    assert (file.media_type, file.size) == (media_type, len(content))
    assert store.path(file.digest).read_bytes() == content


@pytest.mark.parametrize(("name", "parts"), [("a.docx", WORD), ("a.xlsx", EXCEL)])
def test_office_packages_are_told_by_their_main_part(
    store: FileStore, name: str, parts: tuple[str, ...]
) -> None:
    file = store.keep(name, io.BytesIO(package(*parts)))

    assert "openxmlformats" in file.media_type


def test_bytes_lie_two_folders_deep_under_their_digest(store: FileStore) -> None:
    file = store.keep("letter.pdf", io.BytesIO(PDF))

    digest = hashlib.sha256(PDF).hexdigest()
    assert file.digest == digest
    assert store.path(digest) == store.root / digest[:2] / digest[2:4] / digest


def test_the_same_bytes_are_kept_once_and_closed_to_writing(store: FileStore) -> None:
    first = store.keep("one.pdf", io.BytesIO(PDF))
    second = store.keep("two.pdf", io.BytesIO(PDF))

    kept = [path for path in store.root.rglob("*") if path.is_file()]
    assert first.digest == second.digest
    assert kept == [store.path(first.digest)]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o400


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.exe", b"MZ\x90"),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg/>"),
        ("no-ending", PDF),
        (".pdf", PDF),
        ("letter.pdf", b"MZ\x90\x00 a program"),
        ("map.png", PDF),
        ("photo.jpg", b"GIF89a"),
        ("notes.txt", b"a\x00b"),
        ("letter.docx", PDF),
        ("letter.docx", package(*EXCEL)),
        ("letter.docx", package(*WORD, "word/vbaProject.bin")),
        ("letter.odt", package("content.xml", mimetype="application/zip")),
        ("letter.odt", package("content.xml")),
        ("sheet.ods", package("content.xml", mimetype=TEXT_DOCUMENT)),
        ("letter.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_may_be_is_refused(
    store: FileStore, name: str, content: bytes
) -> None:
    with pytest.raises(Invalid) as refusal:
        store.keep(name, io.BytesIO(content))

    assert "file" in refusal.value.faults
    assert [path for path in store.root.rglob("*") if path.is_file()] == []


def test_a_package_that_floods_whoever_opens_it_is_refused(store: FileStore) -> None:
    bomb = package(*WORD, filling=b"0" * 30_000_000)

    with pytest.raises(Invalid, match="unpack to far more"):
        store.keep("letter.docx", io.BytesIO(bomb))


def test_a_package_of_too_many_parts_is_refused(store: FileStore) -> None:
    crowd = package(*WORD, *(f"p{number}" for number in range(6000)))

    with pytest.raises(Invalid, match="unpack to far more"):
        store.keep("letter.docx", io.BytesIO(crowd))


def test_a_file_larger_than_allowed_is_refused_and_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(Invalid, match="at most 1 MB"):
        store.keep("letter.pdf", io.BytesIO(PDF + b"0" * 2_000_000))

    assert [path for path in store.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("letter\x00.pdf", "letter.pdf"),
        ("letter\r\nSet-Cookie: a.pdf", "letter Set-Cookie_ a.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  ..hidden.pdf. ", "hidden.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("Pedido de cooperação.pdf", "Pedido de cooperação.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_hostile_names_become_harmless(hostile: str, clean: str) -> None:
    assert clean_name(hostile) == clean


@pytest.mark.parametrize("digest", ["", "../../secret_key", "0" * 64, "Z" * 64, "0" * 63 + "\n"])
def test_only_what_is_kept_can_be_fetched(store: FileStore, digest: str) -> None:
    with pytest.raises(NotFound):
        store.path(digest)
