"""Bringing programmes in by a page: who may, what is refused beside the file, and what comes back."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.support.visitors import Enter, Visitor, made, words
from tests.support.world import World
from tests.workflow.programmes.samples import a_file
from web.imports import views
from workflow.engine.models import LifecycleCase
from workflow.programmes.models import ImportedProgramme

PAGE = "/programmes/import"


def send(visitor: Visitor, content: bytes, name: str = "ours.csv", **more: str) -> TestResponse:
    """Choose a file and send it."""
    sent = {**visitor.hidden(PAGE), **more, "file": (io.BytesIO(content), name)}
    return visitor.flask.post(PAGE, data=sent, content_type="multipart/form-data")


def taken(visitor: Visitor) -> str:
    """The file that came back."""
    place = visitor.page(PAGE).split('action="/orders/')[1].split('"')[0]
    return visitor.post(f"/orders/{place}", page=PAGE).get_data(as_text=True)


def imported(world: World) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).select_from(ImportedProgramme)) or 0


@pytest.mark.parametrize("who", ["joao.lima", "marie.laurent"])
def test_it_is_for_officers_and_administrators(enter: Enter, who: str) -> None:
    assert enter(who).get(PAGE).status_code == 403
    assert f'href="{PAGE}"' not in enter(who).page("/programmes")


def test_a_file_is_tried_first_and_nothing_is_kept(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    jane = enter("jane.okello")

    answer = send(jane, a_file({}, {"title": "Second"}))
    made(world, tmp_path)

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "2 created, 0 changed, 0 unchanged; nothing was kept." in jane.page(PAGE)
    assert imported(world) == 0


def test_a_file_is_brought_in_by_whom_its_histories_name(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    jane = enter("jane.okello")
    send(jane, a_file({}), keep="yes")
    made(world, tmp_path)

    page, report = jane.page(PAGE), taken(jane)

    assert "1 created, 0 changed, 0 unchanged." in page
    assert 'href="/records"' in page
    assert "SSC-T1,created," in report
    assert "Rice seed" in jane.page("/programmes/SSC-T1")
    assert "Jane Okello" in jane.page("/histories/SSC-T1")


def test_the_same_file_again_changes_nothing(world: World, enter: Enter, tmp_path: Path) -> None:
    naledi = enter("naledi.khumalo")
    for _ in range(2):
        send(naledi, a_file({}), keep="yes")
        made(world, tmp_path)

    assert "0 created, 0 changed, 1 unchanged." in naledi.page(PAGE)
    assert 'href="/records"' not in naledi.page(PAGE)


def test_every_fault_is_said_at_once_and_comes_as_a_file(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    jane = enter("jane.okello")

    answer = send(jane, a_file({"title": ""}, {"dac_sector_code": "1"}), keep="yes")
    made(world, tmp_path)
    page, faults = jane.page(PAGE), taken(jane)

    assert answer.status_code == 422
    assert "is empty, but every programme needs one." in words(answer)
    assert "is not a purpose code in force" in words(answer)
    assert "2 faults" in page
    assert "is not a purpose code in force" in faults
    assert imported(world) == 0


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "ours.csv", "This file is empty. Choose another one."),
        (b"", "", "Choose a file."),
        (b"\xff\xfe\x00", "ours.csv", "ours.csv"),
        (b"id,title\n1,2\n", "ours.csv", "This column is missing."),
    ],
)
def test_what_is_no_file_of_programmes_is_refused_with_a_sentence(
    world: World, enter: Enter, content: bytes, name: str, says: str
) -> None:
    answer = send(enter("jane.okello"), content, name)

    assert answer.status_code == 422
    assert says in words(answer)
    assert 'aria-invalid="true"' in words(answer)


def test_a_file_that_is_too_large_is_sent_to_the_command_line(
    enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LARGEST", 100)

    answer = send(enter("jane.okello"), a_file({}))

    assert answer.status_code == 422
    assert "primemover import programmes FILE.csv" in words(answer)


def test_a_second_file_waits_for_the_first(world: World, enter: Enter) -> None:
    jane = enter("jane.okello")
    send(jane, a_file({}))

    answer = send(jane, a_file({"title": "Another"}))

    assert answer.status_code == 422
    assert "A file is being made for you." in words(answer)


def test_an_id_that_was_taken_by_something_else_is_said(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref = world.programme("screening")
    jane = enter("jane.okello")
    with world.engine.reading() as session:
        assert session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(
            LifecycleCase.__table__.update().where(LifecycleCase.ref == ref).values(ref="SSC-T1")
        )

    send(jane, a_file({}), keep="yes")
    made(world, tmp_path)

    assert "stands already for something that was not imported" in jane.page(PAGE)
