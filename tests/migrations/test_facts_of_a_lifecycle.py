"""Which document holds the facts of a lifecycle is read from what was published, and lists follow it."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray
from workflow.programmes.commands import Proposed, propose, save

EMERGENCY = load_file(Path("config/lifecycles/emergency.toml"))
(FACTS,) = Path("migrations/versions").resolve().glob("*_facts_of_a_lifecycle.py")
BEFORE = f"{int(FACTS.name[:4]) - 1:04}"
KEPT = text("select definition_id, kind from facts_document order by definition_id")
LISTED = text("select case_id, text_id from party_proposal order by case_id")


def appeal(world: World) -> Proposed:
    """An appeal for Mozambique, begun and saved a second time."""
    person, party = world.person("joao.lima"), int(world.party("moz"))
    begun = propose(world.engine, person, party, {"title": "Flood"}, lifecycle=EMERGENCY.key)
    content = {"title": "Flood in Sofala", "disaster": "The river rose."}
    save(world.engine, person, Filing(begun.ref, begun.kind, content, begun.version))
    return begun


@pytest.mark.proof(either=True)
def test_it_comes_again_from_what_was_published_and_so_do_the_lists(world: World) -> None:
    number = publish(world.engine, EMERGENCY)
    world.programme("screening")
    begun = appeal(world)
    with world.engine.database.connect() as connection:
        before = connection.execute(KEPT).all(), connection.execute(LISTED).all()
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)
    again = appeal(world)

    with world.engine.database.connect() as connection:
        kinds, listed = connection.execute(KEPT).all(), connection.execute(LISTED).all()
    assert begun.kind == "appeal"
    assert not [said for said in lost if "facts_document" in said]
    assert kinds == before[0]
    assert (number, "appeal") in [(row.definition_id, row.kind) for row in kinds]
    assert [row.text_id for row in before[1]] == sorted({row.text_id for row in before[1]})
    assert len(listed) == len(before[1]) + 1
    assert again.ref != begun.ref


@pytest.mark.proof(either=True)
def test_lists_of_every_lifecycle_come_again_from_further_back(world: World) -> None:
    publish(world.engine, EMERGENCY)
    world.programme("screening")
    appeal(world)
    with world.engine.database.connect() as connection:
        before = connection.execute(LISTED).all()

    command.downgrade(alembic_config(world.url), BEFORE)
    with world.engine.database.connect() as connection:
        earlier = connection.execute(LISTED).all()
    command.downgrade(alembic_config(world.url), f"{int(BEFORE) - 1:04}")
    migrate(world.url)

    with world.engine.database.connect() as connection:
        assert connection.execute(LISTED).all() == before
    assert len(earlier) == len(before) - 1
    assert not astray(world.engine).differences
