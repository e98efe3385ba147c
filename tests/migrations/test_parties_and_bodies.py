"""What parties and frameworks from before are once they may execute, and are in force on days."""

from datetime import date

from alembic import command
from sqlalchemy import select

from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.frameworks.models import Framework, FrameworkTerms
from workflow.migration.upgrade import alembic_config
from workflow.people.models import Party


def test_organisations_with_an_agency_in_office_execute_and_frameworks_get_their_days(
    world: World,
) -> None:
    world.honest = False
    lost = list(map(str, losses(world.url, "0028")))
    command.downgrade(alembic_config(world.url), "0028")

    migrate(world.url)

    with world.engine.reading() as session:
        executing = set(session.scalars(select(Party.key).where(Party.executes)))
        third = session.scalars(
            select(FrameworkTerms)
            .join(Framework, Framework.id == FrameworkTerms.framework_id)
            .where(Framework.key == "F3")
        ).one()
    assert executing == {"undp", "fao"}
    assert (third.starts_on, third.ends_on) == (date(2005, 1, 1), date(2007, 12, 31))
    assert any("body_seat" in said for said in lost)
