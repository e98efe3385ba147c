"""A search finds every word wherever it stands, by an index that is told of every change."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import bring_in, titled
from workflow.programmes.lists.search import mentioning, mentions
from workflow.programmes.models import Programme
from workflow.search.key import fold


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def found(world: World, text: str) -> set[int]:
    """What the index finds."""
    statement = mentioning(text)
    assert statement is not None
    with world.engine.reading() as session:
        return set(session.scalars(statement))


def naive(world: World, text: str) -> set[int]:
    """What has every word in it."""
    with world.engine.reading() as session:
        texts = session.execute(select(Programme.case_id, Programme.search_text)).all()
    return {number for number, told in texts if all(word in told for word in fold(text).split())}


def test_a_word_is_found_wherever_it_stands(world: World) -> None:
    of_waters(world)

    for text in ("gua", "ÁGUA", "otav agu", "ssc-2026", "ta'b", 'c\\d e"f', "水と緑"):
        assert found(world, text) == naive(world, text) != set(), text


def of_waters(world: World) -> None:
    titled(world, "Água potável ta'bc c\\d e\"fg 水と緑の町")
    titled(world, "Solar pumps")


def test_a_text_that_changed_is_found_as_it_is(world: World) -> None:
    bring_in(world, {"title": "Rice seed"})
    with world.engine.transaction() as session:
        session.execute(update(Programme).values(search_text="maize mills"))

    assert (len(found(world, "maize")), found(world, "rice")) == (1, set())


def test_what_is_too_short_for_the_index_is_looked_for_line_by_line(world: World) -> None:
    bring_in(world, {"title": "Rice seed"})

    assert mentioning("ri") is None
    with world.engine.reading() as session:
        looked = select(Programme.case_id).where(mentions(Programme.case_id, "ri"))
        assert len(session.scalars(looked).all()) == 1


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(text=some.text(alphabet="aá'\"\\%_&|!:*() 水é-", min_size=3, max_size=12))
def test_whatever_is_typed_finds_what_has_it(world: World, text: str) -> None:
    with world.engine.reading() as session:
        there = session.scalars(select(Programme.case_id)).first()
    if there is None:
        bring_in(world, {"title": "aá'\"\\% _&|!:*() 水é-aa"})

    if mentioning(text) is not None:
        assert found(world, text) == naive(world, text)
