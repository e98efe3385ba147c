"""What a receipt proves on either database: the event it brings, its place, and that it is still held."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from tests.workflow.audit.tampering import tampering
from tests.workflow.tlog.writing import Hand, a_signer, logged, open_cases, reading
from workflow.audit.models import Event
from workflow.errors import Invalid
from workflow.tlog.formats.proof import Proof
from workflow.tlog.inclusion import proof_file
from workflow.tlog.receipts import checked_receipt


def test_a_receipt_proves_its_own_event_and_no_other(database: Engine, tmp_path: Path) -> None:
    signer, refs = a_signer(database, tmp_path / "pen", Hand()), open_cases(database, 2)
    first, second = logged(database, refs)
    signer.step()

    with reading(database) as session:
        bodies = {bytes(row.hash): bytes(row.body) for row in session.query(Event)}
        own = proof_file(session, first, bodies[first]) or ""
        of_another = proof_file(session, first, bodies[second]) or ""
        garbled = proof_file(session, first, b"{}") or ""
        bare = proof_file(session, first) or ""
        found = checked_receipt(session, own)
        refused = []
        for each in (of_another, garbled, bare, "nothing", own.replace("index 1", "index 2")):
            with pytest.raises(Invalid) as told:
                checked_receipt(session, each)
            refused.append(str(told.value))

    assert (found.event.case, found.event.type, found.kept) == (refs[0], "history.read", True)
    assert found.index == Proof.read(own).index
    assert found.checkpoint.size == 3
    assert refused[:2] == ["The proof is not one of this entry."] * 2
    assert "brings no event along" in refused[2]
    assert "tlog-proof@v1" in refused[3]
    assert refused[4] == "The proof is not one of this entry."


def test_a_log_whose_event_was_altered_beside_its_hash_holds_it_no_more(
    database: Engine, tmp_path: Path
) -> None:
    signer, refs = a_signer(database, tmp_path / "pen", Hand()), open_cases(database, 2)
    first, _ = logged(database, refs)
    signer.step()
    with reading(database) as session:
        body = bytes(session.query(Event).filter(Event.hash == first).one().body)
        own = proof_file(session, first, body) or ""
    with tampering(database) as connection:
        altered = update(Event).where(Event.hash == first).values(body=body.replace(b"20", b"21"))
        connection.execute(altered)
        with Session(connection) as session:
            found = checked_receipt(session, own)

    assert (found.event.case, found.kept) == (refs[0], False)
