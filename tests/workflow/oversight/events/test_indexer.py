"""Nothing that is recorded stays unfound, whatever order it is kept in."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.tlog.writing import place_all
from workflow.audit.events.histories import HistoryRead
from workflow.audit.models import Event
from workflow.engine import unit_of_work
from workflow.engine.unit_of_work import UnitOfWork
from workflow.oversight.events import indexer
from workflow.oversight.events.indexer import behind, catch_up_wholly, first_behind
from workflow.oversight.models import EventFacet
from workflow.tlog.store.models import LogEntry


@pytest.fixture
def world(postgresql_house_url: str) -> Iterator[World]:
    world = World(postgresql_house_url)
    yield world
    world.close()


def note(world: World, session: Session, ref: str) -> None:
    """One more event on a case, not committed yet."""
    case = unit_of_work.lock_case(session, ref)
    _, definition = world.engine.published("programme-standard")
    work = UnitOfWork(session, case, definition, None, world.engine.now())
    work.note(HistoryRead())
    work.close()
    work.transaction.hand_over()


def by_id(world: World, after: int) -> set[int]:
    """What somebody would find who went on from the last id they had seen."""
    with world.engine.reading() as session:
        return set(session.scalars(select(Event.id).where(Event.id > after)))


def unfound(world: World) -> int:
    with world.engine.reading() as session:
        found = session.scalar(select(func.count()).select_from(EventFacet)) or 0
        return (session.scalar(select(func.count()).select_from(Event)) or 0) - found


def test_an_event_kept_after_a_younger_one_is_found_where_a_cursor_misses_it(world: World) -> None:
    slow, quick = world.programme("draft"), world.programme("draft")
    catch_up_wholly(world.engine)
    with world.engine.reading() as session:
        seen = session.scalar(select(func.max(Event.id))) or 0

    with world.engine.transaction() as held:
        note(world, held, slow)
        with world.engine.transaction() as other:
            note(world, other, quick)
        catch_up_wholly(world.engine)
        naive = by_id(world, seen)
    catch_up_wholly(world.engine)
    naive |= by_id(world, max(naive))

    assert len(naive) == 1  # The cursor has gone past the event that was kept last.
    assert unfound(world) == 0


def test_two_that_catch_up_at_once_leave_one_facet_of_each(world: World) -> None:
    world.programme("screening")
    with world.engine.reading() as session:
        waiting = behind(session)
    other = world.another_engine()

    done = catch_up_wholly(world.engine) + catch_up_wholly(other)

    assert done == waiting > 50
    assert unfound(world) == 0


def test_a_page_looks_at_the_end_of_the_log_alone_however_much_is_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.programme("screening")
    place_all(world.engine.database)
    with world.engine.reading() as session:
        size = session.scalar(select(func.count()).select_from(LogEntry)) or 0
        begun = session.scalar(select(Event.at).order_by(Event.id).limit(1))
        whole = first_behind(session)
    monkeypatch.setattr(indexer, "WINDOW", 3)

    with world.engine.reading() as session:
        looked_at = len(session.execute(indexer.unfound(session)).all())
        bounded = first_behind(session)
    catch_up_wholly(world.engine)

    assert looked_at == 3 < size
    assert whole == bounded == (size, begun)
    with world.engine.reading() as session:
        assert first_behind(session) == (0, None)
