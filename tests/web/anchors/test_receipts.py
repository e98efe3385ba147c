"""A receipt taken from its page and checked by a stranger; forged ones are refused, each with a sentence."""

import io
from base64 import b64decode, b64encode

import pytest
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests.support.visitors import Enter, Visitor, words
from tests.support.world import World
from tests.web.anchors.conftest import Office, Watched
from tests.web.anchors.test_proofs import newest
from workflow.engine.models import LifecycleCase
from workflow.tlog.formats.note import SigningKey, signed
from workflow.tlog.formats.proof import Proof


@pytest.fixture
def receipt(world: World, enter: Enter, office: Office) -> str:
    """What Paulo takes away of the answer that he gave."""
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")
    office.sign()
    return enter("paulo.sa").get(f"/log/proof/{newest(world, ref).hash.hex()}").text


@pytest.fixture
def stranger(watched: Watched) -> Visitor:
    """The browser of somebody who has not signed in."""
    return Visitor(watched("paulo.sa").flask.application.test_client())


def only(world: World) -> str:
    """The only programme there is."""
    with world.engine.reading() as session:
        cases = select(LifecycleCase.ref).where(LifecycleCase.subject == "programme")
        return session.scalars(cases).one()


def checked(visitor: Visitor, receipt: str) -> TestResponse:
    file = (io.BytesIO(receipt.encode()), "SSC-2026-001-9.tlog-proof")
    form = {**visitor.hidden("/check"), "file": file}
    return visitor.flask.post("/check", data=form, content_type="multipart/form-data")


def told(receipt: str, old: bytes, new: bytes) -> str:
    """The receipt with something else in the event that it brings along."""
    extra = receipt.split("\n")[1].removeprefix("extra ")
    body = b64decode(extra)
    assert old in body
    return receipt.replace(extra, b64encode(body.replace(old, new)).decode())


def test_whoever_holds_a_receipt_checks_it_without_signing_in(
    stranger: Visitor, receipt: str
) -> None:
    page = words(checked(stranger, receipt))

    assert "the log kept here still holds it" in page
    assert "Supports, with comments" in page
    assert "Answer given" in page
    assert "signoff.given" not in page
    assert "Consultation of pivotal countries" in page
    assert "Focal point, Brazil" in page
    assert "Brazil" in page
    assert "Paulo" not in page
    assert "open licences" not in page


def test_a_receipt_is_forged_in_no_way(
    stranger: Visitor, receipt: str, office: Office, watched: Watched
) -> None:
    proof = Proof.read(receipt)
    another = SigningKey.generate("prime.example/log")
    checkpoint = proof.checkpoint.decode().partition("\n\n")[0] + "\n"
    forged = {
        "The proof is not one of this entry.": told(
            receipt, b'"support_with_comments"', b'"objection"'
        ),
        "No key that is known has signed the note.": receipt.replace(
            proof.checkpoint.decode(), signed(checkpoint, another).decode()
        ),
        "which is not the one kept here": receipt.replace("prime.example/log", "other.example/log"),
        "brings no event along": receipt.replace(receipt.split("\n")[1] + "\n", ""),
        "is not one of this note": receipt.replace(
            checkpoint, checkpoint.replace(f"\n{office.published.checkpoint.size}\n", "\n9999\n")
        ),
        "does not say the place": receipt.replace("\nindex ", "\nplace "),
        "too large for a receipt": receipt + "x" * 100_001,
    }

    for said, each in forged.items():
        answer = checked(stranger, each)
        assert (answer.status_code, said in words(answer)) == (422, True), said
        assert "What the receipt proves" not in words(answer)


def test_a_log_that_was_rewritten_is_told_by_the_receipt(
    world: World, stranger: Visitor, receipt: str
) -> None:
    with world.engine.transaction() as session:
        session.execute(text("drop trigger event_no_update"))
        given = text("update event set hash = :other where type = 'signoff.given' and seq = :seq")
        session.execute(given, {"other": bytes(32), "seq": newest(world, only(world)).seq})

    page = words(checked(stranger, receipt))

    assert "the log kept here no longer holds it so" in page
    assert "show it to the auditors" in page


def test_who_may_read_the_event_of_another_takes_the_proof_without_it(
    world: World, enter: Enter, receipt: str
) -> None:
    address = f"/log/proof/{newest(world, only(world)).hash.hex()}"

    officer, auditor = enter("jane.okello").get(address).text, enter("marie.laurent").get(address)

    assert Proof.read(officer).extra is None
    assert Proof.read(auditor.text).extra is not None
