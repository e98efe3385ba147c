"""Whom a seat is asked of: the engine's own words, a case's capacities, and what a domain registers."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.engine.lifecycles import small_raw
from workflow.engine.cases.beginnings import open_initial
from workflow.engine.commands.open_case import open_case, publish
from workflow.engine.domain import Domain, Found
from workflow.engine.engine import Engine
from workflow.engine.permissions.participants import parties
from workflow.engine.round_state import open_rounds
from workflow.lifecycles.loader.files import body_of, from_body

DAY = date(2026, 3, 2)


def neighbours(session: Session, case_id: int, rest: str, _today: date) -> Found:
    """A finder as another domain would have it: it knows nothing of programmes."""
    return [(1, f"neighbour of case {case_id}: {rest}")]


GARDENS = Domain(finders={"interested": neighbours}, located_by="gardener", subject="garden")


@pytest.fixture
def gardens(world: World) -> Engine:
    """An engine of another domain on the same database."""
    return Engine(world.engine.database, GARDENS, world.clock)


def test_a_word_of_the_domain_is_found_by_what_the_domain_registered(gardens: Engine) -> None:
    with gardens.reading() as session:
        found = parties(session, 7, "interested:hedge", DAY)

    assert found == [(1, "neighbour of case 7: hedge")]


def test_a_word_that_nobody_registered_is_a_capacity_of_the_case(gardens: Engine) -> None:
    with gardens.reading() as session:
        found = parties(session, 7, "board", DAY)

    assert found == []


def test_an_office_is_found_whatever_the_domain(world: World, gardens: Engine) -> None:
    unit = world.party("special-unit")

    with gardens.reading() as session:
        found = parties(session, 7, "office:special-unit", DAY)

    assert found == [(unit, "")]


def test_a_round_freezes_the_seats_that_the_domain_finds(world: World, gardens: Engine) -> None:
    rounds = {"asking": {"states": ["a"], "of": "interested", "outcomes": {"end": "z"}}}
    number = publish(gardens, from_body(body_of(small_raw(rounds, "a"))))

    with gardens.transaction() as session:
        work = open_case(
            gardens, session, world.person("joao.lima"), definition_id=number, ref="BED-1",
            title="A bed", proposer=world.party("moz"),
        )  # fmt: skip
        open_initial(work)
        work.close()
        (round_,) = open_rounds(session, work.case.id)

    assert [seat.party_id for seat in round_.seats] == [1]
