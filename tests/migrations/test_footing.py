"""What an earlier release imported is on record, unless a round was opened on it there.

What stood on a footing before the way back stands on it again after the way forth.
"""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.programmes.records import (
    ADOPTABLE,
    CONFIRMING,
    bring_papers,
    import_all,
    write_record,
)
from workflow.database import connect, migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config
from workflow.programmes.adoption import acts

(FOOTING,) = Path("migrations/versions").resolve().glob("*_footing.py")
BEFORE = f"{int(FOOTING.name[:4]) - 1:04}"
ROUND = (
    "INSERT INTO round (case_id, key, turn, state, status, opened_at, content_digest, content, "
    "explanation) SELECT id, 'suspension', 1, state, 'open', opened_at, '', '{}', '' "
    "FROM lifecycle_case WHERE ref = 'SSC-P098'"
)


def footings(url: str) -> dict[str, str]:
    database = connect(url)
    with database.connect() as connection:
        found = connection.execute(text("SELECT ref, footing FROM lifecycle_case"))
        rows = {row.ref: row.footing for row in found}
    database.dispose()
    return rows


@pytest.mark.proof(either=True)
def test_imports_are_on_record_after_the_move_unless_they_had_a_life_of_their_own(
    world: World,
) -> None:
    import_all(world)
    proposed = world.programme()
    command.downgrade(alembic_config(world.url), BEFORE)
    with world.engine.database.begin() as connection:
        connection.execute(text(ROUND))

    migrate(world.url)

    found = footings(world.url)
    world.honest = False  # The round was written past the engine.
    assert found["SSC-P098"] == found[proposed] == "managed"
    assert [found["SSC-P001"], found["SSC-P103"]] == ["record", "record"]


@pytest.mark.proof(either=True)
def test_every_footing_comes_again_after_the_way_back_and_is_told_as_no_loss(world: World) -> None:
    import_all(world)
    officer, director = world.person("jane.okello"), world.person("elena.petrova")
    keep, reopen = ("record_only", "keep"), ("record_reopened", "reopen")
    for ref in ("SSC-P059", "SSC-P060"):
        acts.decide(world.engine, officer, ref, keep, "Nothing is known.")
    acts.decide(world.engine, officer, "SSC-P060", reopen, "More is known.")
    acts.merged(world.engine, officer, "SSC-P061", "SSC-P077", "One effort.")
    acts.taken_in(world.engine, director, "SSC-P061", "SSC-P077")
    acts.file_evidence(world.engine, director, "SSC-P078", "2016", "A report.")
    acts.decide(world.engine, director, "SSC-P078", ("ended_elsewhere", "completed"), "")
    write_record(world, ADOPTABLE, "jane.okello")
    bring_papers(world, ADOPTABLE, "jane.okello")
    acts.put(world.engine, officer, ADOPTABLE, "adoption", "It goes on.")
    acts.confirm(world.engine, world.person("maria.evora"), ADOPTABLE, "dispute", "It ended.")
    disputed = footings(world.url)
    acts.put(world.engine, officer, ADOPTABLE, "adoption", "It goes on.")
    for who in CONFIRMING:
        acts.confirm(world.engine, world.person(who), ADOPTABLE, "confirm", "")
    before, told = footings(world.url), list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    world.honest = False  # The days of the papers are lost, as was told.
    assert footings(world.url) == before
    assert disputed[ADOPTABLE] == "record"
    assert [before[ref] for ref in ("SSC-P059", "SSC-P060", "SSC-P061", "SSC-P077", "SSC-P078")] == [
        "kept", "record", "kept", "record", "record",
    ]  # fmt: skip
    assert before[ADOPTABLE] == "managed"
    assert not [each for each in told if "footing" in each]
