"""`primemover check`: a receipt against the log kept here, a dossier by its own bytes."""

from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from tests.support.visitors import Enter, entrance
from tests.support.world import World
from tests.web.anchors.conftest import Office
from tests.web.anchors.test_proofs import newest
from tests.web.cli.conftest import PrimeMover
from tests.workflow.dossiers.handed import Log, hand, house
from workflow.dossiers.collect import DossierRequest


@pytest.fixture
def world(sqlite_house_url: str) -> World:
    return World(sqlite_house_url)


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    return entrance(world, tmp_path)


def test_whoever_holds_a_receipt_is_told_what_it_proves_and_a_forged_one_is_refused(
    primemover: PrimeMover, world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, office = world.programme("consultation"), Office(world, tmp_path / "signer")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")
    office.sign()
    held = enter("paulo.sa").get(f"/log/proof/{newest(world, ref).hash.hex()}").text
    extra = held.split("\n")[1].removeprefix("extra ")
    altered = b64encode(b64decode(extra).replace(b"support_with_comments", b"objection")).decode()
    receipt, forged = tmp_path / "own.tlog-proof", tmp_path / "forged.tlog-proof"
    receipt.write_text(held, encoding="utf-8")
    forged.write_text(held.replace(extra, altered), encoding="utf-8")

    told = primemover("check", receipt, database_url=world.url)
    refused = primemover("check", forged, database_url=world.url)

    assert (told.exit_code, told.stderr) == (0, "")
    assert "the log kept here still holds it" in told.stdout
    assert f"on the history of {ref}, signoff.given" in told.stdout
    assert "Round: consultation, 1" in told.stdout
    assert "Answer: support_with_comments" in told.stdout
    assert "open licences" not in told.stdout
    assert refused.exit_code == 1
    assert refused.stderr == "The proof is not one of this entry.\n"
    world.close()


def test_a_dossier_is_checked_with_the_exit_status_of_its_own_program(
    primemover: PrimeMover, world: World, tmp_path: Path
) -> None:
    ref, log, dossier = world.programme("draft"), Log(world, tmp_path), tmp_path / "dossier.zip"
    log.state_heads()
    hand(world, DossierRequest(ref, None, bare=True), dossier, house(tmp_path, log))
    policy = tmp_path / "policy.txt"
    policy.write_text(log.policy)

    alone = primemover("check", dossier)
    believed = primemover("check", dossier, "--policy", policy)

    assert (alone.exit_code, believed.exit_code) == (3, 0)
    assert "valid, but unanchored" in alone.stdout
    world.close()


def test_what_is_neither_is_said_and_nothing_else_is_tried(
    primemover: PrimeMover, tmp_path: Path
) -> None:
    printed = tmp_path / "receipt.pdf"
    printed.write_bytes(b"%PDF-1.7 a printed page")

    refused = primemover("check", printed)
    missing = primemover("check", tmp_path / "nothing.zip")

    assert refused.exit_code == 1
    assert "receipt.pdf is neither a receipt (.tlog-proof) nor a dossier" in refused.stderr
    assert missing.exit_code == 2
