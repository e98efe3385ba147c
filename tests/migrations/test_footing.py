"""What an earlier release imported is on record, unless a round was opened on it there."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from tests.workflow.programmes.records import import_all
from workflow.database import connect, migrate
from workflow.migration.upgrade import alembic_config

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
