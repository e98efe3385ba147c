"""The dossier of a history on its page: what it says, who gets it, and what is recorded."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.workflow.dossiers.handed import FONTS, Log, examined
from workflow.audit.models import Event
from workflow.tlog.witnesses.models import Anchor

AUDITOR = "marie.laurent"


@pytest.fixture(autouse=True)
def kept_fonts(tmp_path: Path) -> None:
    """Fonts are made once for all tests."""
    FONTS.mkdir(exist_ok=True)
    (tmp_path / "cache").symlink_to(FONTS, target_is_directory=True)


def exported(world: World) -> list[int | None]:
    with world.engine.reading() as session:
        told = select(Event.person_id).where(Event.type == "history.exported")
        return list(session.scalars(told))


def test_the_history_leads_to_its_dossier(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)

    assert f'href="/histories/{ref}/dossier"' in marie.page(f"/histories/{ref}")
    page = marie.page(f"/histories/{ref}/dossier")

    assert "Make the dossier" in page
    assert "No checkpoint has been signed yet" in page


def test_looking_at_the_page_records_no_copy(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    enter(AUDITOR).page(f"/histories/{ref}/dossier")

    assert exported(world) == []


def test_the_dossier_is_a_zip_that_checks(world: World, enter: Enter, tmp_path: Path) -> None:
    ref = world.programme("screening")
    log = Log(world, tmp_path)
    log.state_heads()
    marie, target, policy = enter(AUDITOR), tmp_path / "taken.zip", tmp_path / "policy.txt"

    answer = marie.post(f"/histories/{ref}/dossier", {"bare": "y"})
    target.write_bytes(answer.data)
    policy.write_text(log.policy)

    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert f"dossier-{ref}.zip" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert examined(target, policy).status == 0
    assert exported(world) == [world.person(AUDITOR)]
    with world.engine.reading() as session:
        anchored = session.scalars(select(Anchor).where(Anchor.kind == "dossier")).one()
    assert anchored.recipient == f"p{world.person(AUDITOR)}"


def test_a_second_dossier_leads_from_the_checkpoint_of_the_first(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref = world.programme("screening")
    log, marie = Log(world, tmp_path), enter(AUDITOR)
    log.sign()
    first, second, policy = (tmp_path / name for name in ("first.zip", "second.zip", "policy.txt"))
    first.write_bytes(marie.post(f"/histories/{ref}/dossier", {"bare": "y"}).data)
    log.state_heads()

    second.write_bytes(marie.post(f"/histories/{ref}/dossier", {"bare": "y"}).data)
    policy.write_text(log.policy)
    report = examined(second, policy, first)

    assert report.status == 0
    assert "goes on from the checkpoint that you kept" in " ".join(report.facts)


def test_a_size_that_is_none_is_told_beside_its_field(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)

    answer = marie.post(f"/histories/{ref}/dossier", {"since": "-5"})

    assert answer.status_code == 422
    assert "Give the number on its second line." in words(answer)
    assert exported(world) == []


def test_a_draft_has_no_dossier_for_strangers(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    stranger = enter("priya.menon")
    address = f"/histories/{ref}/dossier"

    shown = stranger.get(address)
    made = stranger.post(address, page="/histories")

    assert (shown.status_code, made.status_code) == (404, 404)
    assert exported(world) == []


def test_the_readable_history_shows_what_a_name_does_not_run(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    """Text of people stays text in the page and in the print."""
    hostile = '<script>alert(1)</script> #read("/etc/passwd") $x$ =1+1'
    ref = world.propose("joao.lima", "moz", {"title": hostile, "areas": ["hiv-aids"]})

    answer = enter(AUDITOR).post(f"/histories/{ref}/dossier")
    with ZipFile(io.BytesIO(answer.data)) as taken:
        page, print_out = taken.read("history.html").decode(), taken.read("history.pdf")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert print_out.startswith(b"%PDF-1.7")
