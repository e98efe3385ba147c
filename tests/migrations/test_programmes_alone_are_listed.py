"""What is no programme is taken out of the lists of programmes, and comes back with the release before."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from workflow.audit.verification.verify import verify
from workflow.database import migrate
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks import lists
from workflow.programmes.alone import begin

(LISTED,) = Path("migrations/versions").resolve().glob("*_programmes_alone_are_listed.py")
BEFORE = f"{int(LISTED.name[:4]) - 1:04}"
FRAMEWORK = load_file(Path("config/lifecycles/framework.toml").resolve())
LINES = text("select l.ref from listed_programme l order by l.ref")
PROPOSED = text(
    "select c.ref from party_proposal p join lifecycle_case c on c.id = p.case_id order by c.ref"
)
COUNTED = text("select coalesce(sum(number), 0) from portfolio_change")


def found(world: World) -> tuple[list[str], list[str], int]:
    with world.engine.database.connect() as connection:
        lines, proposed = (list(connection.scalars(each)) for each in (LINES, PROPOSED))
        return lines, proposed, connection.scalar(COUNTED)


@pytest.mark.proof(either=True)
def test_a_framework_leaves_the_lists_and_the_counts_of_programmes(world: World) -> None:
    programme = world.programme("screening")
    publish(world.engine, FRAMEWORK)
    framework = begin(
        world.engine, world.person("jane.okello"), world.party("special-unit"),
        {"title": "Framework"}, lifecycle=FRAMEWORK.key,
    ).ref  # fmt: skip

    now = found(world)
    command.downgrade(alembic_config(world.url), BEFORE)
    before = found(world)
    migrate(world.url)
    again = found(world)

    assert now == again == ([programme], [programme], 1)
    assert before == ([programme, framework], [programme, framework], 2)
    assert verify(world.engine.database).sound
    assert not lists.astray(world.engine).differences
