"""Proofs on receipts and histories, and who may take one away."""

import pytest
from sqlalchemy import select

from tests.support.statements import asked
from tests.support.visitors import Enter, words
from tests.support.world import World
from tests.web.anchors.conftest import Office
from tests.workflow.tlog.published import listening
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.tlog.formats.proof import Proof
from workflow.tlog.witnesses.anchors import AnchorKind, departures
from workflow.tlog.witnesses.witness import Witness
from workflow.vocabulary import REGISTER

AUDITOR = "marie.laurent"


def newest(world: World, ref: str) -> Event:
    with world.engine.reading() as session:
        case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        events = select(Event).where(Event.case_id == case, Event.type == "signoff.given")
        return session.scalars(events.order_by(Event.seq.desc()).limit(1)).one()


@pytest.fixture
def answered(world: World) -> tuple[str, Event]:
    """A programme on which Paulo has answered, and the event of that."""
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")
    return ref, newest(world, ref)


def test_a_receipt_waits_for_its_proof(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event]
) -> None:
    ref, event = answered

    page = enter("paulo.sa").page(f"/programmes/{ref}/receipts/{event.seq}")

    assert "Inclusion pending" in page
    assert event.hash.hex() in page
    assert enter("paulo.sa").get(f"/log/proof/{event.hash.hex()}").status_code == 404
    with world.engine.reading() as session:
        assert departures(session) == ()


def test_a_receipt_hands_out_a_proof_that_stands_alone(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event]
) -> None:
    ref, event = answered
    office.sign()
    paulo = enter("paulo.sa")

    page = paulo.page(f"/programmes/{ref}/receipts/{event.seq}")
    file = paulo.get(f"/log/proof/{event.hash.hex()}")

    assert "In the log" in page
    assert office.published.note in page
    assert "No witness outside has signed it yet" in page
    assert f"{ref}-{event.seq}.tlog-proof" in file.headers["Content-Disposition"]
    shown, _ = Proof.read(file.text).shows(event.hash, [office.key], "prime.example/log")
    assert shown == office.published.checkpoint
    with world.engine.reading() as session:
        assert [each.kind for each in departures(session)] == [AnchorKind.RECEIPT]


def test_a_proof_leads_to_the_checkpoint_that_a_witness_signed(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event], watcher: Witness
) -> None:
    ref, event = answered
    witnessed = office.published.checkpoint
    with listening(watcher) as url:
        office.call(watcher, url)
    world.answer(ref, "consultation", "priya.menon", "support", "")
    later = office.sign()

    page = enter("paulo.sa").page(f"/programmes/{ref}/receipts/{event.seq}")
    file = enter("paulo.sa").get(f"/log/proof/{event.hash.hex()}")

    known = [office.key, watcher.verifier]
    shown, note = Proof.read(file.text).shows(event.hash, known, "prime.example/log")
    assert later > shown.size == witnessed.size
    assert [each.name for each in note.signatures][1:] == ["audit.example.org/w1"]
    assert "Witnessed by audit.example.org/w1" in page


def test_a_history_links_the_proof_of_each_event(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event]
) -> None:
    ref, event = answered
    office.sign()
    world.answer(ref, "consultation", "priya.menon", "support", "")
    late = newest(world, ref)

    page = enter("jane.okello").page(f"/histories/{ref}")

    assert f"/log/proof/{event.hash.hex()}" in page
    assert f"/log/proof/{late.hash.hex()}" not in page
    assert "inclusion pending" in page


def test_a_history_without_a_log_promises_nothing(
    world: World, enter: Enter, answered: tuple[str, Event]
) -> None:
    page = enter("jane.okello").page(f"/histories/{answered[0]}")

    assert "inclusion pending" not in page


def test_the_proof_of_a_draft_is_for_those_who_may_see_it(
    world: World, enter: Enter, office: Office
) -> None:
    ref = world.programme("draft")
    with world.engine.reading() as session:
        case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        event = session.scalars(select(Event).where(Event.case_id == case)).first()
    office.sign()
    assert event is not None

    statuses = {
        key: enter(key).get(f"/log/proof/{event.hash.hex()}").status_code
        for key in ("paulo.sa", AUDITOR)
    }

    assert statuses == {"paulo.sa": 404, AUDITOR: 200}


def test_whoever_asks_for_a_proof_has_one_event_read_however_long_the_history(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event]
) -> None:
    paulo = enter("paulo.sa")
    paulo.get("/queue")

    with asked(world.engine.database) as found:
        paulo.get(f"/log/proof/{answered[1].hash.hex()}")

    read = [each for one in found.transactions for each in one.statements if "FROM event " in each]
    assert read
    assert [each for each in read if "event.seq = " not in each] == []


def test_the_proofs_of_the_register_are_for_auditors(
    world: World, enter: Enter, office: Office
) -> None:
    with world.engine.reading() as session:
        case = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
        event = session.scalars(select(Event).where(Event.case_id == case)).first()
    office.sign()
    assert event is not None

    statuses = [
        enter(key).get(f"/log/proof/{event.hash.hex()}").status_code
        for key in ("paulo.sa", AUDITOR)
    ]

    assert statuses == [404, 200]


@pytest.mark.parametrize("event", ["0" * 64, "0" * 63, "x" * 64, "é" * 64, "0" * 62 + " 0", ".."])
def test_there_is_no_proof_of_nothing(enter: Enter, event: str) -> None:
    answer = enter(AUDITOR).get(f"/log/proof/{event}")

    assert answer.status_code == 404, words(answer)


def test_nobody_takes_a_proof_without_signing_in(
    world: World, enter: Enter, office: Office, answered: tuple[str, Event]
) -> None:
    office.sign()
    stranger = enter("paulo.sa")
    stranger.post("/account/logout", page="/")

    answer = stranger.get(f"/log/proof/{answered[1].hash.hex()}")

    assert (answer.status_code, "/account/login" in answer.headers["Location"]) == (303, True)
