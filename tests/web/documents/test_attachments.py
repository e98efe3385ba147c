import io
import re
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

import web
from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from workflow.engine.commands.file_document import attach
from workflow.engine.documents.file_store import File

PDF = b"%PDF-1.7 a letter"


def form(ref: str) -> str:
    return f"/programmes/{ref}/documents/proposal/edit/attached-files"


def send(
    visitor: Visitor, ref: str, name: str, content: bytes, under: str = "proposal"
) -> TestResponse:
    token = visitor.hidden(form(ref)) or visitor.hidden("/")
    data: dict[str, Any] = {**token, "under": under, "file": (io.BytesIO(content), name)}
    return visitor.flask.post(form(ref), data=data)


@pytest.fixture
def draft(world: World) -> str:
    return world.programme("draft")


@pytest.fixture
def submitter(enter: Enter) -> Visitor:
    return enter("joao.lima")


def test_a_file_is_attached_and_handed_out_again(draft: str, submitter: Visitor) -> None:
    answer = send(submitter, draft, "Carta nº 1.pdf", PDF)
    file = submitter.get(f"/programmes/{draft}/files/2", buffered=True)

    assert answer.status_code == 303
    assert "Carta nº 1.pdf" in submitter.page(form(draft))
    assert file.data == PDF


def test_a_download_is_shut_in(draft: str, submitter: Visitor) -> None:
    send(submitter, draft, "letter.pdf", PDF)

    headers = submitter.get(f"/programmes/{draft}/files/2", buffered=True).headers

    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == "attachment; filename=letter.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", b"<script>", "Files of this type cannot be attached."),
        ("letter.pdf", b"MZ", "The file is not what its name says"),
        ("letter.pdf", b"", "This file is empty."),
        ("", b"", "Choose a file first."),
    ],
)
def test_what_may_not_be_attached_is_refused_with_its_reason(
    draft: str, submitter: Visitor, name: str, content: bytes, sentence: str
) -> None:
    answer = send(submitter, draft, name, content)

    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.parametrize(("under", "status"), [("", 422), ("project_document", 422), ("\x00", 400)])
def test_a_file_needs_a_kind_of_this_form(
    draft: str, submitter: Visitor, under: str, status: int
) -> None:
    assert send(submitter, draft, "letter.pdf", PDF, under).status_code == status


def test_a_hostile_name_is_cleaned(draft: str, submitter: Visitor) -> None:
    send(submitter, draft, "../../<b>letter\u202e.pdf", PDF)

    answer = submitter.get(f"/programmes/{draft}/files/2", buffered=True)

    assert answer.headers["Content-Disposition"] == "attachment; filename=_b_letter.pdf"


def test_a_file_larger_than_a_request_may_be_is_refused(draft: str, submitter: Visitor) -> None:
    answer = submitter.flask.post(
        form(draft), data=b"0" * 60_000_000, content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code == 413
    assert "a file may have 20 MB" in words(answer)


def test_the_page_says_what_is_looked_at_before_a_file_is_sent(
    draft: str, submitter: Visitor
) -> None:
    page = submitter.page(form(draft))

    assert 'data-most="20"' in page
    assert "This file has {size} MB; at most 20 MB fit. Nothing was sent." in page
    assert "uploads.js" in page


def test_a_page_that_sends_a_file_itself_is_told_where_to_go_on_or_what_is_wrong(
    draft: str, submitter: Visitor
) -> None:
    address, script = form(draft), {"Accept": "application/json"}
    token = submitter.hidden(address)

    def sent(content: bytes) -> TestResponse:
        file = {"under": "proposal", "file": (io.BytesIO(content), "plan.pdf")}
        return submitter.flask.post(address, data=token | file, headers=script)

    refused, taken = sent(b"MZ"), sent(PDF)

    assert (refused.status_code, taken.status_code) == (422, 200)
    assert "The file is not what its name says" in refused.json["problem"]
    assert taken.json == {"next": address}
    assert "plan.pdf is attached." in submitter.page(address)


def test_a_file_is_taken_out(draft: str, submitter: Visitor) -> None:
    answer = submitter.post(f"{form(draft)}/1/remove", page=form(draft), follow=True)

    assert "The file is taken off" in words(answer)
    assert "letter-of-request.pdf" not in words(answer)


@pytest.mark.parametrize("attachment", ["99", "99999999999999999999999"])
def test_a_file_that_is_not_there_is_not_found(
    draft: str, submitter: Visitor, attachment: str
) -> None:
    removal = submitter.post(f"{form(draft)}/{attachment}/remove", page=form(draft))
    download = submitter.get(f"/programmes/{draft}/files/{attachment}")

    assert (removal.status_code, download.status_code) == (404, 404)


def test_strangers_neither_see_nor_send_nor_remove_files_of_a_draft(
    draft: str, submitter: Visitor, enter: Enter
) -> None:
    send(submitter, draft, "letter.pdf", PDF)
    stranger = enter("leilani.tau")

    answers = [
        stranger.get(f"/programmes/{draft}/files/2"),
        stranger.get(form(draft)),
        stranger.post(f"{form(draft)}/1/remove", page="/"),
        send(stranger, draft, "letter.pdf", PDF),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4


def test_a_file_of_one_programme_is_not_handed_out_under_another(
    world: World, draft: str, enter: Enter
) -> None:
    other = world.programme("screening")

    assert enter("joao.lima").get(f"/programmes/{other}/files/1").status_code == 404


def test_readers_may_not_attach(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    assert send(enter("joao.lima"), ref, "letter.pdf", PDF).status_code == 409
    assert send(enter("jane.okello"), ref, "letter.pdf", PDF).status_code == 403


def test_bytes_that_are_lost_are_not_found(world: World, draft: str, submitter: Visitor) -> None:
    lost = File("lost.pdf", "application/pdf", 3, "0" * 64)
    number = attach(world.engine, world.person("joao.lima"), draft, "proposal", lost)

    assert submitter.get(f"/programmes/{draft}/files/{number}").status_code == 404


# Where a file that could not be sent is chosen once more.
AGAIN = frozenset({"errors/_fields.html", "account/interrupted.html"})


def test_each_field_for_a_file_is_looked_at_before_it_is_sent() -> None:
    folder = Path(web.__file__).parent / "templates"
    texts = {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8")
        for each in folder.rglob("*.html")
    }

    fields = {name for name, text in texts.items() if 'type="file"' in text} - AGAIN
    forms = {name for name, text in texts.items() if re.search(r"upload\(|FileField", text)}
    shown = {
        name
        for name, text in texts.items()
        if name in fields | forms or 'include "home/_check_form.html"' in text
    } - {"macros/files.html", "home/_check_form.html", "home/_proof.html"}

    assert all("looked_at(" in texts[name] for name in fields)
    assert len(shown) > 4
    assert [name for name in shown if "uploads.js" not in texts[name]] == []


def test_what_else_takes_files_says_of_which_kind_and_how_large(enter: Enter) -> None:
    pages = {
        "/check": (".zip", "Nothing was sent"), "/programmes/import": (".csv", "CSV is. Nothing was sent"),
    }  # fmt: skip
    jane = enter("jane.okello")

    for address, (ending, sentence) in pages.items():
        page = jane.page(address)
        assert re.search(rf'accept="{re.escape(ending)}[^>]*data-most="\d+"', page), address
        assert sentence in page
        assert "uploads.js" in page
