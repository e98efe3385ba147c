"""The floor writes what the engine would write: its sign-offs verify."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.cloning import EVENT
from benchmarks.floor import floor_of
from benchmarks.staging import Stage
from workflow.audit.verification.verify import verify

pytestmark = pytest.mark.proof(apart=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    if request.param == "sqlite":
        return Stage(f"sqlite:///{tmp_path}/bench.sqlite")
    return Stage(request.getfixturevalue("empty_postgresql_url"))


def test_what_the_floor_signs_is_sound(stage: Stage) -> None:
    ref = stage.programme("decision")
    signs = stage.signs([ref])
    floor = floor_of(stage.url)

    for wish in signs:
        floor.sign(wish)

    result = verify(stage.database)
    assert result.sound, result.differences
    with stage.database.connect() as connection:
        given = select(func.count()).where(
            EVENT.c.type == "signoff.given", EVENT.c.case_id == signs[0].case_id
        )
        of_board = given.where(EVENT.c.person_id.in_([wish.person for wish in signs]))
        assert connection.scalar(of_board) == len(signs) == 2
    floor.close()
    stage.database.dispose()
