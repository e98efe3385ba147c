"""The list of lessons is compared with what was validated, and made to follow again."""

import pytest
from sqlalchemy import delete, func, select, text, update

from tests.support.world import World
from tests.workflow.lessons.house import with_lessons
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.oversight.checks.lists import astray, make_follow
from workflow.programmes.knowledge.models import LessonFacet, ListedLesson

ALTERED = {
    "a day": {"validated_at": text("'2020-01-01 00:00:00'")},
    "a sentence": {"heading": "Nothing"},
    "whether it is shown": {"shown": False},
    "what it is searched by": {"search_text": "nothing"},
}


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


@pytest.mark.parametrize("altered", ALTERED)
def test_a_line_that_was_altered_is_told_and_mended(
    both: tuple[Carried, Carried], altered: str
) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        first = session.scalar(select(func.min(ListedLesson.case_id)))
        line = update(ListedLesson).where(ListedLesson.case_id == first)
        session.execute(line.values(ALTERED[altered]))

    found = astray(engine)
    make_follow(engine, found)

    assert [ref for _, ref in found.lessons] == [f"{both[0].ref}.1"]
    assert "list of lessons" in str(found.differences[0].sentence)
    assert astray(engine).differences == []


@pytest.mark.parametrize("table", [LessonFacet, ListedLesson])
def test_what_is_gone_is_told_and_written_again(
    both: tuple[Carried, Carried], table: type[LessonFacet] | type[ListedLesson]
) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        session.execute(delete(LessonFacet))
        if table is ListedLesson:
            session.execute(delete(ListedLesson))

    found = astray(engine)
    make_follow(engine, found)

    assert len(found.lessons) == 4
    assert astray(engine).differences == []


def test_a_facet_that_nobody_told_is_taken_away(both: tuple[Carried, Carried]) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        first = session.scalars(select(ListedLesson).limit(1)).one()
        session.add(
            LessonFacet(case_id=first.case_id, facet="area:energy", validated_at=first.validated_at)
        )

    found = astray(engine)
    make_follow(engine, found)

    assert len(found.lessons) == 1
    assert astray(engine).differences == []


def test_an_index_of_words_that_was_emptied_is_told_and_filled(
    both: tuple[Carried, Carried],
) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        if session.connection().dialect.name != "sqlite":
            pytest.skip("on PostgreSQL the index follows by itself")
        session.execute(text("INSERT INTO lesson_words (lesson_words) VALUES ('delete-all')"))

    found = astray(engine)
    make_follow(engine, found)

    assert (found.index, found.lessons) == (True, ())
    assert astray(engine).differences == []
