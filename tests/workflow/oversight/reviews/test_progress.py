"""How far histories were reviewed: every one once, in order, and as counting them all would say."""

from datetime import datetime

import pytest
from sqlalchemy import func, select, text

from tests.support.world import World
from workflow.engine.models import LifecycleCase
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.models import READINGS, EventFacet, HistoryNews, HistoryTally
from workflow.oversight.reviews import progress
from workflow.oversight.reviews.mark import EVENT, THROUGH, Mark, mark
from workflow.oversight.reviews.progress import (
    DONE,
    NEVER,
    NEW,
    STANDINGS,
    Cursor,
    Reviewed,
    reviewed,
    reviews_page,
)

AUDITOR = "marie.laurent"


@pytest.fixture
def refs(world: World) -> list[str]:
    """Six histories: two reviewed whole, one with news since, one of which an event was, two never."""
    world.made("six-histories", six_histories)
    with world.engine.reading() as session:
        begun = select(LifecycleCase.ref).where(LifecycleCase.definition_id.is_not(None))
        return list(session.scalars(begun.order_by(LifecycleCase.id)))


def six_histories(world: World) -> None:
    refs = world.programmes(*["consultation"] * 2, *["screening"] * 4)
    marie = world.person(AUDITOR)
    world.clock.pass_time(minutes=1)
    for ref in refs[:3]:
        mark(world.engine, marie, Mark(ref, THROUGH, 5))
        mark(world.engine, marie, Mark(ref, THROUGH, head(world, ref)))
    mark(world.engine, marie, Mark(refs[3], EVENT, 1))
    world.clock.pass_time(minutes=1)
    world.answer(refs[0], "consultation", "paulo.sa", "support")
    catch_up_wholly(world.engine)


def head(world: World, ref: str) -> int:
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase.head_seq).where(LifecycleCase.ref == ref)).one()


def paged(world: World, person: int | None, standing: str = "") -> list[Reviewed]:
    lines: list[Reviewed] = []
    after: Cursor | None = None
    while True:
        with world.engine.reading() as session:
            page = reviews_page(session, person=person, standing=standing, after=after)
        lines += page.lines
        after = page.older
        if after is None:
            return lines


def test_pages_hold_every_history_once_in_the_order_of_its_standing(
    world: World, refs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    marie = world.person(AUDITOR)

    for size in (1, 2, 25):
        monkeypatch.setattr(progress, "PAGE", size)
        lines = paged(world, marie)

        assert sorted(line.ref for line in lines) == sorted([*refs, "REGISTER"]), size
        order = [(STANDINGS.index(line.standing), -line.last.timestamp()) for line in lines]
        assert order == sorted(order), size
        assert {line.ref for line in lines if line.standing == NEW} == {refs[0]}, size
        assert {line.ref for line in lines if line.standing == DONE} == set(refs[1:3]), size
        for standing in STANDINGS:
            alone = [line for line in lines if line.standing == standing]
            assert paged(world, marie, standing) == alone, (size, standing)


def test_what_is_told_of_a_history_is_what_its_events_say(world: World, refs: list[str]) -> None:
    marie = world.person(AUDITOR)

    lines = paged(world, marie)

    with world.engine.reading() as session:
        for line in lines:
            news = select(func.count()).where(
                EventFacet.case_id == line.case_id,
                EventFacet.seq > line.through,
                EventFacet.type.not_in(READINGS),
            )
            last = select(func.max(EventFacet.at)).where(EventFacet.case_id == line.case_id)
            assert line.new == session.scalar(news)
            assert line.last == session.scalar(last)
            assert line == reviewed(session, line.case_id, marie)
        singles = reviewed(session, case_id(world, refs[3]), marie)
    assert singles is not None
    assert (singles.singles, singles.standing) == (1, NEVER)


def case_id(world: World, ref: str) -> int:
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()


def test_anybodys_marks_count_where_nobody_is_asked_for(world: World, refs: list[str]) -> None:
    with world.engine.reading() as session:
        anybodys = reviews_page(session, person=None)
        others = reviews_page(session, person=world.person("jane.okello"))

    assert anybodys.counts == {NEW: 1, NEVER: 4, DONE: 2}
    assert others.counts == {NEW: 0, NEVER: 7, DONE: 0}
    assert {line.ref for line in others.lines} == {*refs, "REGISTER"}


def test_the_database_keeps_what_is_newest_in_step_with_facets(
    world: World, refs: list[str]
) -> None:
    catch_up_wholly(world.engine)

    with world.engine.reading() as session:
        told = select(
            EventFacet.case_id,
            func.max(EventFacet.seq).filter(EventFacet.type.not_in(READINGS)),
            func.max(EventFacet.at),
        ).group_by(EventFacet.case_id)
        kept = select(HistoryNews.case_id, HistoryNews.seq, HistoryNews.last_at)
        assert set(session.execute(kept)) == set(session.execute(told))
        assert session.scalars(select(HistoryTally.number)).one() == len(refs) + 1


@pytest.mark.parametrize("standing", [NEW, NEVER, DONE])
def test_no_page_looks_at_every_history(world: World, refs: list[str], standing: str) -> None:
    """The newest of those never reviewed come from the index; others from the marks of the person."""
    after: Cursor = (standing, datetime(9000, 1, 1, tzinfo=world.engine.now().tzinfo), 1)
    statement = progress._standing(world.person(AUDITOR), standing)
    asked = statement.where(progress._beyond(after)).limit(26)
    compiled = asked.compile(world.engine.database, compile_kwargs={"literal_binds": True})
    sqlite = world.engine.database.dialect.name == "sqlite"

    with world.engine.database.connect() as connection:
        if not sqlite:
            connection.execute(text("set enable_seqscan = off"))
        explain = "explain query plan " if sqlite else "explain "
        plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain}{compiled}"))

    index = "ix_history_news_last" if standing == NEVER else "history_news"
    assert index in plan
    assert "SCAN history_news" not in plan.replace("SCAN history_news USING", "")
    assert "Seq Scan on event_facet" not in plan
    assert "SCAN event_facet" not in plan
