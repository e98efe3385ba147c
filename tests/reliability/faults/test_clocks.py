"""A clock that leaps decides nothing; one that is a little wrong stops nothing."""

import time

import pytest

from tests.reliability.faults import evidence
from tests.reliability.faults.cases import batch
from tests.reliability.faults.conftest import ON_POSTGRESQL, ON_SQLITE
from tests.reliability.faults.trial import BOUND, OVERDUE, PROGRAMMES, Ground, Hit, concluded, tried
from tests.support.waiting import until

pytestmark = [
    pytest.mark.proof(apart=True),
    pytest.mark.processes,
    pytest.mark.proof(lasting=True, few=1),
]
DAYS = 40
DAY = 86_400.0


@pytest.mark.parametrize("days", [DAYS, -DAYS])
@ON_SQLITE
def test_a_clock_that_leaps_settles_nothing(ground: Ground, days: int) -> None:
    ground.mend()
    of = batch(ground.house.url, PROGRAMMES, OVERDUE)
    # What is overdue has been settled: the house has looked at its clock while it was right.
    ground.nothing_waits(of)

    url, doubted = ground.house.url, evidence.doubts(ground.house.url)

    struck = time.monotonic()
    ground.house.shift(days * DAY)
    until(
        lambda: evidence.decided(url, of) or evidence.doubts(url) > doubted,
        saying=ground.house.said,
        patience=BOUND,
    )
    decided = evidence.decided(url, of)
    ground.house.shift(0)
    hit = Hit(struck, time.monotonic())

    with ground.crowd.giving(of.owed):
        pass
    concluded(ground, f"clock {days:+d} days for a while", of, hit)
    assert decided == 0


@ON_POSTGRESQL
def test_a_clock_that_is_set_back_a_little_stops_nothing(ground: Ground) -> None:
    tried(ground, "clock set back by 20 s", lambda _: ground.house.shift(-20))

    ground.house.shift(0)
