"""A dossier checked by a stranger: sound, altered, none at all, too large, and never kept."""

import io
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET, Visitor, words
from tests.support.world import World
from tests.workflow.dossiers.handed import Log, hand, house, repacked
from web.home import checks
from workflow.demo.play import LETTER
from workflow.dossiers.collect import DossierRequest


@pytest.fixture
def stranger(world: World, tmp_path: Path) -> Visitor:
    """The browser of somebody who has not signed in."""
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    return Visitor(an_app(settings, world.engine).test_client())


@pytest.fixture
def dossier(world: World, tmp_path: Path) -> Path:
    """The dossier of a short history, as it is handed out."""
    file, ref = tmp_path / "dossier.zip", world.programme("screening")
    log = Log(world, tmp_path)
    log.sign()
    log.state_heads()
    sources = house(tmp_path, log)
    sources.files.keep("letter-of-request.pdf", io.BytesIO(LETTER))
    hand(world, DossierRequest(ref, None), file, sources)
    return file


def sent(visitor: Visitor, content: bytes, name: str = "dossier.zip") -> TestResponse:
    form = {**visitor.hidden("/check"), "file": (io.BytesIO(content), name)}
    return visitor.flask.post("/check", data=form, content_type="multipart/form-data")


def test_a_dossier_is_checked_without_a_sign_in_and_an_altered_one_is_told(
    stranger: Visitor, dossier: Path
) -> None:
    altered = repacked(dossier, lambda members: members.update({"events/0002.json": b"{}"}))

    sound = sent(stranger, dossier.read_bytes())
    wrong = sent(stranger, altered.read_bytes())

    assert (sound.status_code, wrong.status_code) == (200, 200)
    assert "complete and unaltered since it was made" in words(sound)
    assert "Verdict: valid, but unanchored" in words(sound)
    assert "Something in it is not what was recorded." in words(wrong)
    assert "Verdict: invalid" in words(wrong)


def test_one_that_lacks_something_is_told_from_one_that_is_altered(
    stranger: Visitor, dossier: Path
) -> None:
    with zipfile.ZipFile(dossier) as opened:
        paper = next(name for name in opened.namelist() if name.startswith("documents/"))
    lacking = repacked(dossier, lambda members: members.pop(paper))

    answer = sent(stranger, lacking.read_bytes())

    assert "Something that belongs to it is missing" in words(answer)
    assert "Verdict: incomplete" in words(answer)


def test_nothing_of_it_is_kept(
    stranger: Visitor, dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))

    sent(stranger, dossier.read_bytes())

    assert list(aside.iterdir()) == []


def a_zip(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "", "Choose a file."),
        (b"", "dossier.zip", "This file is empty. Choose another one."),
        (b"no zip at all", "dossier.zip", "This is neither a receipt (.tlog-proof) nor a dossier"),
        (
            b"%PDF-1.7 a printed page",
            "receipt.pdf",
            "kept as PDF cannot be checked: take the proof",
        ),
        (a_zip(("documents/x", bytes(2_000_000))), "bomb.zip", "larger than is checked here"),
        (a_zip(*((str(each), b"") for each in range(30))), "many.zip", "larger than is checked"),
    ],
)
def test_what_cannot_be_checked_is_refused_beside_the_file(
    stranger: Visitor, content: bytes, name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LARGEST_UNPACKED", 1_000_000)
    monkeypatch.setattr(checks, "MOST_MEMBERS", 20)

    answer = sent(stranger, content, name)

    assert answer.status_code == 422
    assert says in words(answer)
    assert 'aria-invalid="true"' in words(answer)


def test_a_file_that_is_longer_than_is_read_is_refused(
    stranger: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LARGEST", 1000)

    answer = sent(stranger, bytes(1001))

    assert answer.status_code == 422
    assert "larger than is checked here" in words(answer)


def test_one_file_is_checked_at_a_time(stranger: Visitor) -> None:
    with checks.ONE:
        answer = sent(stranger, b"x")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Another file is being checked." in words(answer)


def test_the_first_page_has_the_form_with_its_limit(stranger: Visitor) -> None:
    page = stranger.page("/")

    assert 'action="/check"' in page
    assert "up to 20 MB. It is read and not kept." in page
