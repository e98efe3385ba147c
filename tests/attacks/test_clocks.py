"""T13 and T14: clocks that jump, and times claimed outside of what anchors allow."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.attacks.spoiling import sentences
from tests.attacks.trying import tell, tries
from tests.workflow.tlog.writing import Hand, a_signer, open_cases, place_all, write
from workflow.database import connect

JUMPS = tries(30)
TEN_YEARS = timedelta(days=3653)
BY = (-timedelta(hours=1), -timedelta(seconds=1), timedelta(seconds=1), TEN_YEARS, -TEN_YEARS)


@pytest.mark.proof
def test_a_clock_that_jumps_disorders_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """T13: back an hour, a leap second, ten years forward and back again; order is by number."""
    database, clock, chance = connect(sqlite_url), Hand(), random.Random(13)
    refs = open_cases(database, 2)
    signer = a_signer(database, tmp_path / "signer", clock)
    signed = 0
    for _ in range(JUMPS):
        clock.now += jump(clock, chance)
        write(database, refs, at=clock())
        place_all(database)
        signed += signer.step() is not None
        clock.move(seconds=2)

    faults = len(disordered(database))
    tell(13, JUMPS, JUMPS - faults, "order by number")
    assert faults == 0
    assert signed == JUMPS
    assert sentences(database) == []
    database.dispose()


def jump(clock: Hand, chance: random.Random) -> timedelta:
    """Some way or other, but never out of the two centuries around us."""
    if not 1930 < clock.now.year < 2120:
        return TEN_YEARS if clock.now.year <= 1930 else -TEN_YEARS
    return chance.choice(BY)


def disordered(database: Engine) -> list[int]:
    """The events that say they are earlier than the one before them."""
    earlier = text(
        "select b.seq from event a join event b on b.case_id = a.case_id and b.seq = a.seq + 1 "
        "where b.at < a.at"
    )
    with database.connect() as connection:
        return list(connection.scalars(earlier))
