"""The dossier of a history on its page: what it says, who gets it, and what is recorded."""

import html
import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, Visitor, made, words
from tests.support.world import World
from tests.web.reviews.answered import CHECKED
from tests.web.words.test_in_a_language import reading, said_in, standard
from tests.workflow.dossiers.handed import FONTS, Log, examined
from workflow.audit.models import Event
from workflow.orders.models import FileOrder
from workflow.tlog.witnesses.models import Anchor

AUDITOR = "marie.laurent"


@pytest.fixture(autouse=True)
def kept_fonts(tmp_path: Path) -> None:
    """Fonts are made once for all tests."""
    FONTS.mkdir(exist_ok=True)
    (tmp_path / "cache").symlink_to(FONTS, target_is_directory=True)


def ordered(visitor: Visitor, ref: str, data: dict[str, str] | None = None) -> TestResponse:
    """Order a dossier on its page."""
    return visitor.post(f"/histories/{ref}/dossier", data)


def taken(visitor: Visitor, ref: str) -> TestResponse:
    """Take the dossier away by the button of the page."""
    address = f"/histories/{ref}/dossier"
    (button,) = re.findall(f'action="({address}/[0-9]+)"', visitor.page(address))
    return visitor.post(button, page=address)


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

    order = ordered(marie, ref, {"bare": "y"})
    made(world, tmp_path)
    not_yet = exported(world)
    answer = taken(marie, ref)
    target.write_bytes(answer.data)
    policy.write_text(log.policy)

    assert (order.status_code, order.headers["Location"]) == (303, f"/histories/{ref}/dossier")
    assert not_yet == []
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
    ordered(marie, ref, {"bare": "y"})
    made(world, tmp_path)
    first.write_bytes(taken(marie, ref).data)
    log.state_heads()

    ordered(marie, ref, {"bare": "y"})
    made(world, tmp_path)
    second.write_bytes(taken(marie, ref).data)
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
    refused = stranger.post(address, page="/histories")

    assert (shown.status_code, refused.status_code) == (404, 404)
    assert exported(world) == []


def test_the_readable_history_shows_what_a_name_does_not_run(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    """Text of people stays text in the page and in the print."""
    hostile = '<script>alert(1)</script> #read("/etc/passwd") $x$ =1+1'
    ref = world.propose("joao.lima", "moz", {"title": hostile, "areas": ["hiv-aids"]})

    marie = enter(AUDITOR)
    ordered(marie, ref)
    made(world, tmp_path)

    answer = taken(marie, ref)
    with ZipFile(io.BytesIO(answer.data)) as package:
        page, print_out = package.read("history.html").decode(), package.read("history.pdf")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert print_out.startswith(b"%PDF-1.7")


def test_the_page_says_how_far_the_order_is(world: World, enter: Enter, tmp_path: Path) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    marie, jane = enter(AUDITOR), enter("jane.okello")
    address = f"/histories/{ref}/dossier"
    ordered(jane, other)
    ordered(marie, ref)

    behind = marie.page(address)
    made(world, tmp_path)
    ready = marie.page(address)

    assert "It waits behind 1 other." in behind
    assert f'href="{address}">Look again</a>' in behind
    assert "Make the dossier" not in behind
    assert "It is ready and is kept until" in ready
    assert "Take the dossier away" in ready
    assert "Make the dossier" in ready


def test_where_nobody_is_at_work_the_page_says_so_and_the_order_is_kept(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie = world.programme("screening"), enter(AUDITOR)
    ordered(marie, ref)
    at_once = marie.page(f"/histories/{ref}/dossier")

    world.clock.pass_time(minutes=1)
    later = marie.page(f"/histories/{ref}/dossier")
    made(world, tmp_path)

    assert "seems to stand still" not in at_once
    assert "the work behind the pages seems to stand still" in later
    assert "Your order is kept." in later
    assert taken(marie, ref).status_code == 200


def test_a_second_dossier_is_not_begun_while_one_is_made(world: World, enter: Enter) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    marie = enter(AUDITOR)

    first, again, another = ordered(marie, ref), ordered(marie, ref), ordered(marie, other)

    assert (first.status_code, again.status_code, another.status_code) == (303, 303, 409)
    assert f"A dossier of {ref} is being made for you." in words(another)


def test_nobody_fetches_what_somebody_else_ordered(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie, kofi = world.programme("screening"), enter(AUDITOR), enter("jane.okello")
    address = f"/histories/{ref}/dossier"
    ordered(marie, ref)
    made(world, tmp_path)
    (button,) = re.findall(f'action="({address}/[0-9]+)"', marie.page(address))

    answer = kofi.post(button, page=address)

    assert answer.status_code == 404
    assert "Take the dossier away" not in kofi.page(address)
    assert exported(world) == []


def test_a_dossier_that_could_not_be_made_is_told_and_can_be_ordered_again(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie = world.programme("screening"), enter(AUDITOR)
    ordered(marie, ref)
    (tmp_path / "dossiers").write_text("no folder")
    made(world, tmp_path)

    failed = marie.page(f"/histories/{ref}/dossier")
    (tmp_path / "dossiers").unlink()
    ordered(marie, ref)
    made(world, tmp_path)

    assert "It could not be made." in failed
    assert taken(marie, ref).status_code == 200


def test_it_is_written_in_the_language_of_whoever_ordered_it(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie = world.programme("screening"), enter(AUDITOR)
    ordered(marie, ref)
    with world.engine.transaction() as session:
        session.execute(update(FileOrder).values(language="fr"))

    made(world, tmp_path)

    with ZipFile(io.BytesIO(taken(marie, ref).data)) as package:
        assert '<html lang="fr"' in package.read("history.html").decode()


def test_a_dossier_ordered_in_a_language_says_what_the_lifecycle_says_in_it(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie = world.programme("screening"), reading(enter(AUDITOR), "fr")
    said_in(world, standard(world), "fr", "fr")
    jane = reading(enter("jane.okello"), "fr")
    page = round_page(world, ref, "screening", "jane.okello")
    decide(jane, page, {"verdict": "open_consultation", **CHECKED})
    log = Log(world, tmp_path)
    log.sign()
    ordered(marie, ref)
    made(world, tmp_path)

    answer = taken(marie, ref)
    with ZipFile(io.BytesIO(answer.data)) as package:
        history = html.unescape(package.read("history.html").decode())
        kept = [name for name in package.namelist() if not name.startswith("history.")]
        proven = b"".join(map(package.read, kept)).decode(errors="replace")

    assert "“Eligible: consult the pivotal countries ‹fr›”" in history
    assert "Eligible: consult the pivotal countries" in proven
    assert "‹fr›" not in proven
    assert '"language":"fr"' in proven
    (tmp_path / "dossier.zip").write_bytes(answer.data)
    (tmp_path / "policy").write_text(log.policy)
    report = examined(tmp_path / "dossier.zip", tmp_path / "policy")
    # The attached letter lies in the house of all tests, and no heads are stated in this one.
    assert all("is missing" in said or "No statement" in said for _, said in report.faults)
