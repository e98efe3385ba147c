"""An event that was taken out, renumbered or moved is missed, and a tail cut off, as long as the head is left."""

import pytest
from sqlalchemy import Connection, Engine, delete, select, update

from tests.workflow.audit.tampering import CASE, EVENT, TABLES, case_id, found, place, tampering


@pytest.mark.parametrize("seq", [1, 2, 10, 19])
def test_an_event_taken_out_is_missed(recorded: Engine, seq: int) -> None:
    with tampering(recorded) as connection:
        take_out(connection, seq)

        difference = found(connection)

    assert difference is not None
    assert difference.seq == seq
    assert difference.sentence == f"Event {seq} is missing: the next one is {seq + 1}."


@pytest.mark.parametrize("seq", [1, 2, 10, 19])
def test_renumbering_does_not_hide_an_event_taken_out(recorded: Engine, seq: int) -> None:
    with tampering(recorded) as connection:
        take_out(connection, seq)
        for later in range(seq + 1, 21):
            connection.execute(update(EVENT).where(*place(connection, later)).values(seq=later - 1))

        difference = found(connection)

    assert difference is not None
    assert difference.seq == seq
    assert "the link to the event before" in difference.sentence


def test_a_chain_mended_after_an_event_taken_out_is_found_by_its_numbers(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        before = connection.execute(select(EVENT).where(*place(connection, 10))).one()
        take_out(connection, 11)
        connection.execute(
            update(EVENT).where(*place(connection, 12)).values(seq=11, prev=before.hash)
        )

        difference = found(connection)

    assert difference is not None
    assert difference.sentence.startswith("Event 11: the number kept with it")


def test_a_tail_cut_off_is_found_by_the_head(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        take_out(connection, 20)

        difference = found(connection)

    assert difference is not None
    assert "ends with event 19, but the case names 20" in difference.sentence


def test_a_tail_cut_off_together_with_the_head_is_beyond_this_check(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        take_out(connection, 20)
        last = connection.execute(select(EVENT).where(*place(connection, 19))).one()
        connection.execute(
            update(CASE)
            .where(CASE.c.ref == "SSC-1")
            .values(head_seq=19, head_hash=last.hash, head_at=last.at)
        )

        difference = found(connection)

    assert difference is None


def test_an_event_moved_to_another_case_is_found(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        take_out(connection, 20)
        moved = update(EVENT).where(*place(connection, 20, "SSC-2"))
        connection.execute(moved.values(case_id=case_id(connection, "SSC-1")))

        assert found(connection, "SSC-1") is not None
        assert found(connection, "SSC-2") is not None


def take_out(connection: Connection, seq: int) -> None:
    connection.execute(
        delete(TABLES["opening"]).where(
            TABLES["opening"].c.event_id
            == select(EVENT.c.id).where(*place(connection, seq)).scalar_subquery()
        )
    )
    connection.execute(delete(EVENT).where(*place(connection, seq)))
