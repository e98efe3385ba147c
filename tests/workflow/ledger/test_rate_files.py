"""Rates are entered whole, once, by officers of the house, and told on the register."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, rates
from workflow.audit.verification.verify import verify
from workflow.errors import FaultyFile, Invalid, NotAuthorised
from workflow.ledger.rate_files import enter_rates, latest_rates

FILE = "date,currency,units_per_usd\n2026-03-01,EUR,0.9200\n2026-04-01,EUR,0.93\n"


def test_what_is_new_in_a_file_is_entered_and_told(world: World) -> None:
    rates(world)

    new = enter_rates(world.engine, world.person(FINANCE), FILE)

    assert new == 1
    with world.engine.reading() as session:
        assert latest_rates(session)[0].day == date(2026, 4, 1)
    assert verify(world.engine.database).differences == []


def test_a_file_twice_one_that_differs_and_one_of_a_stranger_are_refused(world: World) -> None:
    enter_rates(world.engine, None, FILE)

    with pytest.raises(Invalid):
        enter_rates(world.engine, None, FILE)
    with pytest.raises(FaultyFile):
        enter_rates(world.engine, None, FILE.replace("0.93", "0.94"))
    with pytest.raises(NotAuthorised):
        enter_rates(world.engine, world.person("joao.lima"), FILE.replace("EUR", "GBP"))

    with world.engine.reading() as session:
        assert [str(each.units) for each in latest_rates(session)] == ["0.93", "0.92"]


@pytest.mark.parametrize("units", ["92", "0.0092"])
def test_a_rate_far_from_the_one_before_is_asked_about(world: World, units: str) -> None:
    file = f"date,currency,units_per_usd\n2026-05-01,EUR,{units}\n2026-05-01,JPY,150\n"
    enter_rates(world.engine, None, FILE)

    with pytest.raises(FaultyFile) as refused:
        enter_rates(world.engine, None, file)
    new = enter_rates(world.engine, None, file, meant=True)

    (fault,) = refused.value.faults
    assert f"{units} is far from 0.93 of 2026-04-01. If it is meant, say so" in str(fault.problem)
    assert new == 2


def test_a_rate_of_the_past_is_held_against_the_one_before_and_the_one_after_it(
    world: World,
) -> None:
    enter_rates(world.engine, None, FILE)

    for file in ("2026-02-01,EUR,92", "2026-03-15,EUR,92"):
        with pytest.raises(FaultyFile, match="cannot be taken"):
            enter_rates(world.engine, None, f"date,currency,units_per_usd\n{file}\n")


def test_a_rate_is_closed_to_change(world: World) -> None:
    enter_rates(world.engine, None, FILE)

    with pytest.raises(Exception, match="exchange_rate is closed to UPDATE"), world.engine.transaction() as session:  # fmt: skip
        session.execute(text("update exchange_rate set units = '1'"))
