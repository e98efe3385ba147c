"""Every event gets one place, in the order of its case, whoever gives it and whenever it stops."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from tests.support.tlog.tiles import tiles_of
from tests.workflow.tlog.writing import (
    Hand,
    faults,
    logged,
    open_cases,
    place_all,
    size_of,
    tell,
    write,
)
from workflow.audit.models import Event
from workflow.tlog.formats import tree
from workflow.tlog.store.models import LogEntry, LogPending, LogState, LogTile
from workflow.tlog.store.queries import consistency_between, inclusion_of, place
from workflow.tlog.store.sequencer import LEASE, Fenced, Sequencer


def leaves(database: Engine) -> list[bytes]:
    """The hashes of the log's entries, in its order."""
    found = select(Event.hash).join(LogEntry, LogEntry.event_id == Event.id)
    with Session(database) as session:
        return list(session.scalars(found.order_by(LogEntry.log_index)))


def tiles(database: Engine) -> dict[tuple[int, int], bytes]:
    with Session(database) as session:
        return {(row.level, row.number): row.hashes for row in session.scalars(select(LogTile))}


def test_events_get_their_places_in_the_order_they_came(database: Engine) -> None:
    written = write(database, open_cases(database, 3), each=4)

    placed = place_all(database)

    assert placed == 12
    assert leaves(database) == written
    assert faults(database) == []


def test_batches_add_up_to_the_one_tree(database: Engine) -> None:
    refs, clock = open_cases(database, 2), Hand()
    sequencer = Sequencer(database, "one", clock, batch=7)
    for count in (1, 5, 9, 2, 20):
        write(database, refs[:1] * count)
        while sequencer.work():
            pass

    found = leaves(database)

    assert len(found) == 37
    assert tiles(database) == tiles_of(found)
    assert faults(database) == []


@pytest.mark.parametrize("size", [255, 256, 257, 600])
def test_tiles_are_as_wide_as_the_standard_says(sqlite_database: Engine, size: int) -> None:
    (ref,) = open_cases(sqlite_database, 1)
    with Session(sqlite_database) as session, session.begin():
        for _ in range(size):
            tell(session, ref)

    place_all(sqlite_database, batch=100)

    stored = tiles(sqlite_database)
    widths = {place: len(hashes) // 32 for place, hashes in stored.items()}
    full, rest = divmod(size, 256)
    meant = {(0, number): 256 for number in range(full)}
    meant |= {(0, full): rest} if rest else {}
    meant |= {(1, 0): full} if full else {}
    assert widths == meant
    assert stored == tiles_of(leaves(sqlite_database))


def test_proofs_come_from_the_stored_tiles(sqlite_database: Engine) -> None:
    (ref,) = open_cases(sqlite_database, 1)
    with Session(sqlite_database) as session, session.begin():
        for _ in range(530):
            tell(session, ref)
    place_all(sqlite_database)
    found = leaves(sqlite_database)
    roots = {size: tree.root(found[:size]) for size in (1, 255, 256, 300, 529, 530)}

    with Session(sqlite_database) as session:
        for size, root in roots.items():
            for index in {0, size // 2, size - 1}:
                proof = inclusion_of(session, index, size)
                assert tree.included(found[index], index, size, proof, root)
                assert place(session, found[index]) == index
            for old in (each for each in roots if each <= size):
                proof = consistency_between(session, old, size)
                assert tree.consistent(old, size, roots[old], root, proof)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_waits_is_told_by_absence_and_not_by_number(database: Engine) -> None:
    """An event of an earlier number that is committed later is not missed; in SQLite but one writes at a time."""
    early, late = open_cases(database, 2)
    with Session(database) as slow, slow.begin():
        first = tell(slow, early)
        write(database, [late])
        place_all(database)

    place_all(database)

    assert leaves(database)[-1] == first.hash
    assert faults(database) == []


def test_an_event_that_the_trigger_missed_is_found_at_the_start(database: Engine) -> None:
    (ref,) = open_cases(database, 1)
    write(database, [ref] * 3)
    with database.begin() as connection:
        connection.execute(delete(LogPending).where(LogPending.event_id > 1))

    missed = faults(database)
    place_all(database)

    assert len(missed) == 2
    assert size_of(database) == 3
    assert faults(database) == []


def test_an_event_that_waits_and_has_its_place_gets_no_second(database: Engine) -> None:
    (ref,) = open_cases(database, 1)
    logged(database, [ref] * 3)
    with database.begin() as connection:
        connection.execute(text("insert into log_pending (event_id) select id from event"))

    place_all(database)

    assert size_of(database) == 3
    with Session(database) as session:
        assert session.scalars(select(LogPending)).all() == []


def test_only_the_holder_of_the_lease_lets_it_grow(database: Engine) -> None:
    clock = Hand()
    one, two = Sequencer(database, "one", clock), Sequencer(database, "two", clock)
    one.take()
    write(database, open_cases(database, 2))

    assert two.work() == 0
    assert one.work() == 2


def test_an_expired_lease_is_taken_and_fences_the_one_before(database: Engine) -> None:
    clock = Hand()
    one, two = Sequencer(database, "one", clock), Sequencer(database, "two", clock)
    refs = open_cases(database, 2)
    one.take()
    write(database, refs)
    clock.now += LEASE + timedelta(seconds=1)

    taken = two.take()

    assert taken
    with pytest.raises(Fenced, match="two lets the log grow now"):
        one.step()
    assert (one.work(), two.work()) == (0, 2)
    assert faults(database) == []


def test_a_clock_that_was_set_back_leaves_no_lease_behind(database: Engine) -> None:
    """T13: ten years ahead, and back again."""
    clock = Hand()
    one, two = Sequencer(database, "one", clock), Sequencer(database, "two", clock)
    clock.move(days=3650)
    one.take()
    clock.move(days=-3650)

    assert two.take()


def test_a_lease_that_is_let_go_is_free_at_once(database: Engine) -> None:
    clock = Hand()
    one, two = Sequencer(database, "one", clock), Sequencer(database, "two", clock)
    one.take()

    one.release()

    assert two.take()


def test_the_state_is_moved_by_one_hand_only(database: Engine) -> None:
    """Should the fence ever stand open, the state itself refuses."""
    clock = Hand()
    one = Sequencer(database, "one", clock)
    one.take()
    write(database, open_cases(database, 1))
    with Session(database) as session, session.begin():
        session.scalars(select(LogState)).one().epoch += 1

    assert one.work() == 0
    assert size_of(database) == 0
