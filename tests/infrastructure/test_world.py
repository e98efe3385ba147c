"""The programme that a test begins with, copied where it can be and walked where it cannot."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import HOUSE, NURSES, World
from workflow.audit.models import Event
from workflow.demo import path


@pytest.fixture
def walked(house_url: str) -> World:
    """A world whose programme took every step in this test."""
    world = World(house_url)
    path.carry(world, path.begin(world, NURSES), NURSES, "formulation")
    return world


def told(world: World) -> list[tuple[str, object]]:
    with world.engine.reading() as session:
        rows = session.execute(select(Event.type, Event.at).order_by(Event.id))
        return [(row.type, row.at) for row in rows]


def test_a_copied_programme_has_the_history_of_a_walked_one(
    walked: World, sqlite_house_url: str
) -> None:
    world = World(sqlite_house_url)

    ref = world.programme("formulation")

    assert told(world) == told(walked)
    assert world.clock.at == walked.clock.at
    assert world.state(ref) == "formulation"
    world.close()
    walked.close()


def test_a_second_programme_leaves_the_first_alone(house_url: str) -> None:
    world = World(house_url)
    first = world.programme("consultation")

    second = world.programme("screening")

    assert (world.state(first), world.state(second)) == ("consultation", "screening")
    world.close()


def test_further_programmes_are_copied_with_the_history_of_walked_ones(
    house_url: str, tmp_path: Path
) -> None:
    walked = World(house_url)
    for state in ("screening", "draft"):
        path.carry(walked, path.begin(walked, NURSES), NURSES, state)

    with databases.fresh_sqlite(tmp_path, HOUSE) as url, closing(World(url)) as world:
        refs = [world.programme("screening"), world.programme("draft")]

        assert told(world) == told(walked)
        assert world.clock.at == walked.clock.at
        assert [world.state(ref) for ref in refs] == ["screening", "draft"]
    walked.close()


def test_after_an_act_of_the_test_a_further_programme_is_walked_there(house_url: str) -> None:
    world = World(house_url)
    first = world.programme("screening")
    world.answer(first, "screening", "jane.okello", "open_consultation")

    second = world.programme("screening")

    assert (world.state(first), world.state(second)) == ("consultation", "screening")
    world.close()


def test_what_a_test_did_before_stays(house_url: str) -> None:
    world = World(house_url)
    person = world.person("joao.lima")
    with world.engine.transaction() as session:
        session.connection().exec_driver_sql(
            f"update person set language = 'pt' where id = {person}"
        )

    world.programme("screening")

    with world.engine.reading() as session:
        found = session.connection().exec_driver_sql(
            f"select language from person where id = {person}"
        )
        assert found.scalar_one() == "pt"
    world.close()


def in_two_states(world: World) -> None:
    world.programme("screening")
    world.programme("consultation")


def test_a_prepared_house_is_what_preparing_it_comes_to(house_url: str) -> None:
    world = World(house_url)
    noon = world.clock.at

    world.made("two-states", in_two_states)

    assert [world.state(ref) for ref in ("SSC-2026-001", "SSC-2026-002")] == [
        "screening",
        "consultation",
    ]
    assert world.clock.at > noon
    world.close()


def test_programmes_in_several_states_stand_in_the_order_they_were_asked_for(
    house_url: str,
) -> None:
    world = World(house_url)

    refs = world.programmes("screening", "draft", "consultation")

    assert [world.state(ref) for ref in refs] == ["screening", "draft", "consultation"]
    world.close()


def test_a_house_is_prepared_anew_where_it_is_another_hour(house_url: str) -> None:
    world = World(house_url)
    world.clock.pass_time(hours=3)
    at = world.clock.at

    world.made("two-states", in_two_states)

    with world.engine.reading() as session:
        assert session.scalars(select(Event.at).where(Event.type == "case.opened")).first() >= at
    world.close()
