"""What lifecycles declare of rounds that one person alone answers comes again on the way up."""

import pytest
from alembic import command
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import published
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.engine.declared_models import PersonalRound
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.lists import astray

pytestmark = pytest.mark.proof(apart=True)

BEFORE = "0073"


def declared(world: World) -> list[tuple[str, str, str]]:
    """The rounds, each with where it is said who answers it."""
    columns = PersonalRound.round_key, PersonalRound.named_in, PersonalRound.question
    with world.engine.reading() as session:
        return sorted(tuple(row) for row in session.execute(select(*columns)))


def test_what_is_published_declares_the_same_after_the_way_back(world: World) -> None:
    published(world)
    before = declared(world)
    lost = " ".join(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    migrate(world.url)

    assert ("taking_on", "appointing", "evaluator") in before
    assert declared(world) == before
    assert "personal_round" not in lost
    assert astray(world.engine).differences == []
